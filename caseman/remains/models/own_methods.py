"""Figures that an operation has of its own, beside the methods that come with the program."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from caseman.accounts.models import Operation, User
from caseman.audit.recorder import Audited
from caseman.database import Base, JsonValue, Versioned, code_type, now
from caseman.remains.codes import OwnTableKind


class OwnFigures(Audited, Versioned):
    """Whose figures these are, and whether they are offered.

    Never changed and never deleted: retired, they are offered no more, and whoever reads a result
    made with them finds them.
    """

    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id), index=True)
    method: Mapped[str] = mapped_column(sa.String(100))
    year: Mapped[str] = mapped_column(sa.String(20))
    population: Mapped[str] = mapped_column(sa.String(200))
    added_at: Mapped[datetime] = mapped_column(default=now)
    added_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    out_of_use_at: Mapped[datetime | None]
    out_of_use_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    out_of_use_reason: Mapped[str] = mapped_column(sa.Text, default="")

    @declared_attr
    def operation(cls) -> Mapped[Operation]:  # noqa: N805 - SQLAlchemy reads it on the class
        return relationship()

    @declared_attr
    def added_by(cls: Any) -> Mapped[User | None]:  # noqa: N805
        return relationship(foreign_keys=[cls.added_by_id])

    @declared_attr
    def out_of_use_by(cls: Any) -> Mapped[User | None]:  # noqa: N805
        return relationship(foreign_keys=[cls.out_of_use_by_id])

    @property
    def title(self) -> str:
        """Author or laboratory, and year."""
        return f"{self.method} {self.year}".strip()

    @property
    def audit_subject(self) -> str:
        return self.title


class OwnEquation(OwnFigures, Base):
    """Stature in cm as ``intercept_cm + slope * x``, x the sum of lengths in cm."""

    __tablename__ = "own_equation"
    __table_args__ = (
        sa.CheckConstraint("slope > 0", name="slope"),
        sa.CheckConstraint("error_cm > 0", name="error"),
        sa.CheckConstraint("out_of_use_at IS NULL OR out_of_use_reason <> ''", name="out_of_use"),
    )

    sex: Mapped[str] = mapped_column(sa.String(3))
    """M, F or any, as the engine has it."""
    measures: Mapped[str] = mapped_column(sa.String(60))
    """Codes of the lengths, joined by a plus."""
    slope: Mapped[float]
    intercept_cm: Mapped[float]
    error_cm: Mapped[float]
    n: Mapped[int | None]
    mean_x_cm: Mapped[float | None]
    sd_x_cm: Mapped[float | None]
    lowest_cm: Mapped[float | None]
    highest_cm: Mapped[float | None]
    source: Mapped[str] = mapped_column(sa.Text)
    note: Mapped[str] = mapped_column(sa.String(500), default="")


class OwnTable(OwnFigures, Base):
    """Sizes of men and women, or ages of phases, of one method and population."""

    __tablename__ = "own_table"
    __table_args__ = (
        sa.CheckConstraint("out_of_use_at IS NULL OR out_of_use_reason <> ''", name="out_of_use"),
    )

    kind: Mapped[OwnTableKind] = mapped_column(code_type(OwnTableKind))
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JsonValue)
    """As the engine looked at them, column by column; every cell is text."""
