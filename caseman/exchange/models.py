"""What was imported, so that repeating a file changes nothing; what a second person releases."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import Operation, User
from caseman.audit.recorder import Audited
from caseman.database import Base, Versioned, code_type, now
from caseman.exchange.codes import ExportState, GenotypeFile, ImportKind
from caseman.laboratory.models import DnaSource, Submission
from caseman.reports.models import MissingPerson


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


class GenotypeExport(Audited, Versioned, Base):
    """Genotypes that shall leave: what, to whom, for what, and who let them go.

    No genotype is kept here: the file is written when it is fetched, of what may be compared then.
    """

    __tablename__ = "genotype_export"
    __table_args__ = (
        sa.CheckConstraint(
            "(submission_id IS NULL) <> (missing_person_id IS NULL)", name="one_subject"
        ),
        sa.CheckConstraint("remains_source_id IS NULL OR submission_id IS NULL", name="beside"),
        sa.CheckConstraint(
            "state = 'asked' OR (decided_at IS NOT NULL AND decided_by_id IS NOT NULL)",
            name="decided",
        ),
        sa.CheckConstraint("state <> 'released' OR expires_on IS NOT NULL", name="expires"),
        sa.CheckConstraint("state <> 'refused' OR decision_reason <> ''", name="refused_why"),
        sa.Index("ix_genotype_export_operation_asked", "operation_id", "asked_at", "id"),
    )

    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id))
    file: Mapped[GenotypeFile] = mapped_column(code_type(GenotypeFile))
    submission_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Submission.id), index=True)
    missing_person_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey(MissingPerson.id), index=True
    )
    """Whose family, where it is no submission."""
    remains_source_id: Mapped[int | None] = mapped_column(sa.ForeignKey(DnaSource.id), index=True)
    """Remains whose profile goes beside that of the family."""
    recipient: Mapped[str] = mapped_column(sa.String(300))
    is_abroad: Mapped[bool]
    """Then only those go along who agreed to another country."""
    purpose: Mapped[str] = mapped_column(sa.Text)
    reason: Mapped[str] = mapped_column(sa.Text)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))
    state: Mapped[ExportState] = mapped_column(code_type(ExportState), default=ExportState.ASKED)
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    """Always another person than who asked."""
    decision_reason: Mapped[str] = mapped_column(sa.Text, default="")
    expires_on: Mapped[date | None]
    """The last day on which it may be fetched."""
    fetched: Mapped[int] = mapped_column(default=0)
    fetched_at: Mapped[datetime | None]

    operation: Mapped[Operation] = relationship()
    submission: Mapped[Submission | None] = relationship()
    missing_person: Mapped[MissingPerson | None] = relationship()
    remains_source: Mapped[DnaSource | None] = relationship()
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def audit_subject(self) -> str:
        return self.number

    def is_open_on(self, day: date) -> bool:
        """Say whether it may be fetched on ``day``."""
        return (
            self.state is ExportState.RELEASED
            and self.expires_on is not None
            and day <= self.expires_on
        )
