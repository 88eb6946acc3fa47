"""Pairings (under review), decisions (signed by people), release.

A decision is never deleted: it is revoked, with a reason, by two people.
"""

from datetime import date, datetime
from typing import Any, TypedDict

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import Person, User
from caseman.audit.guard import append_only
from caseman.audit.recorder import Audited
from caseman.database import Base, Versioned, code_type, now
from caseman.effects.models import PersonalEffect
from caseman.identification.codes import (
    Basis,
    NotificationManner,
    Outcome,
    PairingState,
    ReleaseState,
    Step,
    Verdict,
)
from caseman.remains.models import Remains
from caseman.reports.models import MissingPerson
from caseman.sealing.fields import HasSealed, Sealed


class Pairing(Audited, Versioned, Base):
    """The comparison of one missing person with one unit of remains, on its way to a decision."""

    __tablename__ = "pairing"
    __table_args__ = (
        sa.Index("ix_pairing_state", "state", "due_on"),
        sa.Index("ix_pairing_due_on", "due_on", "id"),
        sa.Index("ix_pairing_opened_at", "opened_at", "id"),
        sa.Index(
            "uq_pairing_open",
            "remains_id",
            "missing_person_id",
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
    )

    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id), index=True)
    missing_person_id: Mapped[int] = mapped_column(sa.ForeignKey(MissingPerson.id), index=True)
    state: Mapped[PairingState] = mapped_column(
        code_type(PairingState), default=PairingState.COMPARISON_OPEN
    )
    round: Mapped[int] = mapped_column(default=1)
    """Counts the attempts: a changed record voids the signatures and begins the next round."""
    opened_by_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))
    opened_at: Mapped[datetime] = mapped_column(default=now)
    due_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    log10_lr: Mapped[float | None]
    posterior: Mapped[float | None]
    prior_overlap: Mapped[float | None]
    """What ``posterior`` stands on: how likely it was that the person is reported at all."""
    prior_persons: Mapped[int | None]
    """How many persons were sought."""
    model: Mapped[str] = mapped_column(sa.String(80), default="")
    rank: Mapped[int | None]
    """Where the person stood among the candidates when the comparison was opened; None: nowhere."""

    remains: Mapped[Remains] = relationship()
    missing_person: Mapped[MissingPerson] = relationship()
    opened_by: Mapped[User] = relationship()
    lines: Mapped[list["PairingLine"]] = relationship(
        back_populates="pairing", order_by="PairingLine.id"
    )
    signatures: Mapped[list["Signature"]] = relationship(
        back_populates="pairing", order_by="Signature.id"
    )
    decision: Mapped["Decision | None"] = relationship(back_populates="pairing")


class PairingPart(Audited):
    """A row that belongs to a pairing and is named after it in the trail."""

    pairing: Any

    @property
    def audit_subject(self) -> str:
        return self.pairing.number if self.pairing is not None else ""


class PairingLine(PairingPart, Versioned, Base):
    """One line of evidence as people judge it, beside what the engine computed."""

    __tablename__ = "pairing_line"
    __table_args__ = (sa.UniqueConstraint("pairing_id", "line"),)

    pairing_id: Mapped[int] = mapped_column(sa.ForeignKey(Pairing.id))
    line: Mapped[str] = mapped_column(sa.String(60))
    engine_verdict: Mapped[Verdict] = mapped_column(code_type(Verdict, name="engine_verdict"))
    log10_lr: Mapped[float]
    ingredients: Mapped[dict[str, Any]]
    verdict: Mapped[Verdict | None] = mapped_column(code_type(Verdict, name="verdict"))
    explanation: Mapped[str] = mapped_column(sa.Text, default="")
    judged_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    judged_at: Mapped[datetime | None]

    pairing: Mapped[Pairing] = relationship(back_populates="lines")
    judged_by: Mapped[User | None] = relationship()


