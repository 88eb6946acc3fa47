"""The job table: the queue, and what became of each job."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from caseman.database import Base, code_type, now


class JobState(StrEnum):
    """What has become of a job."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    """Tried as often as is sensible; a person must look."""
    SUPERSEDED = "superseded"
    """Would have been tried again, but a newer job for the same thing was waiting already."""


class Job(Base):
    """One piece of work. The payload holds ids, never values: it is not sealed."""

    __tablename__ = "job"
    __table_args__ = (
        sa.Index("ix_job_state_not_before", "state", "not_before"),
        sa.Index(
            "uq_job_unique_key_queued",
            "unique_key",
            unique=True,
            sqlite_where=sa.text("state = 'queued'"),
            postgresql_where=sa.text("state = 'queued'"),
        ),
    )

    kind: Mapped[str] = mapped_column(sa.String(60))
    payload: Mapped[dict[str, Any]]
    unique_key: Mapped[str | None] = mapped_column(sa.String(200))
    state: Mapped[JobState] = mapped_column(code_type(JobState), default=JobState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    """Counts the claims; a worker whose number is no longer this one has lost the job."""
    queued_at: Mapped[datetime] = mapped_column(default=now)
    not_before: Mapped[datetime] = mapped_column(default=now)
    heartbeat: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(sa.String(500), default="")
    """Type and place of the last failure, without its text."""
