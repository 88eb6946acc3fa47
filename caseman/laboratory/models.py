"""What the laboratory knows: codes, and what was done to each. No name and no case number.

Which sample a code stands for is written beside the sample, in the slices above, and opened to
stewards and reviewers only.
"""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import Operation, User
from caseman.audit.guard import append_only
from caseman.audit.recorder import Audited
from caseman.database import Base, Versioned, code_type, now
from caseman.laboratory.codes import (
    MinimumRule,
    MutationKind,
    RunState,
    SampleMaterial,
    SourceKind,
    SpecimenStatus,
    Threshold,
)
from caseman.sealing.fields import HasSealed, Sealed, new_uid
from caseman.sealing.keys import KeyGoneError


class DnaSource(Audited, Versioned, Base):
    """Somebody whose DNA is compared, under a code: remains, a relative, a member of staff.

    Genotypes are sealed under the key of their source, so that destroying one key leaves nothing
    readable of one person.
    """

    __tablename__ = "dna_source"

    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    uid: Mapped[str] = mapped_column(sa.String(32), unique=True, default=new_uid)
    """The subject whose key seals every genotype of this source."""
    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id), index=True)
    kind: Mapped[SourceKind] = mapped_column(code_type(SourceKind))
    registered_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]
    """Since when nothing of this source may be compared."""

    operation: Mapped[Operation] = relationship()
    specimens: Mapped[list["Specimen"]] = relationship(
        back_populates="source", order_by="Specimen.id"
    )

    @property
    def audit_subject(self) -> str:
        return self.code

    @property
    def seal_subject(self) -> str:
        """Whose key seals what is sealed of this source."""
        return f"DnaSource:{self.uid}"


class Submission(Audited, Versioned, Base):
    """Coded samples that go to a laboratory together."""

    __tablename__ = "submission"
    __table_args__ = (sa.Index("ix_submission_operation_number", "operation_id", "number"),)

    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id))
    laboratory: Mapped[str] = mapped_column(sa.String(200))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    prepared_at: Mapped[datetime] = mapped_column(default=now)
    prepared_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    sent_on: Mapped[date | None]

    operation: Mapped[Operation] = relationship()
    prepared_by: Mapped[User | None] = relationship()
    specimens: Mapped[list["Specimen"]] = relationship(
        back_populates="submission", order_by="Specimen.code"
    )


class Specimen(Audited, Versioned, Base):
    """One coded sample. Its code is all that the laboratory reads on the tube."""

    __tablename__ = "specimen"
    __table_args__ = (
        sa.Index("ix_specimen_operation_code", "operation_id", "code"),
        sa.Index("ix_specimen_operation_status", "operation_id", "status", "code"),
    )

    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id))
    source_id: Mapped[int] = mapped_column(sa.ForeignKey(DnaSource.id), index=True)
    submission_id: Mapped[int] = mapped_column(sa.ForeignKey(Submission.id), index=True)
    material: Mapped[SampleMaterial] = mapped_column(code_type(SampleMaterial))
    status: Mapped[SpecimenStatus] = mapped_column(
        code_type(SpecimenStatus), default=SpecimenStatus.CODED
    )

    source: Mapped[DnaSource] = relationship(back_populates="specimens")
    submission: Mapped[Submission] = relationship(back_populates="specimens")
    runs: Mapped[list["TypingRun"]] = relationship(
        back_populates="specimen", order_by="TypingRun.id"
    )
    events: Mapped[list["SpecimenEvent"]] = relationship(
        back_populates="specimen", order_by="SpecimenEvent.id"
    )

    @property
    def audit_subject(self) -> str:
        return self.code


@append_only
class SpecimenEvent(Audited, Base):
    """One step of a coded sample, as it was said at the time."""

    __tablename__ = "specimen_event"

    specimen_id: Mapped[int] = mapped_column(sa.ForeignKey(Specimen.id), index=True)
    status: Mapped[SpecimenStatus] = mapped_column(code_type(SpecimenStatus))
    happened_on: Mapped[date]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))

    specimen: Mapped[Specimen] = relationship(back_populates="events")
    by: Mapped[User | None] = relationship()

    @property
    def audit_subject(self) -> str:
        return self.specimen.code


