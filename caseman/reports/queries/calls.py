"""Who is to be called, why, and who may be called now by the clock of their own place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, selectinload

from caseman.coding import Absence
from caseman.permissions import Permission, Scope
from caseman.reports.codes import (
    BY_TELEPHONE,
    OPEN_STATUSES,
    CallNext,
    CallOutcome,
    CallReason,
    CallTurn,
    SafeChannel,
    TriageState,
)
from caseman.reports.completeness import ASKED
from caseman.reports.models import (
    AnteMortemReport,
    CallRecord,
    Informant,
    MissingPerson,
    Reach,
    ReportedEffect,
)
from caseman.reports.queries.scope import reports_within

MOST_CALLED = 500
"""Reports that one call list holds; whoever calls comes to the end of it first."""
REFUSED = (TriageState.ABUSIVE, TriageState.OUT_OF_SCOPE)
Results = Mapping[int, str]
"""Missing person -> the page where it is recorded that the family was told."""


@dataclass(frozen=True, slots=True)
class ToCall:
    """One report whose family is to be called."""

    report: AnteMortemReport
    reasons: tuple[CallReason, ...]
    turn: CallTurn
    opens_at: datetime
    """From when on they may be called."""
    last: CallRecord | None

    @property
    def order(self) -> tuple[datetime, int, int]:
        """Who may be called first, then for the weightiest reason."""
        return self.opens_at, list(CallReason).index(self.reasons[0]), self.report.id


@dataclass(frozen=True, slots=True)
class CallList:
    """Whom to call, and how many asked never to be called."""

    rows: Sequence[ToCall]
    never: int
    is_more: bool
    """Whether there are more than one list holds."""


def to_call(session: Session, scope: Scope, moment: datetime, results: Results) -> CallList:
    """Return whom to call; whoever asked never to be called is counted and not named."""
    query = _wanted(scope, results)
    never = query.where(Informant.may_contact.is_(False)).with_only_columns(AnteMortemReport.id)
    rows = session.scalars(
        query.where(Informant.may_contact.is_(True))
        .options(
            selectinload(AnteMortemReport.missing_person),
            selectinload(AnteMortemReport.informant),
            selectinload(AnteMortemReport.calls),
            selectinload(AnteMortemReport.effects),
            selectinload(AnteMortemReport.marks),
            selectinload(AnteMortemReport.companions),
        )
        .order_by(_urgency(results), AnteMortemReport.id)
        .limit(MOST_CALLED + 1)
    ).all()
    found = [standing(report, scope, moment, results) for report in rows[:MOST_CALLED]]
    return CallList(
        sorted((each for each in found if each.reasons), key=lambda each: each.order),
        session.scalar(sa.select(sa.func.count()).select_from(never.subquery())) or 0,
        is_more=len(rows) > MOST_CALLED,
    )


def standing(report: AnteMortemReport, scope: Scope, moment: datetime, results: Results) -> ToCall:
    """Return why and when the family of one report may be called."""
    known = known_calls(report, scope)
    last = known[-1] if known else None
    informant = report.informant
    rules = informant.rules if informant else None
    again = last if last and last.next_step is CallNext.AGAIN else None
    start = moment
    if again and again.not_before:
        clock = timezone(timedelta(minutes=rules["clock"] if rules else 0))
        start = max(moment, datetime.combine(again.not_before, time(), clock))
    opens_at = next_opening(rules, start)
    reasons = _reasons(report, known, results)
    if again and again.call_reason not in reasons:
        reasons = (*reasons, again.call_reason)
    is_now = opens_at <= moment
    return ToCall(report, reasons, _turn(informant, known, is_now=is_now), opens_at, last)


def known_calls(report: AnteMortemReport, scope: Scope) -> Sequence[CallRecord]:
    """Return the calls about ``report``; those about a result only to who may tell one."""
    tells = scope.may(Permission.FAMILY_NOTIFY)
    return [each for each in report.calls if tells or each.call_reason is not CallReason.RESULT]


def next_opening(rules: Reach | None, moment: datetime) -> datetime:
    """Return when a family may be called from ``moment`` on; at once where it told no hours."""
    if rules is None or not rules["opens"]:
        return moment
    there = moment.astimezone(timezone(timedelta(minutes=rules["clock"])))
    opens, closes = time.fromisoformat(rules["opens"]), time.fromisoformat(rules["closes"])
    hour = there.time()
    is_open = opens <= hour < closes if opens < closes else hour >= opens or hour < closes
    if is_open:
        return moment
    start = datetime.combine(there.date(), opens, there.tzinfo)
    return (start if start > there else start + timedelta(days=1)).astimezone(UTC)


def _wanted(scope: Scope, results: Results) -> sa.Select[AnteMortemReport]:
    """Select the reports for which somebody may have to call."""
    has_result = AnteMortemReport.missing_person_id.in_(sorted(results))
    is_sought = MissingPerson.status.in_(OPEN_STATUSES)
    asks = sa.or_(
        AnteMortemReport.triage == TriageState.CALL_BACK,
        sa.exists().where(
            CallRecord.id == _last_call(scope), CallRecord.next_step == CallNext.AGAIN
        ),
        sa.and_(_is_incomplete(), ~_was_answered()),
    )
    return (
        reports_within(sa.select(AnteMortemReport), scope)
        .join(AnteMortemReport.informant)
        .where(
            AnteMortemReport.withdrawn_at.is_(None),
            AnteMortemReport.triage.not_in(REFUSED),
            sa.or_(has_result, sa.and_(is_sought, asks)),
        )
    )


def _last_call(scope: Scope) -> sa.ScalarSelect[int | None]:
    calls = aliased(CallRecord)
    last = sa.select(sa.func.max(calls.id)).where(calls.report_id == AnteMortemReport.id)
    if not scope.may(Permission.FAMILY_NOTIFY):
        last = last.where(calls.call_reason != CallReason.RESULT)
    return last.correlate(AnteMortemReport).scalar_subquery()


def _is_incomplete() -> sa.ColumnElement[bool]:
    """Say whether the family put a question off, or told nothing of what was worn or carried.

    No other answer helps the ranking as much (``completeness.TOPICS``).
    """
    put_off = sa.cast(AnteMortemReport.absences, sa.Text).like(f'%"{Absence.DEFERRED.value}"%')
    why = sa.func.coalesce(AnteMortemReport.absences["effects"].as_string(), "")
    has_effects = sa.exists().where(ReportedEffect.report_id == AnteMortemReport.id)
    return sa.or_(put_off, sa.and_(~has_effects, why.not_in([each.value for each in ASKED])))


def _was_answered() -> sa.ColumnElement[bool]:
    return sa.exists().where(
        CallRecord.report_id == AnteMortemReport.id,
        CallRecord.call_reason == CallReason.QUESTION,
        CallRecord.next_step == CallNext.NOTHING,
    )


def _urgency(results: Results) -> sa.ColumnElement[int]:
    return sa.case(
        (AnteMortemReport.missing_person_id.in_(sorted(results)), 0),
        (AnteMortemReport.triage == TriageState.CALL_BACK, 1),
        else_=2,
    )


def _reasons(
    report: AnteMortemReport, known: Sequence[CallRecord], results: Results
) -> tuple[CallReason, ...]:
    ended = {each.call_reason for each in known if each.next_step is CallNext.NOTHING}
    is_sought = report.missing_person.status in OPEN_STATUSES
    put_off = Absence.DEFERRED in report.absences.values()
    untold = not report.effects and report.absences.get("effects") not in ASKED
    holds = {
        CallReason.RESULT: report.missing_person_id in results,
        CallReason.CALL_BACK: is_sought and report.triage is TriageState.CALL_BACK,
        CallReason.QUESTION: is_sought and (put_off or untold) and CallReason.QUESTION not in ended,
    }
    return tuple(reason for reason, is_so in holds.items() if is_so)


def _turn(informant: Informant | None, known: Sequence[CallRecord], *, is_now: bool) -> CallTurn:
    if informant is None or _is_unclear(informant, known):
        return CallTurn.UNCLEAR
    rules = informant.rules
    if rules and rules["channel"] and SafeChannel(rules["channel"]) not in BY_TELEPHONE:
        return CallTurn.OTHERWISE
    return CallTurn.NOW if is_now else CallTurn.LATER


def _is_unclear(informant: Informant, known: Sequence[CallRecord]) -> bool:
    """Say whether nobody may call before somebody read what the family said, or found a number."""
    unread = informant.rules is None and bool(informant.safe_contact or informant.reach)
    wrong = {each.phone for each in known if each.call_outcome is CallOutcome.WRONG_NUMBER}
    nowhere = not informant.phone and not informant.contact
    return unread or nowhere or bool(informant.phone and informant.phone in wrong)
