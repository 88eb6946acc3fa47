"""Reads of what DNA says of pairs, each within a scope."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager, joinedload

from caseman.identification.codes import Outcome
from caseman.identification.models import (
    Candidate,
    Decision,
    DnaResult,
    DnaScreened,
    ScreeningRun,
)
from caseman.laboratory.models import DnaSource, Specimen
from caseman.permissions import Permission, Scope
from caseman.remains.models import Remains, RemainsSample
from caseman.reports.models import Relative
from caseman.sites.scope import within_operations, within_sites

STRONG: Final = 2.0
"""From this log10 LR on a pair is shown, wherever the other evidence puts it."""

Pair = tuple[int, int]
"""The ids of remains and of a missing person."""

LOWEST: Final = -6.0
"""No log10 LR counts as less, and what is less is not kept: nothing is ever hidden by DNA alone."""


def screenings(scope: Scope) -> sa.Select[ScreeningRun]:
    """Return the selection of screenings within ``scope``."""
    statement = within_operations(sa.select(ScreeningRun), ScreeningRun.operation_id, scope)
    return statement.options(joinedload(ScreeningRun.operation))


def persons_left_out(runs: Iterable[ScreeningRun]) -> Sequence[int]:
    """Return the ids of the missing persons whose families could not be weighed."""
    return sorted({person for run in runs for person, _ in run.faults})


@dataclass(frozen=True, slots=True)
class Heard:
    """What DNA says of the pairs of one side."""

    results: Mapping[Pair, DnaResult]
    """The best result of each pair: a lot may hold several profiles."""
    remains: frozenset[int]
    persons: frozenset[int]
    """Ids of those that were screened: a pair of them without a result weighs the lowest."""

    def weight(self, pair: Pair) -> float | None:
        """Return the log10 LR of a pair, never under the lowest; None where nothing was weighed."""
        if (result := self.results.get(pair)) is not None:
            return result.log10_lr
        return LOWEST if pair[0] in self.remains and pair[1] in self.persons else None


def heard(session: Session, which: sa.ColumnElement[bool], pairs: Iterable[Pair]) -> Heard:
    """Return the results that ``which`` selects, and who of some pairs was screened at all."""
    found: dict[Pair, DnaResult] = {}
    for row in session.scalars(sa.select(DnaResult).where(which).order_by(DnaResult.log10_lr)):
        found[row.remains_id, row.missing_person_id] = row
    asked = {*pairs, *found}
    samples = (
        sa.select(RemainsSample.remains_id)
        .join(Specimen, RemainsSample.specimen_id == Specimen.id)
        .join(DnaScreened, DnaScreened.source_id == Specimen.source_id)
        .where(RemainsSample.remains_id.in_(sorted({pair[0] for pair in asked})))
    )
    persons = sa.select(DnaScreened.missing_person_id).where(
        DnaScreened.missing_person_id.in_(sorted({pair[1] for pair in asked}))
    )
    return Heard(
        found,
        frozenset(session.scalars(samples)),
        frozenset(key for key in session.scalars(persons) if key is not None),
    )


def heard_of_pair(session: Session, remains_id: int, person_id: int) -> Heard:
    """Return what DNA says of one pair."""
    own = sa.and_(DnaResult.remains_id == remains_id, DnaResult.missing_person_id == person_id)
    return heard(session, own, [(remains_id, person_id)])


def not_excluded(session: Session, pairs: Collection[Pair]) -> list[Pair]:
    """Return those of some pairs that no decision in force excludes."""
    excluded = sa.select(Decision.remains_id, Decision.missing_person_id).where(
        Decision.remains_id.in_(sorted({pair[0] for pair in pairs})),
        Decision.missing_person_id.in_(sorted({pair[1] for pair in pairs})),
        Decision.outcome == Outcome.EXCLUDED,
        Decision.revoked_at.is_(None),
    )
    gone = {(row.remains_id, row.missing_person_id) for row in session.execute(excluded)}
    return [pair for pair in pairs if pair not in gone]


def candidate_of(session: Session, pair: Pair) -> Candidate | None:
    """Return the stored candidate of a pair, which may stand beyond those shown."""
    return session.scalar(
        sa.select(Candidate).where(
            Candidate.remains_id == pair[0], Candidate.missing_person_id == pair[1]
        )
    )


def remains_within(session: Session, scope: Scope, ids: Iterable[int]) -> dict[int, Remains]:
    """Return by id those of some remains that lie within ``scope``."""
    statement = sa.select(Remains).where(Remains.id.in_(sorted(ids)))
    return {row.id: row for row in session.scalars(within_sites(statement, Remains.site_id, scope))}


def strong_results(scope: Scope) -> sa.Select[DnaResult]:
    """Return the selection of pairs that DNA speaks for, for those who may read genotypes."""
    statement = sa.select(DnaResult).join(DnaResult.source)
    statement = within_operations(statement, DnaSource.operation_id, scope)
    if not scope.may(Permission.GENOTYPE_READ):
        return statement.where(sa.false())
    return statement.where(DnaResult.log10_lr >= STRONG).options(
        contains_eager(DnaResult.source), joinedload(DnaResult.missing_person)
    )


def strong_result(session: Session, scope: Scope, result_id: int) -> DnaResult | None:
    """Return one such pair, or None where it is outside ``scope``."""
    return session.scalar(strong_results(scope).where(DnaResult.id == result_id))


def sources_of_families(session: Session, person_ids: Collection[int]) -> dict[int, list[str]]:
    """Return by missing person the codes of the relatives who gave something, never their names."""
    rows = session.execute(
        sa.select(Relative.missing_person_id, DnaSource.code)
        .join(Relative.source)
        .where(Relative.missing_person_id.in_(sorted(person_ids)))
        .order_by(Relative.ordinal)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for person_id, code in rows:
        found[person_id].append(code)
    return found
