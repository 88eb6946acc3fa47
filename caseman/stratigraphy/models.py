"""Contexts and how they lie to each other."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.audit.recorder import Audited
from caseman.database import Base, Versioned, code_type
from caseman.sites.models import Feature
from caseman.stratigraphy.codes import ContextKind, RelationKind


class Context(Audited, Versioned, Base):
    """A unit of the ground that was told apart from others: a layer, a fill, a cut."""

    __tablename__ = "context"
    __table_args__ = (
        sa.UniqueConstraint("feature_id", "number"),
        sa.CheckConstraint("top_m <= bottom_m", name="levels"),
    )

    feature_id: Mapped[int] = mapped_column(sa.ForeignKey(Feature.id))
    number: Mapped[int]
    kind: Mapped[ContextKind] = mapped_column(code_type(ContextKind))
    colour: Mapped[str] = mapped_column(sa.String(60), default="")
    """In words or of Munsell's chart, such as 10YR 4/3."""
    texture: Mapped[str] = mapped_column(sa.String(120), default="")
    inclusions: Mapped[str] = mapped_column(sa.String(300), default="")
    top_m: Mapped[float | None]
    """Depth of its upper side below the surface."""
    bottom_m: Mapped[float | None]
    recorded_on: Mapped[date | None]
    recorded_by: Mapped[str] = mapped_column(sa.String(200), default="")
    description: Mapped[str] = mapped_column(sa.Text, default="")
    interpretation: Mapped[str] = mapped_column(sa.Text, default="")

    feature: Mapped[Feature] = relationship(lazy="joined")

    @property
    def code(self) -> str:
        """The context within its feature, such as C003."""
        return f"C{self.number:03d}"

    @property
    def audit_subject(self) -> str:
        return f"{self.feature.audit_subject}-{self.code}"


class ContextRelation(Audited, Base):
    """How two contexts of a feature lie to each other, as it was observed."""

    __tablename__ = "context_relation"
    __table_args__ = (
        sa.UniqueConstraint("upper_id", "lower_id"),
        sa.CheckConstraint("upper_id <> lower_id", name="two"),
    )

    upper_id: Mapped[int] = mapped_column(sa.ForeignKey(Context.id))
    """The later one; of two that are the same or of one time, the one entered first."""
    lower_id: Mapped[int] = mapped_column(sa.ForeignKey(Context.id), index=True)
    kind: Mapped[RelationKind] = mapped_column(code_type(RelationKind))

    upper: Mapped[Context] = relationship(foreign_keys=[upper_id])
    lower: Mapped[Context] = relationship(foreign_keys=[lower_id])

    @property
    def audit_subject(self) -> str:
        return self.upper.audit_subject
