"""What the candidates of one set of remains say about the remains beside it.

Two lines that no pair shows alone. *Companions*: people reported together are found together, so
a good candidate next door speaks for their kin here. *Rivals*: one person has one body, so a
report that fits other remains much better fits these less (unless both are parts of one body).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from caseman.matching.arrays import Floats, Int16s, Int32s
from caseman.matching.evidence import Agreement, Finding, LineName
from caseman.matching.families import Link, links_of
from caseman.matching.kernels import CEILING, FLOOR, NOBODY, UNIT
from caseman.matching.ranking import Prior, Ranking, parts_in, posterior
from caseman.matching.values import PostMortem
from caseman.matching.wording import LINES

_LEAST = 0.02  # posterior from which a candidate says something about others
_ADMITTED = 0.15  # posterior of a companion from which kin not yet listed are taken in
_COMPANIONS, _RIVALS = LINES.index(LineName.COMPANIONS), LINES.index(LineName.RIVALS)


@dataclass(frozen=True, slots=True)
class _Clue:
    """A candidate elsewhere that bears on a pair: which remains, which report, how likely."""

    chance: float
    remains: int
    report: int


@dataclass(frozen=True)
class _Ground:
    """What does not change from round to round."""

    contacts: Mapping[int, tuple[int, ...]]
    pull: Mapping[int, float]
    links: Mapping[int, tuple[Link, ...]]
    prior: Prior
    one_body: float


def second_pass(ranking: Ranking, *, prior: Prior, top_k: int | None = None) -> Ranking:
    """Return the ranking with the lines of companions and rivals added, sorted and cut anew.

    The longer the lists of `ranking`, the more kin are seen; `top_k` is how long they are after.
    """
    top_k = top_k or ranking.reports.shape[1]
    ground = _ground(ranking, prior)
    ranking = _admit(ranking, ground)
    for _ in range(round(ranking.pool.parameters.number("companions.rounds"))):
        ranking = _reweigh(ranking, ground)
    return _sorted(ranking, top_k)


def _ground(ranking: Ranking, prior: Prior) -> _Ground:
    parameters = ranking.pool.parameters
    rows = {key: row for row, key in enumerate(ranking.remains)}
    contacts = {
        row: tuple(sorted(rows[other] for other in remains.found_with if other in rows))
        for row, remains in enumerate(ranking.chosen.values())
    }
    links = links_of(
        tuple(ranking.pool.reports.values()),
        told_in_full=parameters.number("companions.told_in_full"),
        told_by_given_name=parameters.number("companions.told_by_given_name"),
    )
    pull = _pull(ranking, contacts)
    return _Ground(contacts, pull, links, prior, parameters.number("rivals.one_body"))


def _pull(ranking: Ranking, contacts: Mapping[int, tuple[int, ...]]) -> dict[int, float]:
    """Return how much likelier contact is for companions than for anybody at the same site.

    That place and time agree is weighed already; what is new is to lie side by side *within* the
    site. So the factor is the chance that companions are found in contact over the share of the
    site's remains that are in contact with these.
    """
    parameters = ranking.pool.parameters
    together = parameters.number("companions.found_together")
    most = parameters.number("companions.most")
    site = [r.site.key if r.site else "" for r in ranking.chosen.values()]
    size = Counter(site)
    return {
        row: min(most, together * size[site[row]] / len(beside))
        for row, beside in contacts.items()
        if beside
    }


def _admit(ranking: Ranking, ground: _Ground) -> Ranking:
    """Take in kin of a good candidate next door who are not yet on the list."""
    listed = [set(row.tolist()) for row in ranking.reports]
    wanted = sorted(
        pair
        for pair, clue in _companions(ranking, ground).items()
        if clue.chance > _ADMITTED and pair[1] not in listed[pair[0]]
    )
    allowed = [(i, j) for i, j in wanted if not ranking.is_excluded(i, j)]
    if not allowed:
        return ranking
    width = np.bincount([i for i, _ in allowed], minlength=len(listed))
    shape = (len(listed), int(width.max()))
    reports = np.full(shape, NOBODY, np.int32)
    parts = np.zeros((*shape, len(LINES)), np.int16)
    filled = np.zeros(len(listed), np.int64)
    for (i, j), found in zip(allowed, parts_in(ranking, allowed), strict=True):
        reports[i, filled[i]], parts[i, filled[i]] = j, found
        filled[i] += 1
    return _rescored(
        replace(ranking, reports=np.concatenate([ranking.reports, reports], axis=1)),
        np.concatenate([ranking.parts, parts], axis=1),
        ground.prior,
    )


def _reweigh(ranking: Ranking, ground: _Ground) -> Ranking:
    companions = _companions(ranking, ground)
    rivals = _rivals(ranking)
    parts = ranking.parts.copy()
    parts[:, :, [_COMPANIONS, _RIVALS]] = 0
    boosted = {i for i, _ in companions}
    findings: dict[tuple[int, int], dict[LineName, Finding]] = {}
    for i, j, place in _places(ranking, boosted, rivals):
        beside = companions.get((i, j))
        if beside:
            parts[i, place, _COMPANIONS] = round(UNIT * np.log1p(ground.pull[i] * beside.chance))
            findings.setdefault((i, j), {})[LineName.COMPANIONS] = _beside(ranking, beside)
        rival = _best_elsewhere(ranking, rivals.get(j, ()), i)
        if rival:
            parts[i, place, _RIVALS] = round(UNIT * np.log1p(-ground.one_body * rival.chance))
            findings.setdefault((i, j), {})[LineName.RIVALS] = _elsewhere(ranking, rival)
    return _rescored(replace(ranking, findings=findings), parts, ground.prior)


def _beside(ranking: Ranking, clue: _Clue) -> Finding:
    return Finding(
        "companion_beside",
        Agreement.AGREES,
        {"remains": ranking.remains[clue.remains], "chance": round(clue.chance, 3)},
        {"report": ranking.pool.report_keys[clue.report]},
    )


def _elsewhere(ranking: Ranking, clue: _Clue) -> Finding:
    return Finding(
        "fits_elsewhere",
        Agreement.EXPLAINABLE,
        {"remains": ranking.remains[clue.remains], "chance": round(clue.chance, 3)},
        {"report": ranking.pool.report_keys[clue.report]},
    )


def _companions(ranking: Ranking, ground: _Ground) -> dict[tuple[int, int], _Clue]:
    """Return for (remains, report) the likeliest companion of the report that lies in contact."""
    clues: dict[tuple[int, int], _Clue] = {}
    good = {row: list(_good(ranking, row)) for row in range(len(ranking.remains))}
    for i, contacts in ground.contacts.items():
        for beside in contacts:
            for j, chance in good[beside]:
                for link in ground.links.get(j, ()):
                    clue = _Clue(chance * link.confidence, beside, j)
                    known = clues.get((i, link.report))
                    if known is None or clue.chance > known.chance:
                        clues[i, link.report] = clue
    return clues


def _rivals(ranking: Ranking) -> dict[int, list[_Clue]]:
    """Return for each report the remains it may well be, best first."""
    found: dict[int, list[_Clue]] = {}
    for row in range(len(ranking.remains)):
        for j, chance in _good(ranking, row):
            found.setdefault(j, []).append(_Clue(chance, row, j))
    return {j: sorted(clues, key=lambda c: (-c.chance, c.remains)) for j, clues in found.items()}


def _best_elsewhere(ranking: Ranking, rivals: Sequence[_Clue], row: int) -> _Clue | None:
    remains = ranking.chosen[ranking.remains[row]]
    elsewhere = (
        clue
        for clue in rivals
        if clue.remains != row
        and _are_two_bodies(remains, ranking.chosen[ranking.remains[clue.remains]])
    )
    return next(elsewhere, None)


def _are_two_bodies(one: PostMortem, other: PostMortem) -> bool:
    # Parts without a region in common may be of one body; where nothing is noted, nothing is said.
    return not one.regions.isdisjoint(other.regions)


def _good(ranking: Ranking, row: int) -> Iterator[tuple[int, float]]:
    chances = ranking.posteriors[row]
    for place in np.flatnonzero(chances > _LEAST).tolist():
        if ranking.reports[row, place] >= 0:
            yield int(ranking.reports[row, place]), float(chances[place])


def _places(
    ranking: Ranking, boosted: set[int], contested: Iterable[int]
) -> Iterator[tuple[int, int, int]]:
    # One place more than there are reports: -1, for no report, points at it.
    is_contested = np.zeros(len(ranking.pool.reports) + 1, dtype=bool)
    is_contested[[*contested]] = True
    for i, row in enumerate(ranking.reports):
        chosen = row >= 0 if i in boosted else is_contested[row]
        for place in np.flatnonzero(chosen).tolist():
            yield i, int(row[place]), place


def _rescored(ranking: Ranking, parts: Int16s, prior: Prior) -> Ranking:
    """Return the ranking with other parts; the sums follow what changed on the list."""
    scores = parts.sum(axis=2, dtype=np.int32) + ranking.pool.base
    scores = np.clip(scores, FLOOR, CEILING).astype(np.int32)
    scores[ranking.reports < 0] = np.iinfo(np.int32).min
    direct = parts.copy()
    direct[:, :, [_COMPANIONS, _RIVALS]] = 0
    before = np.clip(direct.sum(axis=2, dtype=np.int32) + ranking.pool.base, FLOOR, CEILING)
    change = np.where(ranking.reports >= 0, _ratio(scores) - _ratio(before), 0.0)
    sums = ranking.direct_sums + np.add.reduce(change, axis=1)
    posteriors = posterior(scores, sums, prior, len(ranking.pool.reports))
    return replace(ranking, parts=parts, scores=scores, posteriors=posteriors)


def _ratio(scores: Int32s) -> Floats:
    ratios: Floats = np.exp(np.maximum(scores, FLOOR) / UNIT)
    return ratios


def _sorted(ranking: Ranking, top_k: int) -> Ranking:
    # Ties go to the lower report key, as in the first pass.
    order = np.lexsort((ranking.reports, -ranking.scores.astype(np.int64)), axis=1)[:, :top_k]
    return replace(
        ranking,
        reports=np.take_along_axis(ranking.reports, order, axis=1),
        scores=np.take_along_axis(ranking.scores, order, axis=1),
        posteriors=np.take_along_axis(ranking.posteriors, order, axis=1),
        parts=np.take_along_axis(ranking.parts, order[:, :, None], axis=1),
    )
