"""What lists of remains are narrowed by."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from caseman.coding import SexEstimate
from caseman.database import Base, code_type
from caseman.remains.codes import Completeness
from caseman.remains.models.remains import (
    BiologicalProfile,
    RecoveryEvent,
    Remains,
    RemainsPhotograph,
)
from caseman.summaries import Summary


class RemainsSummary(Base):
    """What stands in other tables about remains, repeated here where an index can find it."""

    __tablename__ = "remains_summary"
    __table_args__ = (
        sa.Index("ix_remains_summary_sex", "sex", "remains_id"),
        sa.Index("ix_remains_summary_completeness", "completeness", "remains_id"),
        sa.Index("ix_remains_summary_is_photographed", "is_photographed", "remains_id"),
        sa.Index("ix_remains_summary_is_examined", "is_examined", "remains_id"),
        sa.Index("ix_remains_summary_has_candidates", "has_candidates", "remains_id"),
    )

    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id), unique=True)
    sex: Mapped[SexEstimate | None] = mapped_column(code_type(SexEstimate))
    completeness: Mapped[Completeness | None] = mapped_column(code_type(Completeness))
    is_photographed: Mapped[bool] = mapped_column(default=False)
    is_examined: Mapped[bool] = mapped_column(default=False)
    has_candidates: Mapped[bool] = mapped_column(default=False)
    """Whether the last ranking listed anybody; the ranking says so."""


EXAMINED = sa.or_(
    BiologicalProfile.examined_on.is_not(None),
    BiologicalProfile.sex.is_not(None),
    BiologicalProfile.age_min.is_not(None),
    BiologicalProfile.stature_cm.is_not(None),
)


def _value(column: Any) -> sa.ScalarSelect[Any]:  # noqa: ANN401 - a column of a part
    same = column.class_.remains_id == RemainsSummary.remains_id
    return sa.select(column).where(same).scalar_subquery()


Summary(
    table=RemainsSummary,
    subject=Remains,
    key="remains_id",
    parts=(BiologicalProfile, RecoveryEvent, RemainsPhotograph),
    values={
        "sex": _value(BiologicalProfile.sex),
        "completeness": _value(RecoveryEvent.completeness),
        "is_photographed": sa.exists().where(
            RemainsPhotograph.remains_id == RemainsSummary.remains_id
        ),
        "is_examined": sa.exists().where(
            BiologicalProfile.remains_id == RemainsSummary.remains_id, EXAMINED
        ),
    },
).follow()
