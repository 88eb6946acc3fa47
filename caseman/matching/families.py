"""Which reports belong together: people lost together are often found together.

Two reports are linked when they share a telephone, or when one tells of a companion who bears the
other's name. Reports about one person (same given name and sex) are never linked: that the same
person lies in the next body speaks against a candidate, not for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import NamedTuple

import numpy as np

from caseman.compilation import compiled
from caseman.matching.arrays import Floats, Int32s, Int64s
from caseman.matching.tokens import slots_of, tokens_of
from caseman.matching.values import AnteMortem
from caseman.names import search_keys

_LARGEST = 40  # reports behind one telephone; beyond, it is an office or no clue
_LEAST = 0.15  # confidence below which a link says nothing
_APART = 31  # days at most between two people who were lost together
_ANY_DAY = 1 << 24


class Links(NamedTuple):
    """Which reports belong to a report, and how sure that is (0 to 1).

    Those of report j, by position, are ``reports[starts[j]:starts[j + 1]]``.
    """

    starts: Int64s
    reports: Int32s
    confidences: Floats


@dataclass(frozen=True, slots=True)
class _Person:
    """A report and the sounds of its names."""

    report: AnteMortem
    given: tuple[int, ...]
    father: tuple[int, ...]
    family: tuple[int, ...]


class _Groups(NamedTuple):
    """Numbers in groups: those of group i are items[starts[i]:starts[i + 1]]."""

    starts: Int64s
    items: Int32s


class _Crowd(NamedTuple):
    """All reports: who bears a name, when they were seen last, how their fathers' names sound."""

    bearers: _Groups
    first: Int32s
    last: Int32s
    fathers: _Groups


class _Mentions(NamedTuple):
    """Companions told of: by which report, what names they may bear, how the father's sounds.

    `told` is how sure it is that the only bearer of such a name is meant; `most` how many may bear
    it before it says nothing.
    """

    owners: Int32s
    names: _Groups
    fathers: _Groups
    told: Floats
    most: Int32s


def links_of(
    reports: Sequence[AnteMortem], *, told_in_full: float, told_by_given_name: float
) -> Links:
    """Return the links of all reports, sorted; symmetric."""
    sounds = _Sounds()
    people = [_person(report, sounds) for report in reports]
    hinted = np.array([*_by_hint(reports)], np.int32).reshape(-1, 2)
    told, sure = _by_companion(people, sounds, (told_by_given_name, told_in_full))
    pairs = np.sort(np.concatenate([hinted, told]), axis=1)
    confidences = np.concatenate([np.ones(len(hinted)), sure])
    order = np.lexsort((-confidences, pairs[:, 1], pairs[:, 0]))
    pairs, confidences = pairs[order], confidences[order]
    best = np.ones(len(pairs), bool)
    best[1:] = np.any(pairs[1:] != pairs[:-1], axis=1)
    best[best] = [not _may_be_one_person(people[i], people[j]) for i, j in pairs[best].tolist()]
    return _symmetric(pairs[best], confidences[best], len(reports))


def _symmetric(pairs: Int32s, confidences: Floats, reports: int) -> Links:
    owners, others = np.concatenate([pairs, pairs[:, ::-1]]).T
    order = np.lexsort((others, owners))
    starts = np.searchsorted(owners[order], np.arange(reports + 1))
    return Links(starts, others[order], np.tile(confidences, 2)[order])


def _person(report: AnteMortem, sounds: "_Sounds") -> _Person:
    slots = slots_of(report.name)
    names = (slots.get(slot, "") for slot in ("given", "father", "family"))
    return _Person(report, *map(sounds.of, names))


