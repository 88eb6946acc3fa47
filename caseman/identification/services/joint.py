"""Weighs all bodies of a site at once, in the background, after their lists or their DNA changed.

The lists are as they are stored, without the line of rivals where the rival is a body of the same
site: here it competes itself. DNA is added as it is when a list is shown.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.audit.recorder import WORKER
from caseman.database import Sessions
from caseman.identification.models import (
    Candidate,
    DnaResult,
    JointPair,
    JointRemains,
    JointSolution,
)
from caseman.identification.queries.dna import STRONG, Heard, Pair, heard, not_excluded
from caseman.identification.queries.joint import competing_bodies, remains_at
from caseman.identification.queries.priors import Expected, expected_at
from caseman.identification.queries.runs import last_finished
from caseman.identification.services.pairings import weigh_pair
from caseman.jobs.queue import enqueue
from caseman.jobs.registry import long_job
from caseman.matching import Group, GroupPair, LineName, solve_group
from caseman.remains.models import Remains, RemainsSample
from caseman.sites.models import Site

SOLVE = "solve_site"
"""The kind of the background job."""

KEPT = 0.005
"""A pair that is less probable, alone and together, is not kept."""

ALMOST_NOTHING = 1e-9
"""The least share of a list that is left to nobody on it, so that odds stay finite."""


@dataclass(frozen=True)
class Ground:
    """What the bodies of a site are weighed by."""

    site: Site
    expected: Expected
    bodies: Sequence[int]
    lists: Mapping[int, Sequence[Candidate]]
    said: Heard
    only_dna: Mapping[int, Mapping[int, float]]
    """By body and person, log10 LR without DNA of pairs that DNA alone brings in."""
    left_out: int


def ask_solution(session: Session, remains: Collection[int]) -> None:
    """Have the sites of some remains solved anew."""
    sites = sa.select(Remains.site_id).where(Remains.id.in_(sorted(remains))).distinct()
    for site in sorted(session.scalars(sites)):
        enqueue(session, SOLVE, {"site": site}, unique_key=f"{SOLVE}:{site}")


def ask_all(session: Session) -> None:
    """Have every site solved anew."""
    enqueue(session, SOLVE, {}, unique_key=SOLVE)


def ask_sites_of_profiles(session: Session, operation_id: int) -> None:
    """Have every site of an operation solved anew of which a sample was taken for DNA."""
    sampled = sa.select(RemainsSample.remains_id).join(Remains).join(Site)
    ask_solution(session, session.scalars(sampled.where(Site.operation_id == operation_id)).all())


def forget_solutions(
    session: Session, *, sources: Iterable[int] = (), persons: Iterable[int] = ()
) -> None:
    """Take away every solution that DNA of some sources, or of some families, may bear on."""
    results = sa.select(DnaResult.remains_id).where(
        sa.or_(
            DnaResult.source_id.in_(sorted(sources)),
            DnaResult.missing_person_id.in_(sorted(persons)),
        )
    )
    named = (
        sa.select(JointRemains.remains_id)
        .join(JointPair, JointPair.joint_remains_id == JointRemains.id)
        .where(JointPair.missing_person_id.in_(sorted(persons)))
    )
    remains = [*session.scalars(results), *session.scalars(named)]
    sites = sa.select(Remains.site_id).where(Remains.id.in_(sorted(remains))).distinct()
    for site in session.scalars(sites).all():
        forget_solution(session, site)
    ask_solution(session, remains)


def forget_solution(session: Session, site_id: int) -> None:
    """Take away the solution of a site."""
    own = sa.select(JointSolution.id).where(JointSolution.site_id == site_id)
    bodies = sa.select(JointRemains.id).where(JointRemains.solution_id.in_(own))
    session.execute(sa.delete(JointPair).where(JointPair.joint_remains_id.in_(bodies)))
    session.execute(sa.delete(JointRemains).where(JointRemains.solution_id.in_(own)))
    session.execute(sa.delete(JointSolution).where(JointSolution.site_id == site_id))


@long_job(SOLVE)
def solve(sessions: Sessions, payload: Mapping[str, Any]) -> None:
    """Solve one site, or all of them."""
    with sessions.read() as session:
        known = payload.get("site")
        sites = [known] if known else session.scalars(sa.select(Site.id).order_by(Site.id)).all()
    for site in sites:
        solve_site(sessions, site)


def solve_site(sessions: Sessions, site_id: int) -> JointSolution | None:
    """Read, weigh without a lock, and write; a site with fewer than two bodies has no solution."""
    with sessions.read() as session:
        ground = read(session, site_id)
    groups = [] if ground is None else solve_group(odds_of(ground))
    return keep(sessions, site_id, ground, groups)


def keep(
    sessions: Sessions, site_id: int, ground: Ground | None, groups: Sequence[Group]
) -> JointSolution | None:
    """Replace the solution of a site, unless DNA that was weighed is gone: then solve again."""
    with sessions.transaction(actor=WORKER) as session:
        forget_solution(session, site_id)
        if ground is None or not groups:
            return None
        if not _is_still_said(session, ground.said):
            ask_solution(session, ground.bodies)
            return None
        return _written(session, ground, groups)


def read(session: Session, site_id: int) -> Ground | None:
    """Return what the bodies of a site are weighed by; None where nothing can compete."""
    run, bodies = last_finished(session), competing_bodies(session, site_id)
    if run is None or len(bodies) < 2:
        return None
    site = session.get_one(Site, site_id)
    lists = _lists(session, bodies)
    pairs = [(row.remains_id, row.missing_person_id) for rows in lists.values() for row in rows]
    said = heard(session, DnaResult.remains_id.in_(bodies), pairs)
    return Ground(
        site,
        expected_at(run, site.code),
        bodies,
        lists,
        said,
        _only_dna(session, said, pairs),
        remains_at(session, site_id) - len(bodies),
    )


def _lists(session: Session, bodies: Sequence[int]) -> dict[int, list[Candidate]]:
    rows = session.scalars(
        sa.select(Candidate)
        .where(Candidate.remains_id.in_(bodies))
        .order_by(Candidate.remains_id, Candidate.missing_person_id)
    ).all()
    open_ = {*not_excluded(session, [(row.remains_id, row.missing_person_id) for row in rows])}
    found: dict[int, list[Candidate]] = defaultdict(list)
    for row in rows:
        if (row.remains_id, row.missing_person_id) in open_:
            found[row.remains_id].append(row)
    return found


def _only_dna(
    session: Session, said: Heard, listed: Collection[Pair]
) -> dict[int, dict[int, float]]:
    """Return what the other evidence says of pairs that stand on no list and DNA speaks for."""
    strong = {pair for pair, result in said.results.items() if result.log10_lr >= STRONG}
    found: dict[int, dict[int, float]] = defaultdict(dict)
    for remains, person in not_excluded(session, sorted(strong - {*listed})):
        weighed = weigh_pair(session, remains, person, None)
        found[remains][person] = sum(line.log10_lr for line in weighed.lines)
    return found


def odds_of(ground: Ground) -> dict[str, dict[str, float]]:
    """Return by body and person the odds of each pair against *none of those listed*."""
    inside = {str(body) for body in ground.bodies}
    return {str(body): _odds(ground, body, inside) for body in ground.bodies}


def _odds(ground: Ground, body: int, inside: Collection[str]) -> dict[str, float]:
    rows = ground.lists.get(body, ())
    share = ground.expected.share
    rest = _left_to_nobody(ground.expected, rows)
    weights = {row.missing_person_id: row.log10_lr - _rivals(row, inside) for row in rows}
    weights |= ground.only_dna.get(body, {})
    return {
        str(person): share * 10 ** (weight + (ground.said.weight((body, person)) or 0.0)) / rest
        for person, weight in weights.items()
    }


def _left_to_nobody(expected: Expected, rows: Sequence[Candidate]) -> float:
    """Return the weight of all that is not on a list, as its probabilities were worked out."""
    if not rows:
        return 1.0
    listed = sum(expected.share * 10**row.log10_lr for row in rows)
    first = max(rows, key=lambda row: (row.log10_lr, row.id))
    whole = expected.share * 10**first.log10_lr / first.posterior if first.posterior else listed
    return max(whole - listed, expected.nobody, whole * ALMOST_NOTHING)


def _rivals(row: Candidate, inside: Collection[str]) -> float:
    """Return what the line of rivals weighs, where the rival is one of the bodies weighed here."""
    return sum(
        float(line["log10_lr"])
        for line in row.lines
        if isinstance(line, dict)
        and line["line"] == LineName.RIVALS.value
        and str(line["post_mortem"].get("remains")) in inside
    )


def _is_still_said(session: Session, said: Heard) -> bool:
    """Say whether every DNA result that was weighed is still there: consent may be withdrawn."""
    ids = sorted(result.id for result in said.results.values())
    there = sa.select(sa.func.count()).select_from(DnaResult).where(DnaResult.id.in_(ids))
    return session.scalar(there) == len(ids)


def _written(session: Session, ground: Ground, groups: Sequence[Group]) -> JointSolution:
    solution = JointSolution(
        site_id=ground.site.id,
        bodies=len(ground.bodies),
        left_out=ground.left_out,
        bound=max(group.bound for group in groups) / 2,
    )
    session.add(solution)
    session.flush()
    for group in groups:
        for key in group.remains:
            own = [pair for pair in group.pairs if pair.remains == key]
            session.add(_body(solution, group, key, own))
    session.flush()
    return solution


def _body(
    solution: JointSolution, group: Group, key: str, own: Sequence[GroupPair]
) -> JointRemains:
    return JointRemains(
        solution=solution,
        remains_id=int(key),
        nobody_alone=max(0.0, 1 - sum(pair.alone for pair in own)),
        nobody=group.nobody[key],
        change=max((abs(pair.together - pair.alone) for pair in own), default=0.0),
        pairs=[_pair(pair, group) for pair in own if max(pair.alone, pair.together) >= KEPT],
    )


def _pair(pair: GroupPair, group: Group) -> JointPair:
    return JointPair(
        missing_person_id=int(pair.report),
        alone=pair.alone,
        together=pair.together,
        least=pair.least,
        most=pair.most,
        is_best=group.best.get(pair.remains) == pair.report,
    )
