"""The family tree of a missing person, and what relatives gave for comparison."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import User
from caseman.audit.recorder import Audited
from caseman.coding import Sex
from caseman.database import Base, Versioned, code_type, now
from caseman.laboratory.codes import ConsentManner, SampleMaterial
from caseman.laboratory.models import DnaSource, Specimen
from caseman.reports.codes import Bond, Kin, Living
from caseman.reports.models.records import MissingPerson
from caseman.sealing.fields import HasSealed, Sealed


class Relative(HasSealed, Audited, Versioned, Base):
    """One member of the tree of a missing person, named by the relation to that person."""

    __tablename__ = "relative"
    __table_args__ = (
        sa.UniqueConstraint("missing_person_id", "ordinal"),
        sa.CheckConstraint("through_id <> id", name="not_through_itself"),
    )

    missing_person_id: Mapped[int] = mapped_column(sa.ForeignKey(MissingPerson.id))
    ordinal: Mapped[int]
    kin: Mapped[Kin] = mapped_column(code_type(Kin))
    sex: Mapped[Sex | None] = mapped_column(code_type(Sex))
    through_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("relative.id", deferrable=True, initially="IMMEDIATE"), index=True
    )
    """Through whom they are related: the other parent of a child, the brother of a nephew."""
    bond: Mapped[Bond | None] = mapped_column(code_type(Bond))
    """None: nobody said otherwise than by birth."""
    living: Mapped[Living | None] = mapped_column(code_type(Living))
    own_record_id: Mapped[int | None] = mapped_column(sa.ForeignKey(MissingPerson.id), index=True)
    """The relative's own record, where they are missing too."""
    name_sealed: Mapped[bytes | None]
    name = Sealed[str]()
    note: Mapped[str] = mapped_column(sa.Text, default="")
    """What makes the relation doubtful or special: milk kinship, twins."""
    registered_at: Mapped[datetime] = mapped_column(default=now)
    source_id: Mapped[int | None] = mapped_column(sa.ForeignKey(DnaSource.id), index=True)
    """The code of this person's DNA. A mother of two missing sons has one code in both trees."""

    missing_person: Mapped[MissingPerson] = relationship(foreign_keys=missing_person_id)
    own_record: Mapped[MissingPerson | None] = relationship(foreign_keys=own_record_id)
    through: Mapped["Relative | None"] = relationship(remote_side="Relative.id")
    source: Mapped[DnaSource | None] = relationship()
    consents: Mapped[list["DnaConsent"]] = relationship(
        back_populates="relative", order_by="DnaConsent.id"
    )
    samples: Mapped[list["ReferenceSample"]] = relationship(
        back_populates="relative", order_by="ReferenceSample.id"
    )

    @property
    def number(self) -> str:
        """The number people say: that of the missing person with an ordinal."""
        return f"{self.missing_person.number}/R{self.ordinal}"

    @property
    def audit_subject(self) -> str:
        return self.missing_person.number

    @property
    def is_by_birth(self) -> bool:
        """Whether they are of the family's blood, as far as anybody told."""
        return self.bond in {None, Bond.BIRTH}

    @property
    def consent(self) -> "DnaConsent | None":
        """The consent in force, if any; none while a family of this person wants no comparison."""
        if self.missing_person.dna_refused:
            return None
        return self.given_consent

    @property
    def given_consent(self) -> "DnaConsent | None":
        """What this relative agreed to and has not withdrawn."""
        return next((each for each in self.consents if each.withdrawn_at is None), None)


class RelativePart(Audited):
    """A row that belongs to a relative and is named after the missing person in the trail."""

    relative: Mapped[Relative]

    @property
    def audit_subject(self) -> str:
        return self.relative.audit_subject


class DnaConsent(RelativePart, Versioned, Base):
    """What a relative agreed to. Withdrawn, never deleted; a new consent is another row."""

    __tablename__ = "dna_consent"
    __table_args__ = (
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_reason <> ''", name="withdrawn_with_reason"
        ),
    )

    relative_id: Mapped[int] = mapped_column(sa.ForeignKey(Relative.id), index=True)
    given_on: Mapped[date]
    manner: Mapped[ConsentManner] = mapped_column(code_type(ConsentManner))
    consent_text: Mapped[str] = mapped_column(sa.Text)
    """To what, in the words that were read out or signed."""
    may_go_abroad: Mapped[bool] = mapped_column(default=False)
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    recorded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(sa.Text, default="")

    relative: Mapped[Relative] = relationship(back_populates="consents")
    recorded_by: Mapped[User | None] = relationship()


class ReferenceSample(RelativePart, Versioned, Base):
    """What a relative gave, or what is left of the missing person's own."""

    __tablename__ = "reference_sample"

    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    relative_id: Mapped[int] = mapped_column(sa.ForeignKey(Relative.id), index=True)
    consent_id: Mapped[int] = mapped_column(sa.ForeignKey(DnaConsent.id), index=True)
    material: Mapped[SampleMaterial] = mapped_column(code_type(SampleMaterial))
    taken_on: Mapped[date]
    taken_by: Mapped[str] = mapped_column(sa.String(200))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    registered_at: Mapped[datetime] = mapped_column(default=now)
    specimen_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Specimen.id), unique=True)
    """The code it goes under: for stewards and reviewers, never on a page of the laboratory."""

    relative: Mapped[Relative] = relationship(back_populates="samples")
    consent: Mapped[DnaConsent] = relationship()
    specimen: Mapped[Specimen | None] = relationship()
