"""Forms of the laboratory."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import wtforms

from caseman.database import now
from caseman.laboratory.codes import (
    BY_HAND,
    STEPS,
    MinimumRule,
    MutationKind,
    SpecimenStatus,
    Threshold,
)
from caseman.laboratory.holders import Waiting
from caseman.laboratory.models import FrequencyTable
from caseman.laboratory.queries import SpecimenFilter
from caseman.laboratory.reading.files import MOST_CHARACTERS
from caseman.laboratory.reading.frequencies import SHIPPED
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
    NumberField,
    TableField,
    TextField,
    UploadField,
    WholeField,
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
        """Offer what may follow ``status`` by somebody's word."""
        following = STEPS[status] & BY_HAND
        self.status.codes = {each.value: each for each in SpecimenStatus if each in following}

    def validate_happened_on(self, field: DayField) -> None:
        """Refuse a day that has not come yet."""
        _not_tomorrow(field)


class ImportForm(Form):
    """Genotypes as a laboratory wrote them."""

    file = UploadField(
        _("A file"),
        description=_(
            "A table as text, a CODIS message, a Familias file (.fam) or a pedigree file (.ped)."
        ),
    )
    table = TableField(
        _("The table"),
        longest=MOST_CHARACTERS,
        render_kw={"dir": "ltr", "rows": 12, "spellcheck": "false", "autocomplete": "off"},
        description=_(
            "Or paste the exported file with its first line: one row for each sample, one row for "
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

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for a file or a pasted table."""
        valid = super().validate(extra_validators)
        is_there = bool(self.file.data or self.table.data or self.table.errors)
        if not is_there:
            self.table.errors = [gettext("Choose a file, or paste the table.")]
        return valid and is_there

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


OWN_TABLE = "own"
_OF_OWN_TABLE = ("name", "population", "source", "table")


class FrequencyTableForm(Form):
    """A table of frequencies: one that comes along, or one of the laboratory's own."""

    origin = wtforms.RadioField(
        _("Which table"),
        [Answered()],
        choices=lambda: [
            *((each.code, f"{each.name}: {each.population}") for each in SHIPPED),
            (OWN_TABLE, gettext("A table of our own, pasted below")),
        ],
    )
    minimum_rule = CodeField(
        _("How rare an allele can be at most"),
        MinimumRule,
        required=True,
        default=MinimumRule.FIXED,
    )
    fixed = NumberField(_("Fixed minimum frequency"), lowest=0.00001, highest=0.1, default=0.001)
    name = TextField(_("Name of the table"))
    population = TextField(_("Population"))
    source = LinesField(_("Where the numbers come from"), longest=1000)
    chromosomes = WholeField(_("Alleles counted (2N)"), lowest=11, highest=10_000_000)
    file = UploadField(
        _("A file"),
        description=_(
            "The same table as text, or a Familias file (.fam). You see it before it is kept."
        ),
    )
    table = TableField(
        _("The table"),
        longest=MOST_CHARACTERS,
        render_kw={"dir": "ltr", "rows": 12, "spellcheck": "false", "autocomplete": "off"},
        description=_("One row for each allele, with the columns locus, allele and frequency."),
    )

    def validate(self, extra_validators: object = None) -> bool:
        """Ask of a table of one's own what is known of those that come along."""
        valid = super().validate(extra_validators)
        missing = [self[name] for name in self._needed() if self[name].data in {None, ""}]
        for field in missing:
            if not field.errors:
                field.errors = [
                    gettext("%(field)s is needed for what you chose.", field=field.label.text)
                ]
        return valid and not missing

    def _needed(self) -> Iterator[str]:
        if self.file.data is not None:
            return  # it fills in what it says, and the form is shown again
        rule, is_own = self.minimum_rule.data, self.origin.data == OWN_TABLE
        if is_own:
            yield from _OF_OWN_TABLE
        if rule is MinimumRule.FIXED:
            yield "fixed"
        elif rule is MinimumRule.FIVE_SEEN and is_own:
            yield "chromosomes"


class WeighingForm(Form):
    """How DNA is weighed, and from when on a result counts as a match."""

    table_id = wtforms.SelectField(
        _("Table of frequencies"), [Answered()], coerce=int, choices=[], validate_choice=True
    )
    threshold = CodeField(
        _("A posterior from this on counts as a match"),
        Threshold,
        required=True,
        default=Threshold.STRICT,
    )
    candidates = WholeField(
        _("How many people the remains could be before DNA speaks"),
        required=True,
        lowest=2,
        highest=10_000_000,
        description=_("The prior is one of so many: everybody missing in the place and time."),
    )
    theta = NumberField(
        _("Coancestry within the population (theta)"),
        required=True,
        lowest=0,
        highest=0.2,
        default=0.0,
        description=_(
            "0.01 to 0.03 where people marry within a small group; slower, and too much for large "
            "family trees."
        ),
    )
    mutation = CodeField(
        _("How alleles change from parent to child"),
        MutationKind,
        required=True,
        default=MutationKind.PROPORTIONAL,
    )
    female_rate = NumberField(
        _("Changes for each allele of a mother"),
        required=True,
        lowest=0,
        highest=0.1,
        default=0.001,
    )
    male_rate = NumberField(
        _("Changes for each allele of a father"),
        required=True,
        lowest=0,
        highest=0.1,
        default=0.002,
    )

    def offer(self, tables: Iterable[FrequencyTable]) -> None:
        """Offer the tables of the operation."""
        self.table_id.choices = [(each.id, f"{each.name}: {each.population}") for each in tables]


def _not_tomorrow(field: DayField) -> None:
    if field.data and field.data > now().date() + timedelta(days=1):
        raise wtforms.ValidationError(gettext("The day lies in the future. Check it."))
