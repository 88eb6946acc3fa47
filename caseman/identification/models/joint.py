"""What all remains of a site say of one another's candidates: derived data, none of it audited."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.database import Base, now
from caseman.remains.models import Remains
from caseman.reports.models import MissingPerson
from caseman.sites.models import Site

EXACT = 0.0005

ROUGH = 0.02
"""From this width on bounds are told: a probability may be off by a percent either way."""


class JointSolution(Base):
    """The bodies of one site weighed all at once: nobody has two bodies."""

    __tablename__ = "joint_solution"

    site_id: Mapped[int] = mapped_column(sa.ForeignKey(Site.id), unique=True)
    solved_at: Mapped[datetime] = mapped_column(default=now)
    bodies: Mapped[int]
    left_out: Mapped[int]
    """Remains that do not compete: parts, bones and bags, and whoever is identified."""
    bound: Mapped[float]
    """The most that a probability can be off."""

    site: Mapped[Site] = relationship()

    @property
    def is_exact(self) -> bool:
        """Whether no probability, shown to a tenth of a percent, is off."""
        return self.bound < EXACT


class JointRemains(Base):
    """One body of a solution."""

    __tablename__ = "joint_remains"
    __table_args__ = (
        sa.UniqueConstraint("remains_id"),
        sa.Index("ix_joint_remains_change", "solution_id", "change", "id"),
    )

    solution_id: Mapped[int] = mapped_column(sa.ForeignKey(JointSolution.id))
    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id))
    nobody_alone: Mapped[float]
    """How probable it is that the person is none of those listed, by this list alone."""
    nobody: Mapped[float]
    """The same with all other bodies of the site."""
    change: Mapped[float]
    """How much the others change the probability of any candidate, at most."""

    solution: Mapped[JointSolution] = relationship()
    remains: Mapped[Remains] = relationship()
    pairs: Mapped[list["JointPair"]] = relationship(
        back_populates="body", order_by="JointPair.together.desc()"
    )


class JointPair(Base):
    """One candidate of a body, as probable alone and with all others."""

    __tablename__ = "joint_pair"
    __table_args__ = (sa.UniqueConstraint("joint_remains_id", "missing_person_id"),)

    joint_remains_id: Mapped[int] = mapped_column(sa.ForeignKey(JointRemains.id))
    missing_person_id: Mapped[int] = mapped_column(sa.ForeignKey(MissingPerson.id), index=True)
    alone: Mapped[float]
    together: Mapped[float]
    least: Mapped[float]
    most: Mapped[float]
    is_best: Mapped[bool]
    """Whether the likeliest assignment of all bodies gives this body this person."""

    body: Mapped[JointRemains] = relationship(back_populates="pairs")
    missing_person: Mapped[MissingPerson] = relationship()

    @property
    def is_rough(self) -> bool:
        """Whether bounds are to be told: it may be off by more than a percent."""
        return self.most - self.least > ROUGH
