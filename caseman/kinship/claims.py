"""What one family claims: for each of its missing persons which remains, and how surely."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from caseman.kinship.arrays import Floats
from caseman.kinship.caseload import Caseload, Family
from caseman.kinship.joint import JointSolution, solve_jointly
from caseman.kinship.pairwise import PairwiseMatrix

_ROUNDING = 1e-9
_LARGEST = 700.0


@dataclass(frozen=True)
class Rival:
    """Somebody who may be it, with the natural log LR."""

    key: str
    log_ratio: float

    def written(self, digits: int) -> str:
        """Return the LR in few digits."""
        if self.log_ratio > _LARGEST:
            return f"1e+{int(self.log_ratio / math.log(10))}"
        return f"{math.exp(self.log_ratio):.{digits}g}"

    @staticmethod
    def ranked(keys: Sequence[str], logs: Floats) -> "list[Rival]":
        """Return all with an LR above 0, the greatest first."""
        possible = [Rival(k, v) for k, v in zip(keys, logs.tolist(), strict=True) if v > -math.inf]
        return sorted(possible, key=lambda rival: -rival.log_ratio)

    @staticmethod
    def near(ranked: "Sequence[Rival]", threshold: float) -> "list[Rival]":
        """Return those whom the first does not lead by the threshold."""
        least = ranked[0].log_ratio - math.log(threshold) + _ROUNDING
        return [rival for rival in ranked[1:] if rival.log_ratio > least]

    @staticmethod
    def standing(ranked: "Sequence[Rival]", threshold: float) -> tuple[str, str]:
        """Return the conclusion on a first of great LR, and who comes next."""
        near = Rival.near(ranked, threshold)
        if near:
            others = ", ".join(f"{r.key} (LR={r.written(2)})" for r in near)
            return "Disputed", f"Also: {others}"
        if len(ranked) == 1:
            return "Probable", "Runner-up: -"
        return "Probable", f"Runner-up: {ranked[1].key} (LR={ranked[1].written(2)})"


@dataclass(frozen=True)
class Claim:
    """The claim of one missing person, natural logs.

    `alike` are missing persons who cannot be told apart from this one. `disputed` are remains that
    rival the claimed ones.
    """

    family: str
    missing: str
    remains: tuple[str, ...]
    log_ratio: float | None
    log_glr: float | None
    words: str
    comment: str | None
    alike: tuple[str, ...] = ()
    comment_on_remains: str | None = None
    log_ratio_by_remains: dict[str, float] = field(default_factory=dict)
    disputed: tuple[str, ...] = ()

    @property
    def is_joint_match(self) -> bool:
        """Whether the joint solution of the family settles it."""
        return self.log_glr is not None and bool(self.remains)

    @property
    def order(self) -> float:
        """What a claim weighs where several claim the same remains."""
        return max(self.log_ratio or 0.0, self.log_glr or 0.0)


def claims_of(caseload: Caseload, matrix: PairwiseMatrix, threshold: float) -> Iterator[Claim]:
    """Yield the claims of the only family of a caseload; raises KinshipError if out of reach."""
    (family,) = caseload.families
    if len(family.missing) == 1:
        yield _single(family, matrix, threshold)
    elif family.missing:
        yield from _Jointly(caseload, family, matrix, threshold).claims()


def _single(family: Family, matrix: PairwiseMatrix, threshold: float) -> Claim:
    (missing,) = family.missing
    ranked = Rival.ranked(matrix.remains, matrix.log_ratios[:, 0])
    if not ranked:
        return _none(family, missing)
    best = ranked[0]
    disputed: tuple[str, ...] = ()
    words, comment = "Inconclusive", f"Best: {best.key}"
    if best.log_ratio >= math.log(threshold) - _ROUNDING:
        words, comment = Rival.standing(ranked, threshold)
        disputed = tuple(rival.key for rival in Rival.near(ranked, threshold))
    claimed = (best.key,)
    return Claim(
        family.key, missing, claimed, best.log_ratio, None, words, comment, disputed=disputed
    )


def _none(family: Family, missing: str) -> Claim:
    return Claim(family.key, missing, (), None, None, "Excluded", "No compatible pairings")


class _Jointly:
    """The claims of a family that misses several, from its joint solution."""

    def __init__(
        self, caseload: Caseload, family: Family, matrix: PairwiseMatrix, threshold: float
    ) -> None:
        self.family, self.matrix, self.least = family, matrix, math.log(threshold) - _ROUNDING
        self.solution: JointSolution = solve_jointly(caseload, matrix)
        self.open = [
            m
            for m, column in zip(family.missing, matrix.log_ratios.T, strict=True)
            if (column > -math.inf).any()
        ]

    def claims(self) -> Iterator[Claim]:
        """Yield them in the order of the missing."""
        for missing in self.family.missing:
            if missing not in self.open:
                yield _none(self.family, missing)
            else:
                yield self._symmetric(missing) or self._alone(missing)

    def _alone(self, missing: str) -> Claim:
        support = [each for each in self.solution.support if each.missing == missing]
        best = max(support, key=lambda each: each.log_glr)
        if best.log_glr < self.least:
            top = max(self._log_ratio(each.remains, missing) for each in support)
            return Claim(self.family.key, missing, (), top, best.log_glr, "Inconclusive", None)
        log = self._log_ratio(best.remains, missing)
        comment = f"Joint: {{{','.join(self.open)}}}"
        return Claim(
            self.family.key,
            missing,
            (best.remains,),
            log,
            best.log_glr,
            "Match (GLR)",
            comment,
        )

    def _symmetric(self, missing: str) -> Claim | None:
        """Return the claim of full siblings together, whom nothing tells apart."""
        groups = [group for group in self.solution.ties if missing in group[1]]
        if not groups or not self._are_siblings(groups[0][1]):
            return None
        remains = [key for key in self.matrix.remains if key in groups[0][0]]
        alike = [key for key in self.family.missing if key in groups[0][1]]
        glr = self._log_glr_of_group(remains, alike)
        if glr < self.least:
            return None
        logs = {v: max(self._log_ratio(v, m) for m in alike) for v in remains}
        if len(remains) == 1:
            others = ", ".join(m for m in alike if m != missing)
            log: float | None = self._log_ratio(remains[0], missing)
            comment = f"{remains[0]} also matches {others} (full siblings)"
            on_remains = f"{' and '.join(alike)} are full siblings"
        else:
            left, right = ", ".join(alike), ", ".join(remains)
            log, comment = None, f"Full siblings: {{{left}}} = {{{right}}}"
            on_remains = f"Full siblings: {{{right}}} = {{{left}}}"
        return Claim(
            self.family.key,
            missing,
            tuple(remains),
            log,
            glr,
            "Symmetric match",
            comment,
            tuple(alike),
            on_remains,
            logs,
        )

    def _are_siblings(self, missing: Sequence[str]) -> bool:
        parents = {self.family.pedigree.parents(key) for key in missing}
        return len(missing) > 1 and len(parents) == 1 and parents != {()}

    def _log_glr_of_group(self, remains: Sequence[str], missing: Sequence[str]) -> float:
        """Return ln of the best with all these remains among the missing over the best without.

        At least that, where more assignments are better than all that are kept.
        """
        rows = self.solution.assignments
        for row in rows:
            if not all(row.pairs[v] in missing for v in remains):
                return rows[0].log_ratio - row.log_ratio
        return rows[0].log_ratio - rows[-1].log_ratio if len(rows) > 1 else math.inf

    def _log_ratio(self, remains: str, missing: str) -> float:
        row, column = self.matrix.remains.index(remains), self.matrix.missing.index(missing)
        return float(self.matrix.log_ratios[row, column])
