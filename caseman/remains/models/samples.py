"""Samples cut from remains."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.custody.models import Exhibit
from caseman.database import Base, Versioned, code_type, now
from caseman.laboratory.codes import SampleMaterial
from caseman.laboratory.models import Specimen
from caseman.remains.codes import BoneSide
from caseman.remains.models.remains import Remains, RemainsPart


class RemainsSample(RemainsPart, Versioned, Base):
    """A piece cut from remains, with a number and an exhibit of its own."""

    __tablename__ = "remains_sample"
    __table_args__ = (
        sa.CheckConstraint("weight_g > 0 and weight_g <= 1000", name="weight"),
        sa.CheckConstraint("fdi between 11 and 85", name="fdi"),
        sa.CheckConstraint("voided_at IS NULL OR void_reason <> ''", name="voided_with_reason"),
    )

    number: Mapped[str] = mapped_column(sa.String(40), unique=True)
    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id), index=True)
    exhibit_id: Mapped[int] = mapped_column(sa.ForeignKey(Exhibit.id), unique=True)
    material: Mapped[SampleMaterial] = mapped_column(code_type(SampleMaterial))
    element: Mapped[str] = mapped_column(sa.String(6), default="")
    """Code of the bone in the adult inventory, where it is one."""
    side: Mapped[BoneSide | None] = mapped_column(code_type(BoneSide))
    fdi: Mapped[int | None]
    """Which tooth, where it is one."""
    weight_g: Mapped[float | None]
    cut_on: Mapped[date]
    cut_by: Mapped[str] = mapped_column(sa.String(200))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    registered_at: Mapped[datetime] = mapped_column(default=now)
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(sa.Text, default="")
    specimen_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Specimen.id), unique=True)
    """The code it goes under: for stewards and reviewers, never on a page of the laboratory."""

    remains: Mapped[Remains] = relationship()
    exhibit: Mapped[Exhibit] = relationship()
    specimen: Mapped[Specimen | None] = relationship()
