"""Reads of profiles that are alike, within a scope and for those who may read genotypes."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from caseman.identification.models import DnaLikeness, LikenessFinding
from caseman.laboratory.codes import SourceKind
from caseman.laboratory.models import DnaSource, Specimen, TypingRun
from caseman.permissions import Permission, Scope
from caseman.sites.scope import within_operations

Pair = tuple[int, int]


def likenesses(scope: Scope) -> sa.Select[DnaLikeness]:
    """Return the selection of pairs that are alike, within ``scope``."""
    statement = within_operations(sa.select(DnaLikeness), DnaLikeness.operation_id, scope)
    if not scope.may(Permission.GENOTYPE_READ):
        return statement.where(sa.false())
    return statement.options(joinedload(DnaLikeness.first), joinedload(DnaLikeness.second))


def likeness_by_id(session: Session, scope: Scope, likeness_id: int) -> DnaLikeness | None:
    """Return one pair, or None where it is outside ``scope``."""
    return session.scalar(likenesses(scope).where(DnaLikeness.id == likeness_id))


def findings_of(session: Session, pairs: Sequence[Pair]) -> dict[Pair, LikenessFinding]:
    """Return what was made last of each of some pairs."""
    wanted = sa.tuple_(LikenessFinding.first_id, LikenessFinding.second_id).in_(pairs)
    rows = session.scalars(sa.select(LikenessFinding).where(wanted).order_by(LikenessFinding.id))
    return {(row.first_id, row.second_id): row for row in rows}


def findings(scope: Scope) -> sa.Select[LikenessFinding]:
    """Return the selection of everything people made of pairs, within ``scope``."""
    statement = sa.select(LikenessFinding).join(LikenessFinding.first)
    statement = within_operations(statement, DnaSource.operation_id, scope)
    if not scope.may(Permission.GENOTYPE_READ):
        return statement.where(sa.false())
    people = (LikenessFinding.first, LikenessFinding.second, LikenessFinding.decided_by)
    return statement.options(*(joinedload(each) for each in people))


def runs_of(session: Session, likeness: DnaLikeness) -> Sequence[TypingRun]:
    """Return the runs of both sources that count, but for those of staff."""
    statement = sa.select(TypingRun).join(TypingRun.specimen).join(Specimen.source)
    statement = statement.where(
        Specimen.source_id.in_([likeness.first_id, likeness.second_id]),
        DnaSource.kind != SourceKind.STAFF,
        TypingRun.verified_at.is_not(None),
        TypingRun.set_aside_at.is_(None),
    )
    statement = statement.options(joinedload(TypingRun.specimen).joinedload(Specimen.source))
    return session.scalars(statement.order_by(TypingRun.id)).all()
