"""One value asked by several inputs: an interval, a position, a partly known date."""

from typing import Any, ClassVar

import wtforms
from markupsafe import Markup
from wtforms.form import BaseForm
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from caseman.values import Interval, Position
from caseman.web.forms.fields import KitField
from caseman.web.forms.numbers import NumberField
from caseman.web.words import gettext as _
from caseman.web.words import lazy_gettext


def _all_parts(field: "GroupField", **_kwargs: object) -> Markup:
    rows = (
        Markup("<label for='{}'>{}</label> {}").format(part.id, part.label.text, part())
        for part in field.parts
    )
    return Markup(" ").join(rows)


class GroupField(KitField):
    """Base of fields with parts. Templates loop over ``field.parts``; ``data`` is one value."""

    widget = staticmethod(_all_parts)
    is_group = True
    parts_class: ClassVar[type[wtforms.Form]]
    parts: wtforms.Form

    def make_parts(self, formdata: Any, values: dict[str, Any]) -> wtforms.Form:  # noqa: ANN401
        """Return the form of the parts, filled."""
        return self.parts_class(formdata, prefix=f"{self.name}-", data=values)

    def split(self, value: Any) -> dict[str, Any]:  # noqa: ANN401
        """Return what each part shows for ``value``."""
        raise NotImplementedError

    def join(self) -> Any:  # noqa: ANN401
        """Return the value of the parts or None; raise ``ValueError`` with a message."""
        raise NotImplementedError

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:  # noqa: ANN401, ARG002
        self.process_errors = []
        self.object_data = self.default if data is unset_value else data
        self.data = self.object_data
        values = {} if self.data is None else self.split(self.data)
        self.parts = self.make_parts(formdata, values)
        if formdata is not None:
            self._read()

    def _read(self) -> None:
        self.data = None
        if not self.parts.validate():
            self.process_errors = [
                f"{self.label.text}: {error}" for part in self.parts for error in part.errors
            ]
            return
        try:
            self.data = self.join()
        except ValueError as error:
            self.process_errors = [str(error)]

    def pre_validate(self, form: BaseForm) -> None:  # noqa: ARG002
        if self.process_errors:
            raise StopValidation


class _IntervalParts(wtforms.Form):
    low = NumberField(lazy_gettext("from"))
    high = NumberField(lazy_gettext("to"))


class IntervalField(GroupField):
    """Lower and upper limit as an ``Interval`` or None; one figure alone stands for both."""

    parts_class = _IntervalParts

    def __init__(
        self,
        label: str = "",
        *args: Any,  # noqa: ANN401
        lowest: float | None = None,
        highest: float | None = None,
        unit: str = "",
        **options: Any,  # noqa: ANN401
    ) -> None:
        self.lowest, self.highest, self.unit = lowest, highest, unit
        super().__init__(label, *args, **options)

    def make_parts(self, formdata: Any, values: dict[str, Any]) -> wtforms.Form:  # noqa: ANN401
        parts = super().make_parts(None, values)
        for part in parts:
            part.lowest, part.highest, part.unit = self.lowest, self.highest, self.unit  # type: ignore[attr-defined]
            part.process(formdata, values.get(part.short_name))
        return parts

    def split(self, value: Interval) -> dict[str, Any]:
        return {"low": value.low, "high": value.high}

    def join(self) -> Interval | None:
        low, high = self.parts["low"].data, self.parts["high"].data
        if low is None and high is None:
            return None
        low, high = (high if low is None else low), (low if high is None else high)
        if low > high:
            raise ValueError(
                _(
                    "%(field)s: the first figure must not be above the second.",
                    field=self.label.text,
                )
            )
        return Interval(low, high)


class _PositionParts(wtforms.Form):
    latitude = NumberField(lazy_gettext("Latitude"), lowest=-90, highest=90, unit="°")
    longitude = NumberField(lazy_gettext("Longitude"), lowest=-180, highest=180, unit="°")
    precision = NumberField(
        lazy_gettext("Precise to"), lowest=0, highest=100_000, unit=lazy_gettext("m")
    )


class PositionField(GroupField):
    """Latitude, longitude and precision; ``data`` is a ``Position`` or None."""

    parts_class = _PositionParts

    def split(self, value: Position) -> dict[str, Any]:
        return {
            "latitude": value.lat,
            "longitude": value.lon,
            "precision": value.precision_m,
        }

    def join(self) -> Position | None:
        lat, lon, precision = (part.data for part in self.parts)
        if lat is None and lon is None and precision is None:
            return None
        if lat is None or lon is None:
            raise ValueError(
                _(
                    "%(field)s needs latitude and longitude, for example 35.95 and 39.01.",
                    field=self.label.text,
                )
            )
        return Position(lat, lon, precision)
