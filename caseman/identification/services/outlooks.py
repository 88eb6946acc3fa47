"""Works out on request, in the background, what another sample would tell of a family.

What was worked out is taken away as soon as anything it rests on changes, consent first of all.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from caseman.audit.recorder import WORKER
from caseman.coding import N_
from caseman.database import Sessions, now
from caseman.identification.codes import RunState
from caseman.identification.errors import ReconciliationError
from caseman.identification.genetics import TypedFamily
from caseman.identification.models import RelativeUse, SampleOutlook
from caseman.identification.outlooks import SAMPLES, Search, needed_for, outlook_of
from caseman.identification.profiles import load_tree, terms_of
from caseman.jobs.queue import enqueue
from caseman.jobs.registry import long_job, when_interrupted
from caseman.kinship import KinshipError
from caseman.laboratory.models import DnaSource, LaboratorySettings, Specimen, TypingRun
from caseman.laboratory.reading.markers import kits
from caseman.reports.models import DnaConsent, MissingPerson, Relative

LOOK_AHEAD = "look_ahead"
"""The kind of the background job."""

USUAL_KIT = "globalfiler"
"""By its markers an operation is weighed that has typed nobody yet."""


def ask_outlook(session: Session, person: MissingPerson) -> SampleOutlook:
    """Have it worked out anew; raises ``ReconciliationError`` before the laboratory's settings."""
    settings = _settings(session, person.operation_id)
    if settings is None:
        raise ReconciliationError(
            N_("The laboratory has not yet decided by which frequencies DNA is weighed.")
        )
    forget_outlooks(session, [person.id])
    row = SampleOutlook(
        missing_person=person,
        samples=SAMPLES,
        needed=needed_for(settings.threshold.probability, settings.candidates),
        additions=[],
    )
    session.add(row)
    session.flush()
    enqueue(session, LOOK_AHEAD, {"person": person.id}, unique_key=f"{LOOK_AHEAD}:{person.id}")
    return row


def forget_outlooks(session: Session, person_ids: Iterable[int]) -> None:
    """Take away what was worked out for some families, finished or not."""
    of_them = SampleOutlook.missing_person_id.in_(sorted(person_ids))
    session.execute(sa.delete(SampleOutlook).where(of_them))


def forget_outdated(session: Session, changed: Collection[object]) -> None:
    """Take away what rests on one of some changed rows."""
    persons = _persons(changed)
    if sources := _sources(changed):
        theirs = sa.select(Relative.missing_person_id).where(Relative.source_id.in_(sources))
        persons |= set(session.scalars(theirs))
    if operations := {e.operation_id for e in changed if isinstance(e, LaboratorySettings)}:
        theirs = sa.select(SampleOutlook.missing_person_id).join(SampleOutlook.missing_person)
        theirs = theirs.where(MissingPerson.operation_id.in_(sorted(operations)))
        persons |= set(session.scalars(theirs))
    if persons:
        forget_outlooks(session, persons)


def _persons(changed: Iterable[object]) -> set[int]:
    found: set[int | None] = set()
    for row in changed:
        match row:
            case Relative():
                found.add(row.missing_person_id or row.missing_person.id)
            case RelativeUse() | DnaConsent():
                found.add(row.relative.missing_person_id)
            case MissingPerson():
                found.add(row.id)
            case _:
                pass
    return {each for each in found if each is not None}


def _sources(changed: Iterable[object]) -> list[int]:
    sources = {row.id for row in changed if isinstance(row, DnaSource)}
    sources |= {row.specimen.source_id for row in changed if isinstance(row, TypingRun)}
    return sorted(sources)


@long_job(LOOK_AHEAD)
def look_ahead(sessions: Sessions, payload: Mapping[str, Any]) -> None:
    """Read, draw without a lock, and write if nothing changed meanwhile."""
    with sessions.read() as session:
        row = session.scalar(_open(payload["person"]))
        if row is None:
            return
        asked_at = row.asked_at
    additions = _worked_out(sessions, payload["person"])
    with sessions.transaction(actor=WORKER) as session:
        row = session.scalar(_open(payload["person"]).where(SampleOutlook.asked_at == asked_at))
        if row is not None:
            row.state = RunState.FAILED if additions is None else RunState.DONE
            row.additions, row.finished_at = additions or [], now()


def _open(person_id: int) -> sa.Select[SampleOutlook]:
    return sa.select(SampleOutlook).where(
        SampleOutlook.missing_person_id == person_id, SampleOutlook.finished_at.is_(None)
    )


def _worked_out(sessions: Sessions, person_id: int) -> list[dict[str, Any]] | None:
    with sessions.read() as session:
        person = session.get_one(MissingPerson, person_id)
        settings = _settings(session, person.operation_id)
        if settings is None:
            return None
        terms = terms_of(settings)
        search = Search(
            needed_for(settings.threshold.probability, settings.candidates),
            kits()[_kit_in_use(session, person.operation_id)].markers,
            {code: kit.markers for code, kit in kits().items()},
        )
        family = _family(session, person)
    try:
        return None if family is None else outlook_of(terms, family, search)
    except KinshipError:
        return None


def _family(session: Session, person: MissingPerson) -> TypedFamily | None:
    try:
        return load_tree(session, person)
    except KinshipError:
        return None


def _kit_in_use(session: Session, operation_id: int) -> str:
    runs = (
        sa.select(TypingRun.kit)
        .join(TypingRun.specimen)
        .where(Specimen.operation_id == operation_id, TypingRun.verified_at.is_not(None))
    )
    used = Counter(kit for kit in session.scalars(runs) if kit in kits())
    return used.most_common(1)[0][0] if used else USUAL_KIT


def _settings(session: Session, operation_id: int) -> LaboratorySettings | None:
    return session.scalar(
        sa.select(LaboratorySettings)
        .where(LaboratorySettings.operation_id == operation_id)
        .options(joinedload(LaboratorySettings.table))
    )


@when_interrupted(LOOK_AHEAD)
def say_it_failed(session: Session, payload: Mapping[str, Any], is_over: bool) -> None:  # noqa: FBT001 - as registered
    """Let nobody wait for what no worker will finish."""
    row = session.scalar(_open(payload["person"]))
    if is_over and row is not None:
        row.state, row.finished_at = RunState.FAILED, now()