class TypingRun(HasSealed, Audited, Versioned, Base):
    """What one run of a kit showed of a coded sample; in force once another person verified it."""

    __tablename__ = "typing_run"
    __table_args__ = (
        sa.CheckConstraint(
            "rejected_at IS NULL OR rejected_reason <> ''", name="rejected_with_reason"
        ),
        sa.CheckConstraint("verified_at IS NULL OR rejected_at IS NULL", name="one_verdict"),
    )

    specimen_id: Mapped[int] = mapped_column(sa.ForeignKey(Specimen.id), index=True)
    kit: Mapped[str] = mapped_column(sa.String(40), default="")
    """Code of the kit, empty where none of ours was used."""
    label: Mapped[str] = mapped_column(sa.String(60), default="")
    """What the laboratory calls the run: a plate, an injection."""
    typed_on: Mapped[date]
    markers: Mapped[int]
    """How many markers were taken."""
    genotype_sealed: Mapped[bytes | None]
    genotype = Sealed[dict[str, list[str]]]()
    """Alleles by marker, as seen."""
    imported_at: Mapped[datetime] = mapped_column(default=now)
    imported_by_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))
    verified_at: Mapped[datetime | None]
    verified_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    """Who looked at it after the import, whatever the verdict: always another person."""
    rejected_at: Mapped[datetime | None]
    rejected_reason: Mapped[str] = mapped_column(sa.Text, default="")
    set_aside_at: Mapped[datetime | None]
    """Since when it is out of every weighing, because it was found contaminated."""

    specimen: Mapped[Specimen] = relationship(back_populates="runs")
    imported_by: Mapped[User] = relationship(foreign_keys=[imported_by_id])
    verified_by: Mapped[User | None] = relationship(foreign_keys=[verified_by_id])

    @property
    def seal_subject(self) -> str:
        """The genotype is sealed under the key of its source, as every other one of that person."""
        return self.specimen.source.seal_subject

    @property
    def seen(self) -> dict[str, list[str]]:
        """Alleles by marker; none once consent is withdrawn, nor in an old backup restored."""
        try:
            return self.genotype or {}
        except KeyGoneError:
            return {}

    @property
    def state(self) -> RunState:
        """How far the run is."""
        if self.rejected_at is not None:
            return RunState.REJECTED
        if self.set_aside_at is not None:
            return RunState.SET_ASIDE
        return RunState.WAITING if self.verified_at is None else RunState.VERIFIED

    @property
    def audit_subject(self) -> str:
        return self.specimen.code


@append_only
class FrequencyTable(Audited, Base):
    """How frequent alleles are in a population, and where the numbers come from.

    A table is never changed: whoever reads an old result finds the numbers it rests on.
    """

    __tablename__ = "frequency_table"
    __table_args__ = (
        sa.CheckConstraint("minimum > 0 AND minimum < 0.5", name="minimum"),
        sa.CheckConstraint("chromosomes > 0", name="chromosomes"),
    )

    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    population: Mapped[str] = mapped_column(sa.String(200))
    source: Mapped[str] = mapped_column(sa.Text)
    chromosomes: Mapped[int | None]
    """How many alleles were counted, 2N; None where the source does not say."""
    minimum_rule: Mapped[MinimumRule] = mapped_column(code_type(MinimumRule))
    minimum: Mapped[float]
    """No allele counts as rarer, seen or not."""
    frequencies: Mapped[dict[str, Any]]
    """Frequency by marker and allele, as in the source."""
    added_at: Mapped[datetime] = mapped_column(default=now)
    added_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))

    operation: Mapped[Operation] = relationship()
    added_by: Mapped[User | None] = relationship()

    @property
    def audit_subject(self) -> str:
        return self.name


class LaboratorySettings(Audited, Versioned, Base):
    """How DNA is weighed in one operation, and from when on a result counts as a match."""

    __tablename__ = "laboratory_settings"
    __table_args__ = (
        sa.CheckConstraint("candidates >= 2", name="candidates"),
        sa.CheckConstraint("theta >= 0 AND theta <= 0.2", name="theta"),
        sa.CheckConstraint(
            "female_rate >= 0 AND female_rate <= 0.1 AND male_rate >= 0 AND male_rate <= 0.1",
            name="rates",
        ),
    )

    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id), unique=True)
    table_id: Mapped[int] = mapped_column(sa.ForeignKey(FrequencyTable.id), index=True)
    threshold: Mapped[Threshold] = mapped_column(code_type(Threshold))
    candidates: Mapped[int]
    """How many people remains could be before DNA speaks: the prior is one of so many."""
    theta: Mapped[float]
    mutation: Mapped[MutationKind] = mapped_column(code_type(MutationKind))
    female_rate: Mapped[float]
    male_rate: Mapped[float]
    set_at: Mapped[datetime] = mapped_column(default=now)
    set_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))

    operation: Mapped[Operation] = relationship()
    table: Mapped[FrequencyTable] = relationship()
    set_by: Mapped[User | None] = relationship()

    @property
    def audit_subject(self) -> str:
        return self.operation.code
