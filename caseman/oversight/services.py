"""The verification of the whole trail, asked for on a page and done by the worker."""

from dataclasses import asdict
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.audit.recorder import note_act
from caseman.audit.verify import Verdict, audited_models, verify
from caseman.database import Sessions, now
from caseman.jobs.queue import enqueue
from caseman.jobs.registry import Payload, long_job
from caseman.oversight.models import TrailCheck

VERIFY = "verify_trail"
TOLD_EVERY = timedelta(seconds=2)


def ask_check(session: Session, asker: User) -> TrailCheck:
    """Have the trail verified; the audit trail keeps who asked."""
    check = TrailCheck(asked_by=asker)
    session.add(check)
    session.flush()
    enqueue(session, VERIFY, {"check": check.id})
    note_act(session, Action.OPERATE, "verify-audit")
    return check


@long_job(VERIFY)
def run_check(sessions: Sessions, payload: Payload) -> None:
    """Verify the trail as it stands now, telling how far it is."""
    check_id = int(payload["check"])
    with sessions.read() as session:
        _as_of_now(session)
        _write(sessions, check_id, expected=_expected(session), checked=0)
        progress = Progress(sessions, check_id)
        verdict = verify(session, session.info["audit_key"], report=progress.tell)
    _finish(sessions, check_id, verdict)


def _as_of_now(session: Session) -> None:
    """Look at one moment: entries and rows that come meanwhile are for the next verification."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _expected(session: Session) -> int:
    tables = [AuditEntry.__table__, *(model.__table__ for model in audited_models())]
    return sum(
        session.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in tables
    )


class Progress:
    """Writes down every two seconds how far a verification is."""

    def __init__(self, sessions: Sessions, check_id: int) -> None:
        self._sessions = sessions
        self._check_id = check_id
        self._told_at = now()

    def tell(self, checked: int) -> None:
        """Take note that ``checked`` entries and rows are in order."""
        if now() - self._told_at > TOLD_EVERY:
            _write(self._sessions, self._check_id, checked=checked)
            self._told_at = now()


def _finish(sessions: Sessions, check_id: int, verdict: Verdict) -> None:
    bad = verdict.first_bad
    found = {name: value for name, value in asdict(bad).items() if value is not None} if bad else {}
    checked = verdict.entries + verdict.rows
    _write(
        sessions, check_id, checked=checked, is_whole=bad is None, first_bad=found,
        finished_at=now(),
    )  # fmt: skip


def _write(sessions: Sessions, check_id: int, **values: object) -> None:
    with sessions.transaction() as session:
        session.execute(sa.update(TrailCheck).where(TrailCheck.id == check_id).values(values))
