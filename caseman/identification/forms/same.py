"""What a person makes of two missing persons who may be one."""

from typing import Any

import wtforms

from caseman.reports.codes import SameFinding
from caseman.reports.models import MissingPerson
from caseman.reports.numbers import PERSON, read_number
from caseman.web.forms import Answered, CodeField, Form, LinesField, TextField
from caseman.web.words import gettext
from caseman.web.words import lazy_gettext as _


class SameForm(Form):
    """One person or two, whose search goes on, and why."""

    finding = CodeField(_("Is it the same person?"), SameFinding, required=True)
    kept = wtforms.RadioField(
        _("If the same: whose search goes on?"),
        [wtforms.validators.Optional()],
        choices=[],
        description=_(
            "The reports of both then stand there, each as it was told. The other search is closed "
            "and names it."
        ),
    )
    reason = LinesField(_("How do we know?"), required=True, longest=1000)

    def offer(self, persons: tuple[MissingPerson, MissingPerson]) -> None:
        """Let one of the two go on."""
        self.kept.choices = [(each.number, f"{each.name} ({each.number})") for each in persons]

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Ask whose search goes on where the two are one."""
        valid = super().validate(extra_validators)
        if self.finding.data is not SameFinding.SAME or self.kept.data:
            return valid
        self.kept.errors = [gettext("Say whose search goes on.")]
        return False


class UndoSameForm(Form):
    """Why what was made of the two is taken back."""

    reason = LinesField(_("Why is it taken back?"), required=True, longest=1000)


class OtherForm(wtforms.Form):
    """With whom else to compare; it is sent with GET and changes nothing."""

    other = TextField(
        _("Number of the other person"),
        [Answered()],
        longest=40,
        render_kw={"dir": "ltr", "autocomplete": "off"},
    )

    @property
    def number(self) -> str | None:
        """The number that was typed, if it is one."""
        return read_number(self.other.data or "", PERSON)