class _Sounds:
    """Search keys of names as numbers; names that sound alike share one."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._known: dict[str, tuple[int, ...]] = {"": ()}

    def of(self, name: str) -> tuple[int, ...]:
        """Return the keys of a name, none for no name."""
        if name not in self._known:
            numbers = self._numbers
            keys = sorted(search_keys(name))
            self._known[name] = tuple(numbers.setdefault(key, len(numbers)) for key in keys)
        return self._known[name]


def _by_hint(reports: Sequence[AnteMortem]) -> Iterator[tuple[int, int]]:
    members: dict[str, list[int]] = {}
    for place, report in enumerate(reports):
        for hint in report.group:
            members.setdefault(hint, []).append(place)
    for hint in sorted(members):
        if len(members[hint]) <= _LARGEST:
            yield from combinations(members[hint], 2)


def _by_companion(
    people: Sequence[_Person], sounds: _Sounds, told: tuple[float, float]
) -> tuple[Int32s, Floats]:
    """Return pairs of a report and one whom its companions may be, and how sure that is.

    One of the bearers of a name is meant; the more there are, the less each is.
    """
    names: dict[tuple[int, int], int] = {}
    mentions = _mentions(people, sounds, names, told)
    crowd = _crowd(people, names)
    others = np.full((len(mentions.owners), max(1, mentions.most.max(initial=0))), -1, np.int32)
    counts = np.zeros(len(mentions.owners), np.int32)
    _find(crowd, mentions, np.full(len(people), -1, np.int32), others, counts)
    counts[counts > mentions.most] = 0
    rows, places = np.nonzero(np.arange(others.shape[1]) < counts[:, None])
    sure = mentions.told / np.maximum(1, counts)
    return np.stack([mentions.owners[rows], others[rows, places]], axis=1), sure[rows]


def _mentions(
    people: Sequence[_Person],
    sounds: _Sounds,
    names: dict[tuple[int, int], int],
    told: tuple[float, float],
) -> _Mentions:
    """Return all companions told of; every name they may bear gets a number in `names`."""
    owners: list[int] = []
    borne: list[list[int]] = []
    fathers: list[tuple[int, ...]] = []
    sure: list[float] = []
    for place, person in enumerate(people):
        for companion in person.report.companions:
            given, *rest = tokens_of(companion) or ("",)
            family = sounds.of(rest[-1]) if rest else person.family
            pairs = product(sounds.of(given), family)
            borne.append([names.setdefault(pair, len(names)) for pair in pairs])
            fathers.append(sounds.of(rest[0]) if len(rest) > 1 else ())
            sure.append(told[bool(rest)])
            owners.append(place)
    columns = np.array(owners, np.int32), _groups(borne), _groups(fathers)
    shares = np.array(sure, np.float64)
    return _Mentions(*columns, shares, (shares / _LEAST).astype(np.int32))


def _crowd(people: Sequence[_Person], names: dict[tuple[int, int], int]) -> _Crowd:
    bearers: list[list[int]] = [[] for _ in names]
    for place, person in enumerate(people):
        for pair in product(person.given, person.family):
            if pair in names:
                bearers[names[pair]].append(place)
    seen = [person.report.last_seen for person in people]
    return _Crowd(
        _groups(bearers),
        np.array([s.interval.first.toordinal() if s else -_ANY_DAY for s in seen], np.int32),
        np.array([s.interval.last.toordinal() if s else _ANY_DAY for s in seen], np.int32),
        _groups([person.father for person in people]),
    )


def _groups(rows: Sequence[Sequence[int]]) -> _Groups:
    starts = np.append(0, np.cumsum([len(row) for row in rows], dtype=np.int64))
    return _Groups(starts, np.array([item for row in rows for item in row], np.int32))


@compiled
def _find(
    crowd: _Crowd, mentions: _Mentions, stamps: Int32s, others: Int32s, counts: Int32s
) -> None:
    """Fill in who may be meant, up to as many as say something; `stamps` is working memory."""
    for mention in range(len(mentions.owners)):
        owner, count = mentions.owners[mention], 0
        stamps[owner] = mention
        for at in range(mentions.names.starts[mention], mentions.names.starts[mention + 1]):
            name = mentions.names.items[at]
            for place in range(crowd.bearers.starts[name], crowd.bearers.starts[name + 1]):
                other = crowd.bearers.items[place]
                if stamps[other] == mention:
                    continue
                stamps[other] = mention
                apart = max(
                    crowd.first[owner] - crowd.last[other], crowd.first[other] - crowd.last[owner]
                )
                if apart <= _APART and _may_share(mentions.fathers, mention, crowd.fathers, other):
                    if count < mentions.most[mention]:
                        others[mention, count] = other
                    count += 1
            if count > mentions.most[mention]:
                break
        counts[mention] = count


@compiled
def _may_share(left: _Groups, one: int, right: _Groups, other: int) -> bool:
    """Tell whether two groups have an item in common; an empty one may."""
    first, last = left.starts[one], left.starts[one + 1]
    begin, end = right.starts[other], right.starts[other + 1]
    if first == last or begin == end:
        return True
    for i in range(first, last):
        for j in range(begin, end):
            if left.items[i] == right.items[j]:
                return True
    return False


def _may_be_one_person(one: _Person, other: _Person) -> bool:
    if one.report.person is not None and one.report.person == other.report.person:
        return True
    if one.report.sex and other.report.sex and one.report.sex is not other.report.sex:
        return False
    given = one.given, other.given
    return not all(given) or not set(given[0]).isdisjoint(given[1])
