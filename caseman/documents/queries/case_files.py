"""Everything that belongs on the full file of one case, read within a scope."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.custody.queries import Hand, path_of
from caseman.effects.models import PersonalEffect
from caseman.identification.codes import Outcome
from caseman.identification.models import Decision
from caseman.identification.queries import decisions_about
from caseman.permissions import Permission, Scope
from caseman.remains.models import Pathology, Remains, Trauma
from caseman.remains.queries import lesions_of
from caseman.reports.models import MissingPerson

MOST_ENTRIES = 1_000
"""Entries of the trail on one paper; beyond, the paper says how many it leaves out."""
SHOWN = (Action.CREATE, Action.UPDATE, Action.DELETE)
LOOKED = (Action.READ, Action.PRINT, Action.EXPORT)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case as a paper shows it."""

    remains: Remains
    effects: Sequence[PersonalEffect]
    lesions: Sequence[Trauma | Pathology]
    """Injuries and diseases described on the bones, struck ones left out."""
    decisions: Sequence[Decision]
    persons: Sequence[MissingPerson]
    path: Sequence[Hand]
    entries: Sequence[AuditEntry]
    left_out: int
    looks: int
    """How often any of it was opened, printed or exported."""

    @property
    def rows(self) -> int:
        """About how many rows the paper has, by which the time it takes is judged."""
        lines = sum(len(decision.pairing.lines) for decision in self.decisions)
        reports = sum(25 * len(person.reports) for person in self.persons)
        return (
            len(self.entries)
            + len(self.path)
            + len(self.effects)
            + len(self.lesions)
            + lines
            + reports
        )


def file_of_decision(
    session: Session, scope: Scope, decision: Decision, withheld: Collection[int] = ()
) -> CaseFile:
    """Return the file of one decision: both its sides and how they were compared.

    Of the missing persons ``withheld``, by id, nothing stands in it that families told.
    """
    persons = [decision.missing_person]
    return _file(session, scope, decision.remains, [decision], persons, withheld)


def file_of_remains(
    session: Session,
    scope: Scope,
    remains: Remains,
    decisions: Sequence[Decision],
    withheld: Collection[int] = (),
) -> CaseFile:
    """Return the file of remains with ``decisions`` about them.

    The person's record is part of it only where these remains are identified as theirs: whoever
    was compared and excluded has no place on this paper but by number.
    """
    return _file(session, scope, remains, decisions, _identified(scope, decisions), withheld)


def readable_decisions(session: Session, scope: Scope, remains: Remains) -> Sequence[Decision]:
    """Return every decision about ``remains`` that the reader may see, the first one first."""
    if not scope.may(Permission.CANDIDATE_READ):
        return []
    return list(reversed(decisions_about(session, scope, remains=remains)))


def _identified(scope: Scope, decisions: Iterable[Decision]) -> list[MissingPerson]:
    if not scope.may(Permission.REPORT_READ):
        return []
    return [
        decision.missing_person
        for decision in decisions
        if decision.outcome is Outcome.IDENTIFIED and decision.revoked_at is None
    ]


def _file(  # noqa: PLR0913, PLR0917 - what a file is made of
    session: Session,
    scope: Scope,
    remains: Remains,
    decisions: Sequence[Decision],
    persons: Sequence[MissingPerson],
    withheld: Collection[int],
) -> CaseFile:
    effects = _effects(session, remains)
    persons = [person for person in persons if person.id not in withheld]
    told = [each for each in decisions if each.missing_person_id not in withheld]
    may_see_custody = scope.may(Permission.CUSTODY_READ)
    numbers = sorted(set(_numbers(remains, effects, told, persons)))
    about = AuditEntry.subject.in_(numbers)
    changes = sa.and_(about, AuditEntry.action.in_(SHOWN))
    entries = session.scalars(
        sa.select(AuditEntry).where(changes).order_by(AuditEntry.seq).limit(MOST_ENTRIES)
    ).all()
    return CaseFile(
        remains=remains,
        effects=effects,
        lesions=lesions_of(session, remains),
        decisions=decisions,
        persons=persons,
        path=path_of(session, remains.exhibit) if may_see_custody else [],
        entries=entries,
        left_out=_count(session, changes) - len(entries),
        looks=_count(session, sa.and_(about, AuditEntry.action.in_(LOOKED))),
    )


def _effects(session: Session, remains: Remains) -> Sequence[PersonalEffect]:
    statement = sa.select(PersonalEffect).where(PersonalEffect.remains_id == remains.id)
    return session.scalars(statement.order_by(PersonalEffect.ordinal)).all()


def _numbers(
    remains: Remains,
    effects: Iterable[PersonalEffect],
    decisions: Iterable[Decision],
    persons: Iterable[MissingPerson],
) -> Iterator[str]:
    """Yield every number under which the trail keeps something of this case."""
    yield remains.number
    yield from (effect.number for effect in effects)
    for decision in decisions:
        yield decision.number
        yield decision.pairing.number
        yield from (release.number for release in decision.releases)
    for person in persons:
        yield person.number
        yield from (report.number for report in person.reports)


def _count(session: Session, condition: sa.ColumnElement[bool]) -> int:
    return session.scalar(sa.select(sa.func.count(AuditEntry.id)).where(condition)) or 0
