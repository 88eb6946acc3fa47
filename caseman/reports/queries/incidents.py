"""Which incidents missing persons are tied to, each side within its own scope."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.incidents.models import Incident
from caseman.incidents.queries import incidents
from caseman.permissions import Scope
from caseman.reports.models import IncidentPerson, MissingPerson


def incidents_of_person(
    session: Session, scope: Scope, person: MissingPerson
) -> Sequence[Incident]:
    """Return the incidents that ``person`` is tied to and the reader may know of."""
    tied = sa.select(IncidentPerson.incident_id).where(
        IncidentPerson.missing_person_id == person.id, IncidentPerson.loosened_at.is_(None)
    )
    statement = incidents(scope).where(Incident.id.in_(tied))
    return session.scalars(statement.order_by(Incident.first_day, Incident.id)).all()
