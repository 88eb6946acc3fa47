"""Forms of the laboratory."""

from collections.abc import Iterable
from datetime import date, timedelta

import wtforms

from caseman.database import now
from caseman.laboratory.codes import BY_HAND, STEPS, SpecimenStatus
from caseman.laboratory.holders import Waiting
from caseman.laboratory.queries import SpecimenFilter
from caseman.laboratory.reading.markers import kits
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
from caseman.writing import clean_table

LONGEST_TABLE = 500_000
"""Characters of one pasted table: some thousand samples."""


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
        """Offer what may follow ``status`` by somebody's word."""
        following = STEPS[status] & BY_HAND
        self.status.codes = {each.value: each for each in SpecimenStatus if each in following}

    def validate_happened_on(self, field: DayField) -> None:
        """Refuse a day that has not come yet."""
        _not_tomorrow(field)


class TableField(LinesField):
    """A pasted table, whose tabs stay."""

    clean = staticmethod(clean_table)


class ImportForm(Form):
    """Genotypes as a laboratory wrote them."""

    table = TableField(
        _("The table"),
        required=True,
        longest=LONGEST_TABLE,
        render_kw={"dir": "ltr", "rows": 12, "spellcheck": "false", "autocomplete": "off"},
        description=_(
            "Paste the exported file with its first line: one row for each sample, one row for "
            "each sample and marker (GeneMapper), or a CODIS message in XML. "
            "The sample bears the code of its tube."
        ),
    )
    kit = wtforms.SelectField(
        _("Kit"),
        [wtforms.validators.Optional()],
        choices=lambda: [("", "—"), *((kit.code, kit.name) for kit in kits().values())],
    )
    label = TextField(_("Run or plate"), longest=60)
    typed_on = DayField(_("Typed on"), [Answered()], render_kw={"autocomplete": "off"})
    looked = wtforms.BooleanField(_("I have looked through the preview."))

    def validate_typed_on(self, field: DayField) -> None:
        """Refuse a day that has not come yet."""
        _not_tomorrow(field)


class RejectForm(Form):
    """Why a run is rejected."""

    reason = LinesField(_("Why"), required=True, longest=1000)


class EmptyForm(Form):
    """Only the token and the version."""


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
