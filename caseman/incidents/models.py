"""Incidents, and what ties one to a site, a missing person or a trace."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from caseman.accounts.models import Operation, User
from caseman.audit.recorder import Audited
from caseman.calendars import PartialDate
from caseman.database import Base, Versioned, code_type, now
from caseman.incidents.codes import IncidentKind
from caseman.sealing.fields import HasSealed, Sealed
from caseman.searching import Worded, WordIndex
from caseman.sites.models import Site


class Incident(Worded, HasSealed, Audited, Versioned, Base):
    """Something that happened, by which people died or went missing; where, in words only."""

    __tablename__ = "incident"
    found_by = ("name", "place", "region", "happened", "munitions")
    __table_args__ = (
        sa.Index("ix_incident_operation_day", "operation_id", "first_day", "id"),
        sa.Index("ix_incident_operation_kind", "operation_id", "kind", "id"),
        sa.Index("ix_incident_operation_name", "operation_id", "name", "id"),
        sa.CheckConstraint("first_day <= last_day", name="days"),
    )

    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id))
    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    kind: Mapped[IncidentKind] = mapped_column(code_type(IncidentKind))
    name: Mapped[str] = mapped_column(sa.String(200))
    began: Mapped[str] = mapped_column(sa.String(20), default="")
    """When it began, as ``PartialDate`` writes it; empty where nobody knows."""
    ended: Mapped[str] = mapped_column(sa.String(20), default="")
    first_day: Mapped[date | None]
    """The earliest day on which it can have begun."""
    last_day: Mapped[date | None]
    """The latest day on which it can have ended."""
    place: Mapped[str] = mapped_column(sa.String(300), default="")
    region: Mapped[str] = mapped_column(sa.String(120), default="")
    happened: Mapped[str] = mapped_column(sa.Text, default="")
    munitions: Mapped[str] = mapped_column(sa.Text, default="")
    """What was seen of munitions; what was recovered is tied to the incident as an exhibit."""
    informed_by_sealed: Mapped[bytes | None]
    informed_by = Sealed[str]()
    """Who told of it: may be a witness, and is never shown without a reason."""
    registered_at: Mapped[datetime] = mapped_column(default=now)

    operation: Mapped[Operation] = relationship()

    @property
    def audit_subject(self) -> str:
        return self.number

    @property
    def period(self) -> tuple[PartialDate | None, PartialDate | None]:
        """When it began and when it ended, as they were told; None where nobody knows."""
        began, ended = (
            PartialDate.parse(each) if each else None for each in (self.began, self.ended)
        )
        return began, ended


class IncidentWord(WordIndex, Base):
    """A word that an incident is found by."""

    __tablename__ = "incident_word"

    row_id: Mapped[int] = mapped_column(sa.ForeignKey(Incident.id))


Incident.word_index = IncidentWord


class IncidentTie(Audited):
    """Mix into a table that ties incidents to something; a tie once loosened can be tied again."""

    id: Any
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey(Incident.id))
    why: Mapped[str] = mapped_column(sa.Text, default="")
    """By what anybody holds that the two belong together."""
    tied_at: Mapped[datetime] = mapped_column(default=now)
    tied_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    loosened_at: Mapped[datetime | None]

    @declared_attr
    @classmethod
    def incident(cls) -> Mapped[Incident]:
        return relationship(Incident, lazy="joined")

    @declared_attr
    @classmethod
    def tied_by(cls) -> Mapped[User | None]:
        return relationship(User)

    @property
    def audit_subject(self) -> str:
        return self.incident.number


class IncidentSite(IncidentTie, Base):
    """An incident held to be the origin of what lies in a site."""

    __tablename__ = "incident_site"
    __table_args__ = (sa.UniqueConstraint("incident_id", "site_id"),)

    site_id: Mapped[int] = mapped_column(sa.ForeignKey(Site.id), index=True)

    site: Mapped[Site] = relationship()
