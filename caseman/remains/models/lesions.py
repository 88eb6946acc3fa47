"""Injuries and diseases of bone, as an examiner describes them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from caseman.accounts.models import User
from caseman.database import Base, Versioned, code_type, now
from caseman.remains.codes import BoneSide
from caseman.remains.lesions import (
    Activity,
    Bevel,
    Known,
    LesionKind,
    Mechanism,
    PathologyKind,
    Pattern,
    Segment,
    ShotWound,
    Timing,
    ToolClass,
)
from caseman.remains.models.remains import Mark, Remains, RemainsPart


class Lesion(RemainsPart, Versioned):
    """What injuries and diseases have in common: where, who saw it, and whether it stands."""

    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id), index=True)
    mark_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Mark.id), index=True)
    """The mark that it is compared as with what families tell, once it is kept as one."""
    element: Mapped[str] = mapped_column(sa.String(12))
    """Code of the bone, as in the inventory."""
    side: Mapped[BoneSide] = mapped_column(code_type(BoneSide))
    segment: Mapped[Segment | None] = mapped_column(code_type(Segment))
    description: Mapped[str] = mapped_column(sa.Text, default="")
    is_x_rayed: Mapped[bool] = mapped_column(default=False)
    known: Mapped[Known | None] = mapped_column(code_type(Known))
    """Whether a doctor or a relative would know of it: its individualising value."""
    described_by: Mapped[str] = mapped_column(sa.String(200), default="")
    described_on: Mapped[date | None]
    registered_at: Mapped[datetime] = mapped_column(default=now)
    struck_at: Mapped[datetime | None]
    struck_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    struck_reason: Mapped[str] = mapped_column(sa.Text, default="")

    @declared_attr
    @classmethod
    def remains(cls) -> Mapped[Remains]:
        """Return the remains it is seen on."""
        return relationship(Remains)

    @declared_attr
    @classmethod
    def struck_by(cls) -> Mapped[User | None]:
        """Return who struck it."""
        return relationship(User)


class Trauma(Lesion, Base):
    """An injury: when it came about and how that is told, what did it, what it looks like."""

    __tablename__ = "trauma"
    __table_args__ = (
        sa.CheckConstraint("struck_at IS NULL OR struck_reason <> ''", name="struck"),
        sa.CheckConstraint("least_number > 0", name="least_number"),
    )

    timing: Mapped[Timing] = mapped_column(code_type(Timing))
    criteria: Mapped[list[str]] = mapped_column(default=list)
    """What was seen that tells the time (``caseman.remains.lesions.Criterion``)."""
    mechanism: Mapped[Mechanism] = mapped_column(code_type(Mechanism))
    length_mm: Mapped[float | None]
    width_mm: Mapped[float | None]
    depth_mm: Mapped[float | None]
    fractures: Mapped[list[str]] = mapped_column(default=list)
    """How bone broke (``caseman.remains.lesions.FractureKind``)."""
    wound: Mapped[ShotWound | None] = mapped_column(code_type(ShotWound))
    bevel: Mapped[Bevel | None] = mapped_column(code_type(Bevel))
    path: Mapped[str] = mapped_column(sa.String(300), default="")
    """The way through the body, or the direction of a cut, in words."""
    projectile: Mapped[str] = mapped_column(sa.String(120), default="")
    tool: Mapped[ToolClass | None] = mapped_column(code_type(ToolClass))
    least_number: Mapped[int | None]
    """At least so many shots, blows or cuts."""
    pattern: Mapped[Pattern | None] = mapped_column(code_type(Pattern))


class Pathology(Lesion, Base):
    """A disease or an anomaly of bone."""

    __tablename__ = "pathology"
    __table_args__ = (
        sa.CheckConstraint("struck_at IS NULL OR struck_reason <> ''", name="struck"),
    )

    kind: Mapped[PathologyKind] = mapped_column(code_type(PathologyKind))
    lesion: Mapped[LesionKind | None] = mapped_column(code_type(LesionKind))
    activity: Mapped[Activity | None] = mapped_column(code_type(Activity))
    size_text: Mapped[str] = mapped_column(sa.String(120), default="")
    differential: Mapped[str] = mapped_column(sa.String(500), default="")
    """What else it could be."""
