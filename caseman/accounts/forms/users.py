"""Forms for whoever manages accounts."""

from wtforms import BooleanField, SelectField
from wtforms.validators import ValidationError

from caseman.accounts.usernames import is_username, normal_username
from caseman.permissions import Role
from caseman.web.forms import CodeField, Form, LinesField, Matches, TextField
from caseman.web.language import offered
from caseman.web.words import gettext as _
from caseman.web.words import lazy_gettext

CODE_PATTERN = r"[A-Z][A-Z0-9-]{1,11}"


class InviteForm(Form):
    """Whom to invite."""

    name = TextField(lazy_gettext("Name of the person"), required=True)
    username = TextField(
        lazy_gettext("User name"),
        required=True,
        longest=60,
        description=lazy_gettext("For signing in: letters and digits, for example k.osman"),
        render_kw={"autocapitalize": "none", "autocomplete": "off", "dir": "auto"},
    )
    language = SelectField(
        lazy_gettext("Language"),
        choices=lambda: [(tongue.code, tongue.name) for tongue in offered()],
    )
    person_id = SelectField(
        lazy_gettext("Has this person an account already?"),
        coerce=lambda value: int(value) if value else None,
        description=lazy_gettext("Two accounts of one person never count as two people."),
    )

    def validate_username(self, field: TextField) -> None:
        """Refuse a name that could not be typed by its owner."""
        if not is_username(normal_username(field.data)):
            raise ValidationError(_("A user name has 3 to 60 letters, digits, dots or dashes."))


class GrantForm(Form):
    """A role to give."""

    role = CodeField(lazy_gettext("Role"), Role, required=True)


class LostFactorForm(Form):
    """Whose second factor was lost, and how one knows; the audit trail keeps it."""

    user_id = SelectField(lazy_gettext("Person"), coerce=int)
    reason = LinesField(
        lazy_gettext("How do you know that it is really this person?"),
        required=True,
        longest=1000,
    )


class ConfirmForm(Form):
    """A button that needs nothing but its token."""


class OperationForm(Form):
    """A new operation."""

    code = TextField(
        lazy_gettext("Code"), [Matches(CODE_PATTERN, "RAQQA")], required=True, longest=12
    )
    name = TextField(lazy_gettext("Name"), required=True)


class TeamForm(Form):
    """What of a team may change."""

    name = TextField(lazy_gettext("Name"), required=True)
    covers_operation = BooleanField(
        lazy_gettext("Works on every site of the operation"),
        description=lazy_gettext("Otherwise only on sites that are assigned to it."),
    )


class NewTeamForm(TeamForm):
    """A new team."""

    code = TextField(
        lazy_gettext("Code"), [Matches(CODE_PATTERN, "REC-1")], required=True, longest=12
    )


class MemberForm(Form):
    """Whom to take into a team."""

    user_id = SelectField(lazy_gettext("Person"), coerce=int)
