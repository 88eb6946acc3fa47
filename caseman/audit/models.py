"""The audit trail and the anchors that prove it whole."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from caseman.audit.codes import Action
from caseman.audit.guard import append_only
from caseman.database import Base, code_type


@append_only
class AuditEntry(Base):
    """One thing that was done: who, when, to which row, from what to what, why."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        sa.Index("ix_audit_entry_row", "table_name", "row_id", "seq"),
        sa.Index("ix_audit_entry_table", "table_name", "seq"),
        sa.Index("ix_audit_entry_actor_name", "actor_name", "seq"),
        sa.Index("ix_audit_entry_actor", "actor_id", "seq"),
        sa.Index("ix_audit_entry_subject", "subject", "seq"),
        sa.Index("ix_audit_entry_action", "action", "seq"),
        sa.Index("ix_audit_entry_at", "at"),
    )

    seq: Mapped[int] = mapped_column(sa.BigInteger, unique=True)
    """Place in the chain, from 1, without gaps."""
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    """Account; None for the operator's commands and the worker."""
    actor_name: Mapped[str] = mapped_column(sa.String(200))
    action: Mapped[Action] = mapped_column(code_type(Action))
    table_name: Mapped[str] = mapped_column(sa.String(63), default="")
    row_id: Mapped[int | None]
    subject: Mapped[str] = mapped_column(sa.String(80), default="")
    """The number people know the record by."""
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    changes: Mapped[dict[str, Any]]
    """Column -> [from, to]; sealed columns show only that they changed."""
    row_digest: Mapped[str] = mapped_column(sa.String(64), default="")
    """Keyed digest of the row after the change."""
    mac: Mapped[str] = mapped_column(sa.String(64))
    """HMAC-SHA256 of the entry and of the entry before it."""
