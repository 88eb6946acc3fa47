"""Reads of relatives who do not fit their family tree, and of what was decided of them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from caseman.identification.models import DnaMisfit, RelativeUse
from caseman.laboratory.models import DnaSource
from caseman.permissions import Permission, Scope
from caseman.reports.models import MissingPerson, Relative
from caseman.sites.scope import within_operations


@dataclass(frozen=True, slots=True)
class Doubted:
    """A relative who was found not to fit, or of whom something was decided; often both."""

    relative: Relative
    source: DnaSource
    misfit: DnaMisfit | None
    use: RelativeUse | None

    @property
    def is_left_out(self) -> bool:
        """Whether the profile is left out of every weighing."""
        return self.use is not None and not self.use.is_used


def _last(which: sa.ColumnElement[bool]) -> sa.Select[RelativeUse]:
    """Return what was decided last of each relative, for the code they have now."""
    newest = sa.select(sa.func.max(RelativeUse.id)).group_by(RelativeUse.relative_id)
    newest = newest.join(RelativeUse.relative)
    newest = newest.where(which, RelativeUse.source_id == Relative.source_id)
    return sa.select(RelativeUse).where(RelativeUse.id.in_(newest))


def left_out_of(session: Session, relative_ids: Collection[int]) -> frozenset[int]:
    """Return which of some relatives are left out, by their ids."""
    last = _last(RelativeUse.relative_id.in_(sorted(relative_ids)))
    return frozenset(row.relative_id for row in session.scalars(last) if not row.is_used)


def doubted(session: Session, scope: Scope) -> list[Doubted]:
    """Return everybody within ``scope``, those without a decision first."""
    if not scope.may(Permission.LABORATORY_SETTINGS):
        return []
    within = within_operations(sa.select(MissingPerson.id), MissingPerson.operation_id, scope)
    found = _doubted(session, Relative.missing_person_id.in_(within))
    return sorted(found, key=lambda each: (each.use is not None, each.relative.id))


def doubted_of(session: Session, person_ids: Iterable[int]) -> list[Doubted]:
    """Return everybody in some families, in the order of the tree."""
    found = _doubted(session, Relative.missing_person_id.in_(sorted(person_ids)))
    return sorted(found, key=lambda each: each.relative.ordinal)


def doubted_relative(session: Session, scope: Scope, relative_id: int) -> Doubted | None:
    """Return one of them, or None where there is none within ``scope``."""
    return next((e for e in doubted(session, scope) if e.relative.id == relative_id), None)


def _doubted(session: Session, which: sa.ColumnElement[bool]) -> list[Doubted]:
    misfits = sa.select(DnaMisfit).join(DnaMisfit.relative).where(which)
    misfits = misfits.where(DnaMisfit.source_id == Relative.source_id).options(
        joinedload(DnaMisfit.relative).joinedload(Relative.missing_person),
        joinedload(DnaMisfit.source),
    )
    last = _last(which).options(
        joinedload(RelativeUse.relative).joinedload(Relative.missing_person),
        joinedload(RelativeUse.source),
        joinedload(RelativeUse.decided_by),
    )
    found = {row.relative_id: row for row in session.scalars(misfits)}
    decided = {row.relative_id: row for row in session.scalars(last)}
    both: dict[int, DnaMisfit | RelativeUse] = {**decided, **found}
    return [
        Doubted(row.relative, row.source, found.get(key), decided.get(key))
        for key, row in both.items()
    ]


def uses_of(session: Session, relative: Relative) -> Sequence[RelativeUse]:
    """Return what was decided of a relative's present code, the last first."""
    statement = sa.select(RelativeUse).where(
        RelativeUse.relative_id == relative.id, RelativeUse.source_id == relative.source_id
    )
    statement = statement.options(joinedload(RelativeUse.decided_by))
    return session.scalars(statement.order_by(RelativeUse.id.desc())).all()
