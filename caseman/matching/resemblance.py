"""How two reports compare, feature by feature, for many pairs at once.

Every feature gives a level (0 the closest) or, where one side is silent, -1.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product

import numpy as np
import numpy.typing as npt

from caseman.matching.arrays import Floats, Int32s
from caseman.matching.tokens import slots_of, token_similarity
from caseman.matching.values import AnteMortem
from caseman.names import search_keys

Levels = npt.NDArray[np.int8]
SLOTS = ("given", "father", "grandfather", "family", "mother")
FEATURES = (
    *SLOTS,
    "sex",
    "birth",
    "birth_day",
    "phone",
    "last_seen",
    "place",
    "circumstance",
    "hair",
    "stature",
    "marks",
    "effects",
)
_NAME_CUTS = np.array([0.5, 0.65, 0.8, 0.93])
_YEARS = np.array([0.6, 1.6, 3.1, 6.1, 12.1])
_DAYS = np.array([1, 8, 61, 401])
_KILOMETRES = np.array([0.7, 2.0, 6.0, 30.0])
_CENTIMETRES = np.array([3.1, 8.1, 15.1])
_KEYS = (("given", "father"), ("given", "family"), ("father", "family"))
_MOTHER_KEYS = (("given", "mother"), ("father", "mother"))
_LARGEST = 400  # reports behind one key; beyond, the key is too common to say anything


@dataclass(frozen=True)
class Resemblances:
    """Pairs of reports (positions), their level in each feature, and how common their names are.

    `rarity` holds for each name slot the share of reports that bear the pair's name.
    """

    left: Int32s
    right: Int32s
    levels: Mapping[str, Levels]
    rarity: Mapping[str, Floats]


def compare_reports(reports: Sequence[AnteMortem]) -> Resemblances:
    """Return the resemblances of all pairs that share two names or a hint such as a telephone."""
    slots = [slots_of(report.name) for report in reports]
    return _compared(reports, slots, _alike(reports, slots))


def compare_with_first(reports: Sequence[AnteMortem]) -> Resemblances:
    """Return the resemblances of the first report with each of the others, alike or not."""
    slots = [slots_of(report.name) for report in reports]
    return _compared(reports, slots, ((0, place) for place in range(1, len(reports))))


def _compared(
    reports: Sequence[AnteMortem],
    slots: Sequence[Mapping[str, str]],
    chosen: Iterable[tuple[int, int]],
) -> Resemblances:
    pairs = np.array(sorted(chosen), dtype=np.int32).reshape(-1, 2)
    left, right = pairs[:, 0].copy(), pairs[:, 1].copy()
    levels: dict[str, Levels] = {}
    rarity: dict[str, Floats] = {}
    for slot in SLOTS:
        levels[slot], rarity[slot] = _names([s.get(slot) for s in slots], left, right)
    levels |= _measures(reports, left, right)
    levels |= _sets(reports, left, right)
    return Resemblances(left, right, levels, rarity)


def _alike(
    reports: Sequence[AnteMortem], slots: Sequence[Mapping[str, str]]
) -> set[tuple[int, int]]:
    keys = lru_cache(maxsize=None)(lambda token: tuple(sorted(search_keys(token))))
    members: dict[tuple[str, ...], list[int]] = {}
    for place, (report, told) in enumerate(zip(reports, slots, strict=True)):
        for key in {*_keys_of(told, keys), *(("hint", hint) for hint in report.group)}:
            members.setdefault(key, []).append(place)
    groups = (group for group in members.values() if len(group) <= _LARGEST)
    return {pair for group in groups for pair in combinations(group, 2)}


def _keys_of(
    told: Mapping[str, str], keys: Callable[[str], tuple[str, ...]]
) -> Iterator[tuple[str, ...]]:
    for one, other in (*_KEYS, *_MOTHER_KEYS):
        if one in told and other in told:
            for first, second in product(keys(told[one]), keys(told[other])):
                yield one, first, other, second


def _names(tokens: Sequence[str | None], left: Int32s, right: Int32s) -> tuple[Levels, Floats]:
    distinct = sorted({token for token in tokens if token})
    index = {token: i for i, token in enumerate(distinct)}
    codes = np.array([index[token] if token else -1 for token in tokens], dtype=np.int32)
    if not distinct:
        return np.full(len(left), -1, np.int8), np.ones(len(left))
    similar = token_similarity(distinct, distinct)
    counts = np.bincount(codes[codes >= 0], minlength=len(distinct))
    # A name is borne by all who write it some way, so its share sums over its spellings.
    shares = (similar >= _NAME_CUTS[2]) @ counts / max(1, counts.sum())
    one, other = codes[left], codes[right]
    known = (one >= 0) & (other >= 0)
    cut = len(_NAME_CUTS) - np.digitize(similar[one, other], _NAME_CUTS)
    rarity = np.where(known, np.sqrt(shares[one] * shares[other]), 1.0)
    return np.where(known, cut, -1).astype(np.int8), rarity


def _measures(reports: Sequence[AnteMortem], left: Int32s, right: Int32s) -> dict[str, Levels]:
    birth, exact = _births(reports)
    first, last = _days(reports)
    stature = np.array([_or_nan(report.stature_cm) for report in reports])
    gap = np.maximum(first[left] - last[right], first[right] - last[left])
    both_exact = exact[left] & exact[right]
    same_day = np.abs(birth[left] - birth[right]) < 1 / 400
    return {
        "birth": _cut(np.abs(birth[left] - birth[right]), _YEARS),
        "birth_day": np.where(both_exact, ~same_day, -1).astype(np.int8),
        "last_seen": _cut(np.maximum(0, gap), _DAYS),
        "place": _cut(_kilometres(reports, left, right), _KILOMETRES),
        "stature": _cut(np.abs(stature[left] - stature[right]), _CENTIMETRES),
    }


def _cut(distance: Floats, cuts: Floats) -> Levels:
    levels = np.digitize(np.nan_to_num(distance), cuts)
    return np.where(np.isnan(distance), -1, levels).astype(np.int8)


def _or_nan(value: float | None) -> float:
    return np.nan if value is None else value


def _births(reports: Sequence[AnteMortem]) -> tuple[Floats, npt.NDArray[np.bool_]]:
    years = [_birth_year(report) for report in reports]
    exact = [report.birth is not None and report.birth.days == 1 for report in reports]
    return np.array(years), np.array(exact, dtype=bool)


def _birth_year(report: AnteMortem) -> float:
    if report.birth is not None:
        return report.birth.middle_year
    if report.age_told is None or report.last_seen is None:
        return np.nan
    return report.last_seen.interval.middle_year - report.age_told - 0.5


def _days(reports: Sequence[AnteMortem]) -> tuple[Floats, Floats]:
    seen = [report.last_seen.interval if report.last_seen else None for report in reports]
    first = [s.first.toordinal() if s else np.nan for s in seen]
    last = [s.last.toordinal() if s else np.nan for s in seen]
    return np.array(first, dtype=np.float64), np.array(last, dtype=np.float64)


def _kilometres(reports: Sequence[AnteMortem], left: Int32s, right: Int32s) -> Floats:
    places = [report.place.position if report.place else None for report in reports]
    north = np.radians([p.latitude if p else np.nan for p in places])
    east = np.radians([p.longitude if p else np.nan for p in places])
    narrowing = np.cos((north[left] + north[right]) / 2)
    distance: Floats = 6371.0 * np.hypot(
        north[left] - north[right], (east[left] - east[right]) * narrowing
    )
    return distance


def _sets(reports: Sequence[AnteMortem], left: Int32s, right: Int32s) -> dict[str, Levels]:
    pairs = [(reports[i], reports[j]) for i, j in zip(left.tolist(), right.tolist(), strict=True)]

    def compared(feature: Callable[[AnteMortem], object]) -> Levels:
        told = ((feature(one), feature(other)) for one, other in pairs)
        levels = [-1 if not (a and b) else int(not _meet(a, b)) for a, b in told]
        return np.array(levels, dtype=np.int8)

    return {
        "sex": compared(lambda report: report.sex),
        "phone": compared(lambda report: report.group),
        "circumstance": compared(lambda report: report.circumstance),
        "hair": compared(lambda report: report.hair),
        "marks": compared(lambda report: report.marks),
        "effects": compared(lambda report: report.effects),
    }


def _meet(one: object, other: object) -> bool:
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return not one.isdisjoint(other)
    return one == other
