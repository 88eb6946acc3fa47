"""Identifies one pair after another, each time the one of the greatest LR, as dvir can."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from caseman.kinship.caseload import Caseload
from caseman.kinship.faults import TooLargeError
from caseman.kinship.pairwise import PairwiseMatrix, compare
from caseman.kinship.screening import settled

MOST_PATHS = 1000
_TIE = 1e-9
_ROUNDING = 1e-8


@dataclass(frozen=True)
class SequentialStep:
    """A pair taken for settled, with its natural log LR at that time."""

    remains: str
    missing: str
    family: str
    log_ratio: float


Path = tuple[SequentialStep, ...]


def settle_in_turn(caseload: Caseload, matrix: PairwiseMatrix, *, is_updated: bool) -> list[Path]:
    """Return every path of settling the greatest LR first, until none is at least 1.

    Updated: what is settled belongs to its family from then on. Pairs of equal LR each begin a
    path of their own, which tells what is arbitrary. It is no joint solution: an early wrong pair
    is never taken back. Raises TooLargeError where ties make more paths than a thousand.
    """
    found: list[Path] = []
    for path in _paths(caseload, matrix, is_updated=is_updated):
        found.append(path)
        if len(found) > MOST_PATHS:
            fault = f"equal LRs give more than {MOST_PATHS} orders of settling pairs"
            raise TooLargeError(fault)
    return found


def _paths(caseload: Caseload, matrix: PairwiseMatrix, *, is_updated: bool) -> Iterator[Path]:
    logs = np.nan_to_num(matrix.log_ratios, nan=-np.inf, neginf=-np.inf)
    largest = float(logs.max(initial=-np.inf))
    if largest < -_ROUNDING:
        yield ()
        return
    for row, column in np.argwhere(logs >= largest - _TIE).tolist():
        remains, missing = matrix.remains[row], matrix.missing[column]
        family = caseload.family_of(missing).key
        step = SequentialStep(remains, missing, family, float(logs[row, column]))
        if min(logs.shape) == 1:
            yield (step,)
            continue
        rest = settled(caseload, {missing: remains}) if is_updated else caseload
        left = compare(rest) if is_updated else _without(matrix, row, column)
        for path in _paths(rest, left, is_updated=is_updated):
            yield (step, *path)


def _without(matrix: PairwiseMatrix, row: int, column: int) -> PairwiseMatrix:
    logs = np.delete(np.delete(matrix.log_ratios, row, axis=0), column, axis=1)
    remains = matrix.remains[:row] + matrix.remains[row + 1 :]
    missing = matrix.missing[:column] + matrix.missing[column + 1 :]
    return PairwiseMatrix(remains, missing, logs)


def matches_of(path: Path, remains: tuple[str, ...], nobody: str) -> Mapping[str, str]:
    """Return who all remains are after a path."""
    return dict.fromkeys(remains, nobody) | {step.remains: step.missing for step in path}
