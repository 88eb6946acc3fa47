"""What was measured on bones, and what methods say from measures, scores and phases."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import User
from caseman.audit.guard import append_only
from caseman.database import Base, Versioned, code_type, now
from caseman.remains.codes import BoneSide, EstimateKind, FigureStatus
from caseman.remains.models.remains import Remains, RemainsPart


class BoneMeasurement(RemainsPart, Base):
    """One measure of one bone, in mm; measured again, the new length stands."""

    __tablename__ = "bone_measurement"
    __table_args__ = (
        sa.UniqueConstraint("remains_id", "measure", "side"),
        sa.CheckConstraint("length_mm > 0 and length_mm < 1000", name="length"),
    )

    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id))
    measure: Mapped[str] = mapped_column(sa.String(24))
    """Code of the definition, such as Fem_01; ``caseman.remains.measures`` names it."""
    side: Mapped[BoneSide] = mapped_column(code_type(BoneSide))
    length_mm: Mapped[float]
    taken_by: Mapped[str] = mapped_column(sa.String(200), default="")
    taken_on: Mapped[date | None]

    remains: Mapped[Remains] = relationship()


@append_only
class MethodEstimate(RemainsPart, Base):
    """What a method said of sex, age or stature when it was taken over, with its inputs.

    ``method`` and ``inputs`` run again as ``caseman osteology run`` takes them.
    """

    __tablename__ = "method_estimate"

    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id), index=True)
    about: Mapped[EstimateKind] = mapped_column(code_type(EstimateKind))
    method: Mapped[str] = mapped_column(sa.String(120))
    """Its name in the catalogue of the engine."""
    inputs: Mapped[dict[str, Any]]
    title: Mapped[str] = mapped_column(sa.String(200))
    population: Mapped[str] = mapped_column(sa.String(200), default="")
    source: Mapped[str] = mapped_column(sa.Text, default="")
    status: Mapped[FigureStatus] = mapped_column(code_type(FigureStatus))
    unit: Mapped[str] = mapped_column(sa.String(60))
    value: Mapped[float | None]
    lowest: Mapped[float | None]
    highest: Mapped[float | None]
    interval_kind: Mapped[str] = mapped_column(sa.String(80), default="")
    notes: Mapped[list[str]] = mapped_column(default=list)
    taken_at: Mapped[datetime] = mapped_column(default=now)
    taken_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))

    remains: Mapped[Remains] = relationship()
    taken_by: Mapped[User | None] = relationship()


class EstimateSetAside(RemainsPart, Versioned, Base):
    """A result that somebody took out of the combination, and why; lifted, it counts again."""

    __tablename__ = "estimate_set_aside"
    __table_args__ = (sa.CheckConstraint("reason <> ''", name="reason"),)

    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id), index=True)
    estimate_id: Mapped[int] = mapped_column(sa.ForeignKey(MethodEstimate.id))
    reason: Mapped[str] = mapped_column(sa.Text)
    set_at: Mapped[datetime] = mapped_column(default=now)
    set_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))

    remains: Mapped[Remains] = relationship()
    estimate: Mapped[MethodEstimate] = relationship()
    set_by: Mapped[User | None] = relationship(foreign_keys=set_by_id)
    lifted_by: Mapped[User | None] = relationship(foreign_keys=lifted_by_id)


class ProfileSource(RemainsPart, Base):
    """Which estimate the sex, age or stature of the profile now stands on.

    Written over by hand, the profile has none.
    """

    __tablename__ = "profile_source"
    __table_args__ = (sa.UniqueConstraint("remains_id", "about"),)

    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id))
    about: Mapped[EstimateKind] = mapped_column(code_type(EstimateKind))
    estimate_id: Mapped[int] = mapped_column(sa.ForeignKey(MethodEstimate.id), index=True)

    remains: Mapped[Remains] = relationship()
    estimate: Mapped[MethodEstimate] = relationship(lazy="joined")
