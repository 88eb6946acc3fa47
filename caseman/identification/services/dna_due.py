"""Has DNA weighed again when anything changes that it rests on; withdrawn consent acts at once."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from caseman.identification.models import RelativeUse
from caseman.identification.services.likeness import COMPARE, forget_likeness
from caseman.identification.services.power import forget_outdated
from caseman.identification.services.screening import SCREEN, forget
from caseman.jobs.queue import enqueue
from caseman.laboratory.models import DnaSource, LaboratorySettings, TypingRun
from caseman.remains.models import Remains, RemainsSample
from caseman.reports.models import DnaConsent, MissingPerson, Relative

WATCHED: dict[type[Any], tuple[str, ...]] = {
    TypingRun: ("verified_at", "set_aside_at"),
    DnaSource: ("withdrawn_at",),
    DnaConsent: ("withdrawn_at",),
    Relative: ("kin", "sex", "through_id", "source", "source_id"),
    RemainsSample: ("voided_at",),
    Remains: ("voided_at",),
    MissingPerson: ("status", "sex", "dna_refused"),
    LaboratorySettings: ("set_at",),
    RelativeUse: ("is_used",),
}
"""What a weight rests on, by the row that holds it."""

FROM_THE_FIRST = (Relative, LaboratorySettings, RelativeUse)
"""Rows that matter as soon as they are there; the others begin empty."""


@event.listens_for(Session, "before_flush")
def ask_for_screening(session: Session, _context: UOWTransaction, _instances: object) -> None:
    """Queue a screening, once; take away at once whatever rests on withdrawn consent."""
    changed = [row for row in _rows(session) if _matters(row)]
    withdrawn = [
        row for row in changed if isinstance(row, DnaSource) and row.withdrawn_at is not None
    ]
    if withdrawn:
        _forget_withdrawn(session, [row.id for row in withdrawn])
    refused = [row.id for row in changed if isinstance(row, MissingPerson) and row.dna_refused]
    if refused:
        forget(session, persons=refused)
    if changed:
        forget_outdated(session, changed)
        enqueue(session, SCREEN, {}, unique_key=SCREEN)
        enqueue(session, COMPARE, {}, unique_key=COMPARE)


def _rows(session: Session) -> Iterable[object]:
    yield from session.dirty
    yield from (row for row in session.new if isinstance(row, FROM_THE_FIRST))


def _matters(row: object) -> bool:
    names = WATCHED.get(type(row))
    if names is None:
        return False
    attributes: Any = sa.inspect(row).attrs
    return any(attributes[name].history.has_changes() for name in names)


def _forget_withdrawn(session: Session, source_ids: list[int]) -> None:
    theirs = sa.select(Relative.missing_person_id).where(Relative.source_id.in_(source_ids))
    forget(session, sources=source_ids, persons=set(session.scalars(theirs)))
    forget_likeness(session, source_ids)
