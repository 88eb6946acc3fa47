"""Equations of stature that an operation has of its own, beside those that come along."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import Operation, User
from caseman.audit.recorder import Audited
from caseman.database import Base, Versioned, now


class OwnEquation(Audited, Versioned, Base):
    """Stature in cm as ``intercept_cm + slope * x``, x the sum of lengths in cm.

    Never changed and never deleted: retired, it is offered no more, and whoever reads a result
    made with it finds its figures.
    """

    __tablename__ = "own_equation"
    __table_args__ = (
        sa.CheckConstraint("slope > 0", name="slope"),
        sa.CheckConstraint("error_cm > 0", name="error"),
        sa.CheckConstraint("out_of_use_at IS NULL OR out_of_use_reason <> ''", name="out_of_use"),
    )

    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id), index=True)
    method: Mapped[str] = mapped_column(sa.String(100))
    year: Mapped[str] = mapped_column(sa.String(20))
    population: Mapped[str] = mapped_column(sa.String(200))
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
    added_at: Mapped[datetime] = mapped_column(default=now)
    added_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    out_of_use_at: Mapped[datetime | None]
    out_of_use_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    out_of_use_reason: Mapped[str] = mapped_column(sa.Text, default="")

    operation: Mapped[Operation] = relationship()
    added_by: Mapped[User | None] = relationship(foreign_keys=added_by_id)
    out_of_use_by: Mapped[User | None] = relationship(foreign_keys=out_of_use_by_id)

    @property
    def title(self) -> str:
        """Author or laboratory, and year."""
        return f"{self.method} {self.year}".strip()

    @property
    def audit_subject(self) -> str:
        return self.title
