"""Several persons whom one family lost together: a report each, one way back, and the tie kept."""

from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.names import tokens
from caseman.reports.drafts import Answers, Intake, NewCompanion, NewReport
from caseman.reports.models import AnteMortemReport, Companion
from caseman.reports.services.drafts import forget_another
from caseman.reports.services.registration import register_report
from caseman.reports.services.summary import full_name, touch


def told_together(session: Session, first: AnteMortemReport) -> list[AnteMortemReport]:
    """Return ``first`` and every report that its reference and secret open too, as told."""
    query = sa.select(AnteMortemReport).where(AnteMortemReport.told_with_id == first.id)
    return [first, *session.scalars(query.order_by(AnteMortemReport.id))]


def receive_another(
    session: Session, told: Sequence[AnteMortemReport], answers: Answers, intake: Intake
) -> AnteMortemReport:
    """Register one more person of the family that told ``told``, opened by the same two numbers.

    Where the new report names an earlier person among the companions, both records point at each
    other. Nothing that was told before changes. What was kept while it was typed goes.
    """
    name = _name_of(answers)
    with_them = [each for each in answers.companions if not _is_one(each.name, name)]
    linked = tuple(_linked(each, told) for each in with_them)
    draft = NewReport(replace(intake, told_with_id=told[0].id), replace(answers, companions=linked))
    report = register_report(session, draft)
    lost_together = {each.missing_person_id for each in linked}
    for earlier in told:
        if earlier.missing_person_id in lost_together:
            _tie(earlier, report)
    forget_another(session, told[0].id)
    session.flush()
    return report


def _tie(earlier: AnteMortemReport, report: AnteMortemReport) -> None:
    name, person_id = full_name(report), report.missing_person_id
    for companion in earlier.companions:
        if companion.missing_person_id is None and _is_one(companion.name, name):
            companion.missing_person_id = person_id
            break
    else:
        earlier.companions.append(Companion(name=name[:300], missing_person_id=person_id))
    touch(earlier.missing_person)


def _linked(companion: NewCompanion, told: Sequence[AnteMortemReport]) -> NewCompanion:
    for report in told:
        if _is_one(companion.name, full_name(report)):
            return replace(companion, missing_person_id=report.missing_person_id)
    return companion


def _is_one(called: str, name: str) -> bool:
    """Say whether ``called`` is ``name`` or a shorter form of it that begins alike."""
    short, long = tokens(called), tokens(name)
    return bool(short) and short[0] == long[0] and set(short) <= set(long)


def _name_of(answers: Answers) -> str:
    return answers.name_full or answers.nickname
