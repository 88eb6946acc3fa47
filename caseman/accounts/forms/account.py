"""Forms on one's own account."""

from collections.abc import Sequence
from typing import Any

from flask_login import current_user
from wtforms import PasswordField, SelectField

from caseman.accounts.credentials import check_password
from caseman.accounts.forms.signin import CURRENT_PASSWORD, NEW_PASSWORD, PAPER_CODE
from caseman.accounts.passwords import WeakPasswordError, check_strength, normal_password
from caseman.web.forms import Answered, Form, TextField
from caseman.web.language import offered
from caseman.web.words import gettext as _
from caseman.web.words import lazy_gettext


class NewPasswordForm(Form):
    """A new password, twice."""

    new_password = PasswordField(
        lazy_gettext("New password"),
        [Answered()],
        description=lazy_gettext(
            "At least 15 characters. Several words that do not belong together are easy to "
            "remember and hard to guess."
        ),
        render_kw=NEW_PASSWORD,
    )
    repeated_password = PasswordField(
        lazy_gettext("New password, once more"), [Answered()], render_kw=NEW_PASSWORD
    )

    def hints(self) -> Sequence[str]:
        """Return words that the password must not be made of."""
        return ()

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms'
        return super().validate(extra_validators) and self._is_strong() and self._is_repeated()

    def _is_strong(self) -> bool:
        try:
            check_strength(str(self.new_password.data), self.hints())
        except WeakPasswordError as weak:
            self.new_password.errors = [_(weak.message, **weak.values)]
            return False
        return True

    def _is_repeated(self) -> bool:
        first, second = self.new_password.data, self.repeated_password.data
        if normal_password(str(first)) == normal_password(str(second)):
            return True
        self.repeated_password.errors = [_("The two passwords differ.")]
        return False


class ChangePasswordForm(NewPasswordForm):
    """The old password and a new one."""

    password = PasswordField(
        lazy_gettext("Present password"), [Answered()], render_kw=CURRENT_PASSWORD
    )

    def hints(self) -> Sequence[str]:
        return current_user.username, current_user.name

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        if not super().validate(extra_validators):
            return False
        if check_password(current_user.username, str(self.password.data)) is None:
            self.password.errors = [_("This is not your password.")]
            return False
        return True


class InvitationForm(NewPasswordForm):
    """What somebody types who was given a one-time code."""

    username = TextField(
        lazy_gettext("User name"),
        required=True,
        longest=100,
        render_kw={"autocomplete": "username", "autocapitalize": "none", "dir": "auto"},
    )
    one_time_secret = TextField(
        lazy_gettext("One-time code"), required=True, longest=60, render_kw=PAPER_CODE
    )

    def hints(self) -> Sequence[str]:
        return (self.username.data,)


class LanguageForm(Form):
    """The language in which the person reads."""

    language = SelectField(
        lazy_gettext("Language"),
        choices=lambda: [(tongue.code, tongue.name) for tongue in offered()],
    )
