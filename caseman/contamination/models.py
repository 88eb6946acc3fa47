"""The register of people who touch samples: consent, and what they gave.

Their DNA is compared for identity only and enters no family tree. The laboratory reads the code of
the source; the name is sealed here.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import Operation, User
from caseman.audit.recorder import Audited
from caseman.contamination.codes import Activity
from caseman.database import Base, Versioned, code_type, now
from caseman.laboratory.codes import ConsentManner, SampleMaterial
from caseman.laboratory.models import DnaSource, Specimen
from caseman.sealing.fields import HasSealed, Sealed


class StaffMember(HasSealed, Audited, Versioned, Base):
    """One person under one consent; whoever consents anew after a withdrawal is another entry."""

    __tablename__ = "staff_member"
    __table_args__ = (
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_reason <> ''", name="withdrawn_with_reason"
        ),
        sa.Index("ix_staff_member_operation_registered", "operation_id", "registered_at", "id"),
    )

    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id))
    activity: Mapped[Activity] = mapped_column(code_type(Activity))
    name_sealed: Mapped[bytes | None]
    name = Sealed[str]()
    given_on: Mapped[date]
    manner: Mapped[ConsentManner] = mapped_column(code_type(ConsentManner))
    consent_text: Mapped[str] = mapped_column(sa.Text)
    """To what, in the words that were read out or signed."""
    registered_at: Mapped[datetime] = mapped_column(default=now)
    registered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(sa.Text, default="")
    source_id: Mapped[int | None] = mapped_column(sa.ForeignKey(DnaSource.id), unique=True)

    operation: Mapped[Operation] = relationship()
    registered_by: Mapped[User | None] = relationship()
    source: Mapped[DnaSource | None] = relationship()
    samples: Mapped[list["StaffSample"]] = relationship(
        back_populates="member", order_by="StaffSample.id"
    )

    @property
    def audit_subject(self) -> str:
        return self.number


class StaffSample(Audited, Versioned, Base):
    """What a member of staff gave."""

    __tablename__ = "staff_sample"

    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey(StaffMember.id), index=True)
    material: Mapped[SampleMaterial] = mapped_column(code_type(SampleMaterial))
    taken_on: Mapped[date]
    taken_by: Mapped[str] = mapped_column(sa.String(200))
    registered_at: Mapped[datetime] = mapped_column(default=now)
    specimen_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Specimen.id), unique=True)
    """The code it goes under: for stewards and reviewers, never on a page of the laboratory."""

    member: Mapped[StaffMember] = relationship(back_populates="samples")
    specimen: Mapped[Specimen | None] = relationship()

    @property
    def audit_subject(self) -> str:
        return self.member.number
