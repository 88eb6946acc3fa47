"""Fields that the forms of custody share."""

from collections.abc import Collection, Iterable
from typing import Any

from wtforms import SelectField
from wtforms.validators import Optional

from caseman.custody.models import StoragePlace
from caseman.web.forms import TextField
from caseman.web.forms.codes import NO_CHOICE
from caseman.web.words import gettext
from caseman.writing import written


class WrittenField(TextField):
    """A number or code as it stands on a label: capitals, Latin digits, no blanks."""

    clean = staticmethod(written)

    def __init__(self, label: str = "", *args: Any, **options: Any) -> None:  # noqa: ANN401
        as_written = {"autocapitalize": "characters", "autocomplete": "off", "dir": "ltr"}
        options["render_kw"] = {**as_written, **options.get("render_kw", {})}
        super().__init__(label, *args, **options)


class PlaceField(SelectField):
    """One storage place or none; ``data`` is its id or None."""

    def __init__(self, label: str = "", **options: Any) -> None:  # noqa: ANN401
        super().__init__(label, [Optional()], coerce=_id_or_none, choices=[], **options)

    def offer(self, places: Iterable[StoragePlace], full: Collection[int] = ()) -> None:
        """Offer ``places`` to be chosen; those whose id is in ``full`` are said to be full."""
        named = [(str(place.id), _named(place, is_full=place.id in full)) for place in places]
        self.choices = [NO_CHOICE, *named]


def _named(place: StoragePlace, *, is_full: bool) -> str:
    name = f"{place.code} {place.name}"
    return gettext("%(place)s (full)", place=name) if is_full else name


def _id_or_none(value: Any) -> int | None:  # noqa: ANN401 - text that was posted, or an id
    return int(value) if value not in {None, ""} else None
