"""One profile out of several runs, by rules that can be told."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from caseman.laboratory.reading.markers import Genotype

REPEATED: Final = 2
"""So many runs must show an allele, where a marker was typed in more than one."""


class Rule(StrEnum):
    """Why a marker stands in the consensus as it does, or does not."""

    ONE_RUN = "one_run"
    AGREED = "agreed"
    PARTIAL = "partial"
    UNREPEATED = "unrepeated"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class MarkerConsensus:
    """One marker: what each run saw, what counts, and by which rule.

    ``alleles`` holds two entries, the second None where it is not known; none where the marker
    is left out.
    """

    marker: str
    seen: tuple[tuple[str, ...], ...]
    alleles: tuple[str | None, ...]
    rule: Rule


def consensus(runs: Sequence[Genotype], *, may_drop_out: bool) -> list[MarkerConsensus]:
    """Return the consensus of ``runs``, marker by marker.

    With several runs an allele counts that at least two of them show. One allele alone is a pair
    alike in a fresh sample; where alleles may drop out, as in old bones, only if two runs show it
    and none shows another; else its partner is not known.
    """
    markers = list(dict.fromkeys(marker for run in runs for marker in run))
    return [_of_marker(marker, runs, may_drop_out=may_drop_out) for marker in markers]


def _of_marker(marker: str, runs: Sequence[Genotype], *, may_drop_out: bool) -> MarkerConsensus:
    seen = tuple(tuple(run[marker]) for run in runs if run.get(marker))
    count = Counter(allele for alleles in seen for allele in set(alleles))
    needed = min(REPEATED, len(seen))
    agreed = sorted((a for a, times in count.items() if times >= needed), key=_place(seen))
    if len(agreed) > 2:
        return MarkerConsensus(marker, seen, (), Rule.TOO_MANY)
    if not agreed:
        return MarkerConsensus(marker, seen, (), Rule.UNREPEATED)
    rule = Rule.ONE_RUN if len(seen) == 1 else Rule.AGREED
    if len(agreed) == 2:
        return MarkerConsensus(marker, seen, (agreed[0], agreed[1]), rule)
    is_sure = len(count) == 1 and (len(seen) >= REPEATED or not may_drop_out)
    if is_sure:
        return MarkerConsensus(marker, seen, (agreed[0], agreed[0]), rule)
    return MarkerConsensus(marker, seen, (agreed[0], None), Rule.PARTIAL)


def _place(seen: tuple[tuple[str, ...], ...]) -> "_Order":
    return _Order({allele: i for alleles in seen for i, allele in enumerate(alleles)})


class _Order:
    """Orders alleles as the runs do: by length."""

    def __init__(self, places: dict[str, int]) -> None:
        self._places = places

    def __call__(self, allele: str) -> tuple[float, int]:
        try:
            return float(allele), 0
        except ValueError:
            return 0.0, self._places[allele]
