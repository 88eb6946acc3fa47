"""Who went missing in an incident, as far as anybody holds."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.database import Base
from caseman.incidents.models import IncidentTie
from caseman.reports.models.records import MissingPerson


class IncidentPerson(IncidentTie, Base):
    """A missing person held to have been where the incident was. It excludes nobody else."""

    __tablename__ = "incident_person"
    __table_args__ = (sa.UniqueConstraint("incident_id", "missing_person_id"),)

    missing_person_id: Mapped[int] = mapped_column(sa.ForeignKey(MissingPerson.id), index=True)

    missing_person: Mapped[MissingPerson] = relationship()
