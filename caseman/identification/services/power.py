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
from caseman.identification.models import PowerAnalysis, RelativeUse
from caseman.identification.power import SAMPLES, Search, needed_for, power_of
from caseman.identification.profiles import load_tree, terms_of
from caseman.jobs.queue import enqueue
from caseman.jobs.registry import long_job, when_interrupted
from caseman.kinship import KinshipError
from caseman.laboratory.models import DnaSource, LaboratorySettings, Specimen, TypingRun
from caseman.laboratory.reading.markers import kits
from caseman.reports.models import DnaConsent, MissingPerson, Relative

ANALYSE = "analyse_power"
"""The kind of the background job."""

USUAL_KIT = "globalfiler"
"""By its markers an operation is weighed that has typed nobody yet."""


def ask_power(session: Session, person: MissingPerson) -> PowerAnalysis:
    """Have it worked out anew; raises ``ReconciliationError`` before the laboratory's settings."""
    settings = _settings(session, person.operation_id).one_or_none()
    if settings is None:
        raise ReconciliationError(
            N_("The laboratory has not yet decided by which frequencies DNA is weighed.")
        )
    forget_power(session, [person.id])
    row = PowerAnalysis(
        missing_person=person,
        samples=SAMPLES,
        needed=needed_for(settings.threshold.probability, settings.candidates),
        additions=[],
    )
    session.add(row)
    session.flush()
    enqueue(session, ANALYSE, {"person": person.id}, unique_key=f"{ANALYSE}:{person.id}")
    return row


def forget_power(session: Session, person_ids: Iterable[int]) -> None:
    """Take away what was worked out for some families, finished or not."""
    of_them = PowerAnalysis.missing_person_id.in_(sorted(person_ids))
    session.execute(sa.delete(PowerAnalysis).where(of_them))


def forget_outdated(session: Session, changed: Collection[object]) -> None:
    """Take away what rests on one of some changed rows."""
    persons = _persons(changed)
    if sources := _sources(changed):
        theirs = sa.select(Relative.missing_person_id).where(Relative.source_id.in_(sources))
        persons |= set(session.scalars(theirs))
    if operations := {e.operation_id for e in changed if isinstance(e, LaboratorySettings)}:
        theirs = sa.select(PowerAnalysis.missing_person_id).join(PowerAnalysis.missing_person)
        theirs = theirs.where(MissingPerson.operation_id.in_(sorted(operations)))
        persons |= set(session.scalars(theirs))
    if persons:
        forget_power(session, persons)


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


@long_job(ANALYSE)
def analyse(sessions: Sessions, payload: Mapping[str, Any]) -> None:
    """Read, draw without a lock, and write if nothing changed meanwhile."""
    with sessions.read() as session:
        row = session.scalar(_open(payload["person"]))
        if row is None:
            return
        asked_at, needed = row.asked_at, row.needed
    try:
        additions = _worked_out(sessions, payload["person"], needed)
    except KinshipError:
        state, additions = RunState.FAILED, []
    else:
        state = RunState.DONE
    with sessions.transaction(actor=WORKER) as session:
        row = session.scalar(_open(payload["person"]).where(PowerAnalysis.asked_at == asked_at))
        if row is not None:
            row.state, row.additions, row.finished_at = state, additions, now()


def _open(person_id: int) -> sa.Select[PowerAnalysis]:
    return sa.select(PowerAnalysis).where(
        PowerAnalysis.missing_person_id == person_id, PowerAnalysis.finished_at.is_(None)
    )


def _worked_out(sessions: Sessions, person_id: int, needed: float) -> list[dict[str, Any]]:
    """Return the additions; raises KinshipError where the tree or its profiles do not allow it."""
    with sessions.read() as session:
        person = session.get_one(MissingPerson, person_id)
        settings = _settings(session, person.operation_id).one()
        search = Search(
            needed,
            kits()[_kit_in_use(session, person.operation_id)].markers,
            {code: kit.markers for code, kit in kits().items()},
        )
        terms, family = terms_of(settings), load_tree(session, person)
    return power_of(terms, family, search)


def _kit_in_use(session: Session, operation_id: int) -> str:
    runs = (
        sa.select(TypingRun.kit)
        .join(TypingRun.specimen)
        .where(Specimen.operation_id == operation_id, TypingRun.verified_at.is_not(None))
    )
    used = Counter(kit for kit in session.scalars(runs) if kit in kits())
    return used.most_common(1)[0][0] if used else USUAL_KIT


def _settings(session: Session, operation_id: int) -> sa.ScalarResult[LaboratorySettings]:
    return session.scalars(
        sa.select(LaboratorySettings)
        .where(LaboratorySettings.operation_id == operation_id)
        .options(joinedload(LaboratorySettings.table))
    )


@when_interrupted(ANALYSE)
def say_it_failed(session: Session, payload: Mapping[str, Any], is_over: bool) -> None:  # noqa: FBT001 - as registered
    """Let nobody wait for what no worker will finish."""
    row = session.scalar(_open(payload["person"]))
    if is_over and row is not None:
        row.state, row.finished_at = RunState.FAILED, now()
