"""What another sample could tell of a family: derived, on request, gone with any change of it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.database import Base, code_type, now
from caseman.identification.codes import RunState
from caseman.reports.models import MissingPerson


class PowerAnalysis(Base):
    """What each addition to the samples of a family would bring, by simulation."""

    __tablename__ = "power_analysis"

    missing_person_id: Mapped[int] = mapped_column(sa.ForeignKey(MissingPerson.id), unique=True)
    state: Mapped[RunState] = mapped_column(code_type(RunState), default=RunState.WAITING)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]
    samples: Mapped[int]
    """How many searches were drawn for each addition."""
    needed: Mapped[float]
    """The log10 LR from which on a result reaches the laboratory's threshold."""
    additions: Mapped[list[Any]]
    """Each `{addition, relative, kin, kit, markers, power, log10_lr, error}`, most useful first."""

    missing_person: Mapped[MissingPerson] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether the worker has still to finish it."""
        return self.finished_at is None
