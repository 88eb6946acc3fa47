"""Forms of the laboratory."""

from collections.abc import Iterable
from datetime import date, timedelta

import wtforms

from caseman.database import now
from caseman.laboratory.codes import STEPS, SpecimenStatus
from caseman.laboratory.holders import Waiting
from caseman.laboratory.queries import SpecimenFilter
from caseman.sites.drawn import read_code
from caseman.web.filters import label
from caseman.web.forms import (
    Answered,
    CodeField,
    DayField,
    FilterForm,
    Form,
    LinesField,
    TextField,
)
from caseman.web.words import gettext, series
from caseman.web.words import lazy_gettext as _


class SpecimenFilterForm(FilterForm):
    """What narrows the list of coded samples."""

    code = TextField(_("Code on the tube"), longest=40)
    status = CodeField(_("State"), SpecimenStatus)

    def wanted(self) -> SpecimenFilter:
        """Return the answers; a code that cannot be right fits nothing."""
        typed = self.code.data or ""
        code = (read_code(typed) or typed[:12]) if typed else ""
        return SpecimenFilter(code, None if self.status.errors else self.status.data)


class StepForm(Form):
    """The next step of a coded sample."""

    status = CodeField(_("What was done"), SpecimenStatus, required=True)
    happened_on = DayField(_("On which day"), [Answered()], render_kw={"autocomplete": "off"})
    note = LinesField(
        _("Note"), longest=1000, description=_("Amount of DNA, method, why it failed")
    )

    def offer(self, status: SpecimenStatus) -> None:
        """Offer what may follow ``status``; that a tube left is said by who sends it."""
        following = [each for each in SpecimenStatus if each in STEPS[status]]
        self.status.codes = {
            each.value: each for each in following if each is not SpecimenStatus.SENT
        }

    def validate_happened_on(self, field: DayField) -> None:
        """Refuse a day that has not come yet."""
        _not_tomorrow(field)


class SendForm(Form):
    """When a submission left."""

    sent_on = DayField(_("Sent on"), [Answered()], render_kw={"autocomplete": "off"})

    @property
    def day(self) -> date:
        """The day, once the form is valid."""
        day = self.sent_on.data
        if day is None:
            raise ValueError(self.sent_on.name)
        return day

    def validate_sent_on(self, field: DayField) -> None:
        """Refuse a day that has not come yet."""
        _not_tomorrow(field)


class SubmissionForm(Form):
    """Which samples go to which laboratory."""

    laboratory = TextField(_("Laboratory"), required=True)
    samples = wtforms.SelectMultipleField(
        _("Samples without a code"),
        [Answered()],
        choices=[],
        option_widget=wtforms.widgets.CheckboxInput(),
        widget=wtforms.widgets.ListWidget(prefix_label=False),
    )
    note = LinesField(_("Note"), longest=1000, description=_("No name and no case number here."))

    def offer(self, waiting: Iterable[Waiting]) -> None:
        """Offer the samples that have no code yet."""
        self.samples.choices = [
            (each.number, series([each.number, label(each.material), label(each.kind)]))
            for each in waiting
        ]


def _not_tomorrow(field: DayField) -> None:
    if field.data and field.data > now().date() + timedelta(days=1):
        raise wtforms.ValidationError(gettext("The day lies in the future. Check it."))
