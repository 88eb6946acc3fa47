"""Numbers in any of the digits people type, with their unit and the range that is plausible."""

import re
from typing import Any

from wtforms.form import BaseForm
from wtforms.validators import ValidationError
from wtforms.widgets import HiddenInput, TextInput

from caseman.web.forms.fields import KitField
from caseman.web.words import gettext as _
from caseman.writing import plain_number

LONGEST_NUMBER = 20


class NumberField(KitField):
    """A number with decimals; ``data`` is a float or None."""

    # Not type="number": browsers blank what they cannot read there, such as Arabic digits.
    widget: Any = TextInput()
    number: type[float] | type[int] = float
    pattern = re.compile(r"-?\d+(\.\d+)?")

    def __init__(
        self,
        label: str = "",
        *args: Any,  # noqa: ANN401
        lowest: float | None = None,
        highest: float | None = None,
        unit: str = "",
        **options: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(label, *args, **options)
        self.lowest, self.highest, self.unit = lowest, highest, unit
        self.render_kw = {"inputmode": "decimal", **(self.render_kw or {})}

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = plain_number(valuelist[0]) if valuelist else ""
        self.data = None
        if not text:
            return
        if len(text) > LONGEST_NUMBER or not self.pattern.fullmatch(text):
            raise ValueError(self._not_a_number())
        self.data = self.number(text)

    def pre_validate(self, form: BaseForm) -> None:  # noqa: ARG002
        if self.data is None:
            return
        too_low = self.lowest is not None and self.data < self.lowest
        too_high = self.highest is not None and self.data > self.highest
        if too_low or too_high:
            raise ValidationError(self._out_of_range())

    def _not_a_number(self) -> str:
        return _(
            "%(field)s is not a number. Write it in digits, for example %(example)s.",
            field=self.label.text,
            example="172.5",
        )

    def _out_of_range(self) -> str:
        texts = {"field": self.label.text, "unit": self.unit}
        if self.lowest is None:
            text = _(
                "%(field)s must be at most %(highest)s %(unit)s.", highest=self.highest, **texts
            )
        elif self.highest is None:
            text = _("%(field)s must be at least %(lowest)s %(unit)s.", lowest=self.lowest, **texts)
        else:
            text = _(
                "%(field)s must lie between %(lowest)s and %(highest)s %(unit)s.",
                lowest=self.lowest,
                highest=self.highest,
                **texts,
            )
        return str(text).replace(" .", ".")

    def _value(self) -> str:
        if self.raw_data:
            return self.typed
        return (
            ""
            if self.data is None
            else f"{self.data:g}"
            if self.number is float
            else str(self.data)
        )


class WholeField(NumberField):
    """A whole number; ``data`` is an int or None."""

    number = int
    pattern = re.compile(r"-?\d+")

    def _not_a_number(self) -> str:
        return _(
            "%(field)s is not a whole number. Write it in digits, for example %(example)s.",
            field=self.label.text,
            example="12",
        )


class HiddenWholeField(WholeField):
    """A whole number that the page carries along unseen."""

    widget: Any = HiddenInput()