class Signature(PairingPart, Base):
    """One person's signature under one step, over exact versions of both records.

    It is never deleted; a changed record voids it.
    """

    __tablename__ = "signature"
    __table_args__ = (
        sa.UniqueConstraint("pairing_id", "round", "person_id"),
        sa.UniqueConstraint("pairing_id", "round", "step"),
    )

    pairing_id: Mapped[int] = mapped_column(sa.ForeignKey(Pairing.id))
    round: Mapped[int]
    step: Mapped[Step] = mapped_column(code_type(Step))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))
    outcome: Mapped[Outcome] = mapped_column(code_type(Outcome))
    basis: Mapped[Basis | None] = mapped_column(code_type(Basis))
    statement: Mapped[str] = mapped_column(sa.Text)
    signed_at: Mapped[datetime] = mapped_column(default=now)
    signed_digest: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 over both records and the judged lines, as they were when signed."""
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(sa.String(300), default="")

    pairing: Mapped[Pairing] = relationship(back_populates="signatures")
    person: Mapped[Person] = relationship()
    user: Mapped[User] = relationship()


class Decision(PairingPart, Versioned, Base):
    """What four people signed: an identification, an exclusion, or that it is too early."""

    __tablename__ = "decision"

    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    pairing_id: Mapped[int] = mapped_column(sa.ForeignKey(Pairing.id), unique=True)
    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id), index=True)
    missing_person_id: Mapped[int] = mapped_column(sa.ForeignKey(MissingPerson.id), index=True)
    outcome: Mapped[Outcome] = mapped_column(code_type(Outcome))
    basis: Mapped[Basis | None] = mapped_column(code_type(Basis))
    decided_at: Mapped[datetime] = mapped_column(default=now)
    snapshot: Mapped[dict[str, Any]]
    """Both records, the evidence and the rivals considered, as they were when decided."""
    revoked_at: Mapped[datetime | None]

    pairing: Mapped[Pairing] = relationship(back_populates="decision")
    remains: Mapped[Remains] = relationship()
    missing_person: Mapped[MissingPerson] = relationship()
    revocations: Mapped[list["Revocation"]] = relationship(
        back_populates="decision", order_by="Revocation.id"
    )
    notifications: Mapped[list["FamilyNotification"]] = relationship(
        back_populates="decision", order_by="FamilyNotification.id"
    )
    releases: Mapped[list["Release"]] = relationship(
        back_populates="decision", order_by="Release.id"
    )


class DecisionPart(Audited):
    """A row that rests on a decision and is named after it in the trail."""

    decision: Any

    @property
    def audit_subject(self) -> str:
        return self.decision.number if self.decision is not None else ""


class Revocation(DecisionPart, Versioned, Base):
    """A decision taken back, by two people, with the list of what rested on it."""

    __tablename__ = "revocation"

    decision_id: Mapped[int] = mapped_column(sa.ForeignKey(Decision.id), index=True)
    reason: Mapped[str] = mapped_column(sa.Text)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))
    asked_by_person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    confirmed_by_person_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    confirmed_at: Mapped[datetime | None]
    rested_on_it: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Who was told, what was released, which exclusions rested on it."""

    decision: Mapped[Decision] = relationship(back_populates="revocations")
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=[confirmed_by_id])


@append_only
class FamilyNotification(HasSealed, DecisionPart, Base):
    """The family was told: by a person, in person or by telephone."""

    __tablename__ = "family_notification"

    decision_id: Mapped[int] = mapped_column(sa.ForeignKey(Decision.id), index=True)
    told_sealed: Mapped[bytes | None]
    told = Sealed[str]()
    """Who was told, and who else was there."""
    told_by: Mapped[str] = mapped_column(sa.String(200))
    told_by_user_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))
    told_on: Mapped[date]
    manner: Mapped[NotificationManner] = mapped_column(code_type(NotificationManner))
    place: Mapped[str] = mapped_column(sa.String(200), default="")
    wishes: Mapped[str] = mapped_column(sa.Text, default="")
    """What the family wants done when more is found."""
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    decision: Mapped[Decision] = relationship(back_populates="notifications")


class Recipient(TypedDict):
    """Who received remains."""

    name: str
    relation: str
    identity_document: str
    contact: str


class Release(HasSealed, DecisionPart, Versioned, Base):
    """Hand-over of remains and effects to the family: prepared, approved, recorded."""

    __tablename__ = "release"

    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    decision_id: Mapped[int] = mapped_column(sa.ForeignKey(Decision.id), index=True)
    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id), index=True)
    state: Mapped[ReleaseState] = mapped_column(
        code_type(ReleaseState), default=ReleaseState.PREPARED
    )
    recipient_sealed: Mapped[bytes | None]
    recipient = Sealed[Recipient]()
    not_recovered: Mapped[str] = mapped_column(sa.Text, default="")
    """What of the body was not recovered, and what the family wants if it is found."""
    prepared_by_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))
    prepared_at: Mapped[datetime] = mapped_column(default=now)
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    approved_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    released_on: Mapped[date | None]
    reburial_place: Mapped[str] = mapped_column(sa.String(300), default="")
    reburial_plot: Mapped[str] = mapped_column(sa.String(120), default="")
    reburied_on: Mapped[date | None]
    reburial_position_sealed: Mapped[bytes | None]
    reburial_position = Sealed[dict[str, float]]()

    decision: Mapped[Decision] = relationship(back_populates="releases")
    remains: Mapped[Remains] = relationship()
    effects: Mapped[list["ReleasedEffect"]] = relationship(back_populates="release")
    prepared_by: Mapped[User] = relationship(foreign_keys=[prepared_by_id])
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id])
    released_by: Mapped[User | None] = relationship(foreign_keys=[released_by_id])


class ReleasedEffect(Audited, Base):
    """One effect handed over with the remains."""

    __tablename__ = "released_effect"
    __table_args__ = (sa.UniqueConstraint("release_id", "effect_id"),)

    release_id: Mapped[int] = mapped_column(sa.ForeignKey(Release.id))
    effect_id: Mapped[int] = mapped_column(sa.ForeignKey(PersonalEffect.id), index=True)

    release: Mapped[Release] = relationship(back_populates="effects")
    effect: Mapped[PersonalEffect] = relationship()

    @property
    def audit_subject(self) -> str:
        return self.release.number
