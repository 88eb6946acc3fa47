"""Putting a job into the queue."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from caseman.database import now
from caseman.jobs.models import Job, JobState

_INSERT: dict[str, Callable[[type[Job]], Any]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


def enqueue(
    session: Session,
    kind: str,
    payload: dict[str, Any],
    unique_key: str | None = None,
    *,
    not_before: datetime | None = None,
) -> None:
    """Queue a job in the caller's transaction.

    With a ``unique_key``, a job that waits under the same key is taken instead of a second one. It
    is touched, so that no worker can begin it before the caller's change is there to be seen.
    """
    at = now()
    values = {
        "kind": kind,
        "payload": payload,
        "unique_key": unique_key,
        "state": JobState.QUEUED,
        "attempts": 0,
        "queued_at": at,
        "not_before": not_before or at,
        "error": "",
    }
    insert = _INSERT[session.get_bind().dialect.name](Job).values(values)
    session.execute(
        insert.on_conflict_do_update(
            index_elements=[Job.unique_key],
            index_where=sa.text("state = 'queued'"),
            set_={"payload": insert.excluded.payload},
        )
    )
