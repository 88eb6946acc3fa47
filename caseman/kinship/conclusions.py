"""What is concluded of each missing person and each set of remains, in the words of dvir.

A conclusion sums up LRs for people to look at; it is no identification. Two ways lead to it:
family by family over everything (AM driven), or in turn: exclusions, undisputed pairs, what is left
family by family, and at last remains that no family claims.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from caseman.kinship.caseload import NOBODY_SOUGHT, Caseload, Family
from caseman.kinship.claims import Claim, Rival, claims_of
from caseman.kinship.pairwise import PairwiseMatrix, count_exclusions
from caseman.kinship.screening import find_excluded, find_undisputed

_ROUNDING = 1e-9
NO_PAIRING = "No compatible pairings"
EXCLUDED, NO_MATCH, INCONCLUSIVE = "Excluded", "No match", "Inconclusive"


@dataclass(frozen=True)
class Conclusion:
    """One line: natural logs of the LR and, in families that miss several, of the GLR."""

    remains: str | None
    missing: str | None
    family: str | None
    log_ratio: float | None
    log_glr: float | None
    words: str
    comment: str | None


@dataclass(frozen=True)
class Conclusions:
    """A line for each missing person and one for each set of remains."""

    by_missing: tuple[Conclusion, ...]
    by_remains: tuple[Conclusion, ...]


def conclude_by_family(
    caseload: Caseload, matrix: PairwiseMatrix, *, threshold: float
) -> Conclusions:
    """Return what each family claims of all remains, whatever other families claim.

    Raises KinshipError where the joint solution of a family is out of reach.
    """
    claims = list(_all_claims(caseload, matrix, threshold))
    best: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda claim: claim.order):
        best |= dict.fromkeys(claim.remains, claim)
    rivals = {v for claim in claims for v in claim.disputed}
    return Conclusions(
        tuple(_of_missing(claim) for claim in claims),
        tuple(
            _of_remains(best[v], v) if v in best else _unclaimed(matrix, v, is_disputed=v in rivals)
            for v in matrix.remains
        ),
    )


def _all_claims(caseload: Caseload, matrix: PairwiseMatrix, threshold: float) -> Iterator[Claim]:
    column = 0
    for family in caseload.families:
        end = column + len(family.missing)
        own = PairwiseMatrix(matrix.remains, family.missing, matrix.log_ratios[:, column:end])
        column = end
        yield from claims_of(replace(caseload, families=(family,)), own, threshold)


def _of_missing(claim: Claim) -> Conclusion:
    return Conclusion(
        "/".join(claim.remains) or None,
        claim.missing,
        claim.family,
        claim.log_ratio,
        claim.log_glr,
        claim.words,
        claim.comment,
    )


def _of_remains(claim: Claim, remains: str) -> Conclusion:
    log = claim.log_ratio_by_remains.get(remains, claim.log_ratio)
    missing = "/".join(claim.alike) or claim.missing
    comment = claim.comment_on_remains or claim.comment
    return Conclusion(remains, missing, claim.family, log, claim.log_glr, claim.words, comment)


def _unclaimed(matrix: PairwiseMatrix, remains: str, *, is_disputed: bool) -> Conclusion:
    ranked = ranked_row(matrix, remains)
    if not ranked:
        return _nobody(remains, EXCLUDED, NO_PAIRING)
    comment = f"Best: {ranked[0].key} (LR={ranked[0].written(3)})"
    return _nobody(remains, "Disputed" if is_disputed else NO_MATCH, comment)


def _nobody(remains: str, words: str, comment: str | None) -> Conclusion:
    return Conclusion(remains, None, None, None, None, words, comment)


def ranked_row(matrix: PairwiseMatrix, remains: str) -> list[Rival]:
    """Return the missing persons that remains may be, the greatest LR first."""
    logs = matrix.log_ratios[matrix.remains.index(remains)]
    return Rival.ranked(matrix.missing, logs)


def conclude_in_turn(
    caseload: Caseload, *, threshold: float, most_inconsistent: int
) -> Conclusions:
    """Return conclusions after exclusions and undisputed pairs are taken out of the question.

    Raises KinshipError where a part is out of reach.
    """
    found = find_excluded(caseload, count_exclusions(caseload), most=most_inconsistent)
    left = _without(caseload, found.pairings_left, found.remains.keys(), found.missing.keys())
    settled = find_undisputed(left, threshold=threshold)
    claims = list(_all_claims(settled.rest, settled.left, threshold))
    by_missing = {claim.missing: _of_missing(claim) for claim in claims}
    by_remains: dict[str, Conclusion] = {}
    for claim in claims:
        if claim.is_joint_match:
            by_remains |= {v: _of_remains(claim, v) for v in claim.remains}
    for pair in settled.pairs:
        line = Conclusion(
            pair.remains,
            pair.missing,
            pair.family,
            pair.log_ratio,
            None,
            "Undisputed",
            f"Step {pair.step}",
        )
        by_missing[pair.missing], by_remains[pair.remains] = line, line
    for key, least in found.missing.items():
        comment = reason(least)
        family = caseload.family_of(key).key
        by_missing[key] = Conclusion(None, key, family, None, None, EXCLUDED, comment)
    for key, least in found.remains.items():
        by_remains[key] = _nobody(key, EXCLUDED, reason(least))
    for key in settled.left.remains:
        if key not in by_remains:
            by_remains[key] = _by_remains_alone(settled.rest, settled.left, key, threshold)
    return Conclusions(
        tuple(by_missing[key] for key in caseload.missing if key in by_missing),
        tuple(by_remains[each.key] for each in caseload.remains),
    )


def reason(least: int | None) -> str:
    """Return why somebody is excluded, by the fewest impossible loci of any pair."""
    return NO_PAIRING if least is None else f"{least}+ inconsistencies"


def _without(
    caseload: Caseload,
    pairings: Mapping[str, Sequence[str]],
    remains: Collection[str],
    missing: Collection[str],
) -> Caseload:
    def narrowed(family: Family) -> Family:
        return replace(family, missing=tuple(m for m in family.missing if m not in missing))

    families = [narrowed(family) for family in caseload.families]
    return replace(
        caseload,
        remains=tuple(each for each in caseload.remains if each.key not in remains),
        families=tuple(family for family in families if family.missing),
        pairings={key: frozenset((*left, NOBODY_SOUGHT)) for key, left in pairings.items()},
    )


def _by_remains_alone(
    caseload: Caseload, matrix: PairwiseMatrix, key: str, threshold: float
) -> Conclusion:
    ranked = ranked_row(matrix, key)
    if not ranked:
        return _nobody(key, EXCLUDED, NO_PAIRING)
    best, log = ranked[0], ranked[0].log_ratio
    if log < math.log(threshold) - _ROUNDING:
        is_no_match = log < -_ROUNDING
        words, comment = (NO_MATCH, None) if is_no_match else (INCONCLUSIVE, f"Best: {best.key}")
        return Conclusion(key, "", "", log, None, words, comment)
    words, comment = Rival.standing(ranked, threshold)
    family = caseload.family_of(best.key).key
    return Conclusion(key, best.key, family, log, None, words, comment)
