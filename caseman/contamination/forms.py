"""Forms of the staff register."""

from collections.abc import Sequence

import wtforms

from caseman.accounts.models import Operation
from caseman.contamination.codes import Activity
from caseman.laboratory.codes import OF_PEOPLE, ConsentManner
from caseman.web.forms import (
    Answered,
    CodeField,
    DayField,
    Form,
    LinesField,
    TextField,
    not_to_come,
)
from caseman.web.words import lazy_gettext as _


class StaffSampleForm(Form):
    """A sample of somebody whose consent is on record."""

    material = CodeField(_("What was taken"), OF_PEOPLE, required=True)
    taken_on = DayField(_("Taken on"), [Answered(), not_to_come], render_kw={"autocomplete": "off"})
    taken_by = TextField(_("Taken by"), required=True)


class MemberForm(StaffSampleForm):
    """Somebody who touches samples, with consent and a first sample."""

    operation_id = wtforms.SelectField(_("Operation"), [Answered()], coerce=int)
    name = TextField(
        _("Name"),
        required=True,
        longest=300,
        description=_("Stored sealed. The laboratory reads a code only."),
    )
    activity = CodeField(_("What do they do?"), Activity, required=True)
    given_on = DayField(
        _("Consent given on"), [Answered(), not_to_come], render_kw={"autocomplete": "off"}
    )
    manner = CodeField(_("How was it given?"), ConsentManner, required=True)
    consent_text = LinesField(
        _("To what?"),
        required=True,
        longest=2000,
        description=_(
            "The words that were read out or signed: compared to find contamination only, "
            "who may see the result, how long it is kept"
        ),
    )

    def ask(self, operations: Sequence[Operation]) -> None:
        """Ask for the operation, only of those who work in several."""
        self._only = operations[0].id if len(operations) == 1 else None
        if self._only is not None:
            del self.operation_id
            return
        self.operation_id.choices = [(each.id, f"{each.code} {each.name}") for each in operations]

    @property
    def operation(self) -> int:
        """The operation in which the person works."""
        return int(self.operation_id.data) if "operation_id" in self else int(self._only or 0)


class WithdrawForm(Form):
    """Why consent is withdrawn."""

    reason = LinesField(_("Who asks for it, and why?"), required=True, longest=1000)
