"""Withdrawn consent leaves no genotype: blanked at once, and its key destroyed with the commit."""

from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.jobs.queue import enqueue
from caseman.jobs.registry import Payload, after_upgrade, job
from caseman.laboratory.models import DnaSource, Specimen, TypingRun
from caseman.sealing.shredding import shred

DESTROY: Final = "destroy_genotype_key"


def destroy_genotypes(session: Session, source: DnaSource) -> None:
    """Make every genotype of ``source`` unreadable for ever, in the database and in old backups.

    The runs stay with who typed and verified them; the trail needs no genotype to hold.
    """
    for run in _runs(session, source.id):
        run.genotype = None
    shred(session, [source.seal_subject])
    enqueue(session, DESTROY, {"source": source.id})


def _runs(session: Session, source_id: int) -> list[TypingRun]:
    theirs = sa.select(TypingRun).join(TypingRun.specimen)
    return list(session.scalars(theirs.where(Specimen.source_id == source_id)))


@job(DESTROY)
def destroy_key(session: Session, payload: Payload) -> None:
    """Destroy the key once more: the process may have ended between the commit and the key."""
    source = session.get(DnaSource, int(payload["source"]))
    if source is not None and source.withdrawn_at is not None:
        shred(session, [source.seal_subject])


@after_upgrade
def destroy_withdrawn(session: Session) -> None:
    """Destroy what was withdrawn while withdrawal left the genotypes sealed."""
    left = (
        sa.select(DnaSource)
        .join(Specimen, Specimen.source_id == DnaSource.id)
        .join(TypingRun, TypingRun.specimen_id == Specimen.id)
        .where(DnaSource.withdrawn_at.is_not(None), TypingRun.genotype_sealed.is_not(None))
    )
    for source in session.scalars(left.distinct()).all():
        destroy_genotypes(session, source)
