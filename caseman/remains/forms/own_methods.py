"""An equation of one's own: typed or read from a file, and refused where it is none."""

import json
from typing import Final

import wtforms
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField

from caseman.osteology import COLUMNS, OwnRefusedError, StatureEquation, own_equation
from caseman.remains.measures import lengths_of_stature, measure_name, our_code
from caseman.remains.method_names import CHOICES
from caseman.web.forms import Form, LinesField, NumberField, TextField, UploadField, WholeField
from caseman.web.words import gettext
from caseman.web.words import lazy_gettext as _

MOST_BYTES: Final = 20_000
NOTHING: Final = ("", "—")


def _lengths() -> list[tuple[str, str]]:
    return [NOTHING, *((code, measure_name(code)) for code in lengths_of_stature())]


class OwnEquationForm(Form):
    """One equation: whose, on whom, its figures, and where they come from."""

    file = UploadField(
        _("A file"),
        description=_("JSON of one equation. What it says is shown below before it is kept."),
    )
    method = TextField(_("Author or laboratory"), longest=100)
    year = TextField(_("Year"), longest=20)
    population = TextField(_("On whom it was made"), longest=200)
    sex = wtforms.SelectField(
        _("Sex of the reference sample"),
        validate_choice=False,
        choices=lambda: [NOTHING, *((code, gettext(CHOICES[code])) for code in ("M", "F", "any"))],
    )
    measures = wtforms.SelectField(_("Length"), validate_choice=False, choices=_lengths)
    second = wtforms.SelectField(
        _("Second length"),
        validate_choice=False,
        choices=_lengths,
        description=_("Only where the equation takes the sum of two."),
    )
    slope = NumberField(
        _("Slope"), description=_("Centimetres of stature for each centimetre of length.")
    )
    intercept_cm = NumberField(_("Intercept"), unit=_("cm"))
    error_cm = NumberField(
        _("Standard error"),
        unit=_("cm"),
        description=_("Of the estimate, as the source prints it."),
    )
    n = WholeField(
        _("Size of the sample"),
        highest=1_000_000,
        description=_("With mean and spread the interval is one of prediction for one person."),
    )
    mean_x_cm = NumberField(_("Mean length in the sample"), unit=_("cm"))
    sd_x_cm = NumberField(_("Standard deviation of the length"), unit=_("cm"))
    lowest_cm = NumberField(
        _("Shortest length"), unit=_("cm"), description=_("Lengths beyond these are refused.")
    )
    highest_cm = NumberField(_("Longest length"), unit=_("cm"))
    source = LinesField(_("Where the figures come from"), longest=1000)
    note = TextField(_("Note"), longest=500)
    checked = BooleanField(_("I have looked at what it gives: offer it to all examiners here."))

    def equation(self) -> StatureEquation | None:
        """Return the equation as the engine takes it; None, with an error, where it is none."""
        if self.file.data is not None:
            # What a file holds is shown first, whatever was ticked.
            self.checked.data = False
            if not self._take_file():
                return None
        try:
            return own_equation(self._given())
        except OwnRefusedError as refused:
            field = self[refused.field_name]
            field.errors = [*field.errors, gettext(refused.message, **refused.values)]
        return None

    def _given(self) -> dict[str, object]:
        given = {name: self[name].data for name in COLUMNS}
        given["measures"] = "+".join(filter(None, (self.measures.data, self.second.data)))
        return {name: value for name, value in given.items() if value not in {None, ""}}

    def _take_file(self) -> bool:
        """Put what the file says where it is seen and sent again; say so where it is none."""
        try:
            told = json.loads(self.file.content(MOST_BYTES).decode("utf-8-sig"))
        except (UnicodeDecodeError, ValueError, RecursionError):
            self.file.errors = [gettext("This is no JSON in UTF-8.")]
            return False
        if not isinstance(told, dict) or not all(
            isinstance(value, str | int | float) and not isinstance(value, bool)
            for value in told.values()
        ):
            self.file.errors = [
                gettext("One equation is expected: columns with a text or a number each.")
            ]
            return False
        unknown = sorted(set(told) - set(COLUMNS))
        if unknown:
            self.file.errors = [
                gettext(
                    "%(column)s is no column of an equation. Known are %(known)s.",
                    column=unknown[0],
                    known=", ".join(COLUMNS),
                )
            ]
            return False
        return self._show(told)

    def _show(self, told: dict[str, object]) -> bool:
        first, _plus, second = str(told.get("measures", "")).partition("+")
        texts = {**told, "measures": our_code(first), "second": our_code(second)}
        sent = MultiDict({name: str(value) for name, value in texts.items()})
        names = [name for name in (*COLUMNS, "second") if name in texts]
        for name in names:
            self[name].process(sent)
        wrong = [name for name in names if not self[name].validate(self)]
        return not wrong
