"""What is measured, and what a method asks."""

from typing import Any

import wtforms
from wtforms import Field
from wtforms.validators import Optional

from caseman.osteology import RefusedInputError
from caseman.remains.codes import BoneSide, EstimateKind
from caseman.remains.measures import Measure, measure_name, measures
from caseman.remains.method_names import (
    CHOICES,
    GRADES,
    GROWTH,
    POPULATIONS,
    QUESTIONS,
    STAGES,
    named,
)
from caseman.remains.methods import Offered, Question
from caseman.remains.methods.offered import NoStageError, NotMeasuredError
from caseman.web.filters import number
from caseman.web.forms import (
    Answered,
    CodeField,
    DayField,
    FilterForm,
    Form,
    NumberField,
    TextField,
)
from caseman.web.words import gettext
from caseman.web.words import lazy_gettext as _

NO_CHOICE = ("", "—")
SIDES = (BoneSide.RIGHT, BoneSide.LEFT, BoneSide.UNKNOWN)
_OF_POPULATIONS = frozenset({"population", "reference", "sample"})


class MeasurementForm(Form):
    """One measure of one bone."""

    measure = wtforms.SelectField(
        _("What was measured"),
        [Answered()],
        choices=lambda: [NO_CHOICE, *((code, measure_name(code)) for code in measures())],
    )
    side = CodeField(_("Side"), SIDES, required=True)
    length_mm = NumberField(
        _("Length"),
        required=True,
        unit=_("mm"),
        description=_("In millimetres: 452.5, not 45.25 centimetres."),
    )
    taken_by = TextField(_("Measured by"), longest=200)
    taken_on = DayField(_("Day"), [Optional()])

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Ask for a length that such a bone can have."""
        valid: bool = super().validate(extra_validators)
        if not valid:
            return False
        measure, length = measures()[self.measure.data], self.length_mm.data
        if measure.lowest_mm <= length <= measure.highest_mm:
            return True
        self.length_mm.errors = [_unlikely(measure, length)]
        return False


def _unlikely(measure: Measure, length: float) -> str:
    """Say what such a bone measures, and what the number may have been meant to be."""
    told = {
        "given": number(length, gettext("mm")),
        "measure": measure_name(measure.code),
        "lowest": number(measure.lowest_mm),
        "highest": number(measure.highest_mm, gettext("mm")),
    }
    if measure.lowest_mm <= 10 * length <= measure.highest_mm:
        meant = number(10 * length, gettext("mm"))
        return gettext(
            "%(given)s is given; %(measure)s is between %(lowest)s and %(highest)s. "
            "If these were centimetres, write %(meant)s.",
            meant=meant,
            **told,
        )
    if not measure.is_of_child and length < measure.lowest_mm:
        return gettext(
            "%(given)s is given; of an adult, %(measure)s is between %(lowest)s and %(highest)s. "
            "For a child choose the shaft without the ends.",
            **told,
        )
    return gettext(
        "%(given)s is given; %(measure)s is between %(lowest)s and %(highest)s. "
        "Check the number and what was measured.",
        **told,
    )


class AppliedForm(FilterForm):
    """Which of the estimates from measurements are shown."""

    about = CodeField(_("What is estimated"), EstimateKind)
    sex = wtforms.SelectField(
        _("Sex of the reference sample"),
        choices=lambda: [
            ("", gettext("Whichever")),
            *((code, gettext(CHOICES[code])) for code in ("M", "F", "any")),
        ],
    )


def method_form(method: Offered) -> FilterForm:
    """Return the form of what ``method`` asks, read from the address."""
    asked = {question.name: _field(question) for question in method.questions}
    form: FilterForm = type("MethodForm", (FilterForm,), asked)()
    return form


def _field(question: Question) -> Field:
    title = _(QUESTIONS[question.name])
    if not question.choices:
        return NumberField(title, required=True, lowest=1, highest=99, default=50.0, unit="%")
    choices = [(each, choice_name(question.name, each)) for each in question.choices]
    if len(choices) > 1:
        choices.insert(0, NO_CHOICE)
    needed = [Answered()] if question.is_needed else []
    return wtforms.SelectField(title, needed, default=choices[0][0], choices=lambda: choices)


def choice_name(question: str, choice: str) -> str:
    """Return what may be chosen, in the reader's language."""
    if question == "measures":
        return " + ".join(measure_name(each) for each in choice.split("+"))
    if question == "measurement":
        return measure_name(choice)
    if question.startswith("trait_"):
        return named(GRADES, choice)
    if question in GROWTH:
        return named(STAGES, choice)
    return named(POPULATIONS if question in _OF_POPULATIONS else CHOICES, choice)


def say_refusal(form: FilterForm, refused: RefusedInputError) -> None:
    """Put the sentence of a refusal at the question that it is about."""
    field = form[refused.field_name] if refused.field_name in form else next(iter(form))
    if isinstance(refused, NotMeasuredError):
        said = gettext("This is not measured yet. Record the measurement first.")
    else:
        said = refusal_words(refused)
    field.errors = [*field.errors, said]


def refusal_words(refused: RefusedInputError) -> str:
    """Return why a method says nothing, in the reader's language."""
    if isinstance(refused, NoStageError):
        return gettext("Choose the stage of at least one tooth or epiphysis.")
    if refused.field_name == "stages":
        return gettext("No age has all of these stages. Check each of them.")
    lowest, highest = getattr(refused, "lowest", None), getattr(refused, "highest", None)
    if lowest is None or highest is None:
        return gettext(
            "The method has no figures for these answers together. "
            "Choose another sex, population or set of traits."
        )
    return gettext(
        "%(given)s is outside what this method was made on: %(lowest)s to %(highest)s.",
        given=number(getattr(refused, "given", None)),
        lowest=number(lowest),
        highest=number(highest),
    )
