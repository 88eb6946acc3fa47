"""How a missing person stands in a list, cell by cell (see ``caseman.web.drawing``)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from flask import url_for
from markupsafe import Markup

from caseman.reports.codes import OPEN_STATUSES, MissingPersonStatus
from caseman.reports.models import MissingPerson
from caseman.reports.queries import Hit
from caseman.web.drawing import drawing
from caseman.web.filters import NOTHING, day

DAYS_A_YEAR: Final = 365.25
TONES: Final = {
    MissingPersonStatus.REPORTED: "neutral",
    MissingPersonStatus.LOCATED_ALIVE: "done",
}


def person_cell(person: MissingPerson, key: str) -> Markup | str:
    """Return one cell of the row of ``person``."""
    return _CELLS[key](person)


def hit_cell(hit: Hit, key: str) -> Markup | str:
    """Return one cell of the row of a person who was searched for."""
    if key == "fit":
        return Markup('<bdi class="number">%s %%</bdi>') % round(hit.score * 100)
    return _CELLS[key](hit.person)


def status_tag(status: MissingPersonStatus) -> Markup:
    """Return where the search stands, as a tag."""
    tone = TONES.get(status, "progress" if status in OPEN_STATUSES else "closed")
    return drawing.tag(status, tone)


def _name(person: MissingPerson) -> Markup:
    link = Markup('<a class="row-link" href="%s"><bdi>%s</bdi></a>') % (
        url_for("missing.show", number=person.number),
        person.name,
    )
    if not person.name_latin or person.name_latin == person.name:
        return link
    latin = Markup(' <span class="muted small"><bdi lang="en" dir="ltr">%s</bdi></span>')
    return link + latin % person.name_latin


def _age(person: MissingPerson) -> Markup:
    """Return the age when last seen, or between which ages it lies."""
    birth, seen = (person.birth_from, person.birth_to), (person.last_seen_from, person.last_seen_to)
    if None in {*birth, *seen}:
        return drawing.words(None)
    low, high = _years(birth[1], seen[0]), _years(birth[0], seen[1])
    return Markup('<bdi class="number">%s</bdi>') % (
        low if low == high else f"{low}{NOTHING}{high}"
    )


def _years(first: date | None, last: date | None) -> int:
    return 0 if first is None or last is None else max(0, int((last - first).days / DAYS_A_YEAR))


def _seen(person: MissingPerson) -> Markup | str:
    first, last = person.last_seen_from, person.last_seen_to
    if first is None:
        return drawing.words(None)
    return day(first) if first == last else f"{day(first)} {NOTHING} {day(last)}"


_CELLS: Final[Mapping[str, Callable[[MissingPerson], Markup | str]]] = {
    "name": _name,
    "number": lambda person: drawing.code(person.number),
    "sex": lambda person: drawing.words(person.sex),
    "age": _age,
    "place": lambda person: drawing.words(person.last_seen_place),
    "seen": _seen,
    "status": lambda person: status_tag(person.status),
    "registered": lambda person: day(person.registered_at.date()),
}
