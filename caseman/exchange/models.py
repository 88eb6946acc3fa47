"""What was imported, so that repeating a file changes nothing."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from caseman.accounts.models import Operation
from caseman.audit.recorder import Audited
from caseman.database import Base, code_type, now
from caseman.exchange.codes import ImportKind


class ImportRun(Audited, Base):
    """One file taken in."""

    __tablename__ = "import_run"

    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id))
    kind: Mapped[ImportKind] = mapped_column(code_type(ImportKind))
    file_name: Mapped[str] = mapped_column(sa.String(300))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime] = mapped_column(default=now)
    rows: Mapped[int]
    created: Mapped[int]
    unchanged: Mapped[int]
    refused: Mapped[int]

    @property
    def audit_subject(self) -> str:
        return self.file_name[:80]


class ImportedRow(Base):
    """A row that was taken: its own identity, what it said, and the record it became."""

    __tablename__ = "imported_row"
    __table_args__ = (sa.UniqueConstraint("operation_id", "kind", "source_id"),)

    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id))
    run_id: Mapped[int] = mapped_column(sa.ForeignKey(ImportRun.id), index=True)
    kind: Mapped[ImportKind] = mapped_column(code_type(ImportKind))
    source_id: Mapped[str] = mapped_column(sa.String(120))
    digest: Mapped[str] = mapped_column(sa.String(64))
    record_id: Mapped[int]
