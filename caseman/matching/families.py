"""Which reports belong together: people lost together are often found together.

Two reports are linked when they share a telephone, or when one tells of a companion who bears the
other's name. Reports about one person (same given name and sex) are never linked: that the same
person lies in the next body speaks against a candidate, not for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product

from caseman.matching.tokens import slots_of, tokens_of
from caseman.matching.values import AnteMortem
from caseman.names import search_keys

_LARGEST = 40  # reports behind one telephone or one name; beyond, it is an office or no clue
_LEAST = 0.15  # confidence below which a link says nothing


@dataclass(frozen=True, slots=True)
class Link:
    """A report that belongs to another, and how sure that is (0 to 1)."""

    report: int
    confidence: float


@dataclass(frozen=True, slots=True)
class _Person:
    report: AnteMortem
    slots: Mapping[str, str]

    @property
    def given(self) -> str:
        return self.slots.get("given", "")

    @property
    def family(self) -> str:
        return self.slots.get("family", "")


def links_of(
    reports: Sequence[AnteMortem], *, told_in_full: float, told_by_given_name: float
) -> dict[int, tuple[Link, ...]]:
    """Return the links of each report that has any, by position; symmetric."""
    people = [_Person(report, slots_of(report.name)) for report in reports]
    best: dict[tuple[int, int], float] = {}
    for one, other in _by_hint(reports):
        _keep(best, one, other, 1.0)
    for one, others, full in _by_companion(people):
        # One of the bearers of a name is meant; the more there are, the less each is.
        confidence = (told_in_full if full else told_by_given_name) / len(others)
        for other in others if confidence >= _LEAST else ():
            _keep(best, one, other, confidence)
    links: dict[int, list[Link]] = {}
    for (one, other), confidence in sorted(best.items()):
        if not _may_be_one_person(people[one], people[other]):
            links.setdefault(one, []).append(Link(other, confidence))
            links.setdefault(other, []).append(Link(one, confidence))
    return {report: tuple(found) for report, found in links.items()}


def _keep(best: dict[tuple[int, int], float], one: int, other: int, confidence: float) -> None:
    pair = (min(one, other), max(one, other))
    best[pair] = max(confidence, best.get(pair, 0.0))


def _by_hint(reports: Sequence[AnteMortem]) -> Iterator[tuple[int, int]]:
    members: dict[str, list[int]] = {}
    for place, report in enumerate(reports):
        for hint in report.group:
            members.setdefault(hint, []).append(place)
    for hint in sorted(members):
        if len(members[hint]) <= _LARGEST:
            yield from combinations(members[hint], 2)


def _by_companion(people: Sequence[_Person]) -> Iterator[tuple[int, list[int], bool]]:
    by_name: dict[tuple[str, str], list[int]] = {}
    for place, person in enumerate(people):
        for name in product(_keys(person.given), _keys(person.family)):
            by_name.setdefault(name, []).append(place)
    for place, person in enumerate(people):
        for companion in person.report.companions:
            given, *rest = tokens_of(companion) or ("",)
            names = product(_keys(given), _keys(rest[-1] if rest else person.family))
            bearers = {other for name in names for other in by_name.get(name, ())}
            father = rest[0] if len(rest) > 1 else None
            meant = [o for o in sorted(bearers) if o != place and _fits(person, people[o], father)]
            if meant:
                yield place, meant, bool(rest)


def _fits(person: _Person, other: _Person, father: str | None) -> bool:
    if father and "father" in other.slots and not _sound_alike(father, other.slots["father"]):
        return False
    return _were_together(person, other)


def _were_together(one: _Person, other: _Person) -> bool:
    first, second = one.report.last_seen, other.report.last_seen
    if first is None or second is None:
        return True
    apart = max(
        (first.interval.first - second.interval.last).days,
        (second.interval.first - first.interval.last).days,
    )
    return apart <= 31


def _may_be_one_person(one: _Person, other: _Person) -> bool:
    if one.report.person is not None and one.report.person == other.report.person:
        return True
    if one.report.sex and other.report.sex and one.report.sex is not other.report.sex:
        return False
    return not (one.given and other.given) or _sound_alike(one.given, other.given)


@lru_cache(maxsize=200_000)
def _keys(token: str) -> frozenset[str]:
    return frozenset(search_keys(token))


def _sound_alike(one: str, other: str) -> bool:
    return not _keys(one).isdisjoint(_keys(other))
