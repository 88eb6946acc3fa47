"""Missing persons who may have been where an incident was."""

from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.incidents.models import Incident
from caseman.incidents.services import tie
from caseman.reports.models import IncidentPerson, MissingPerson


def tie_person(
    session: Session, incident: Incident, person: MissingPerson, *, by: User | None, why: str = ""
) -> IncidentPerson:
    """Hold that ``person`` may have been there: a hypothesis that hides nobody."""
    row = IncidentPerson(incident=incident, missing_person_id=person.id, why=why)
    return tie(session, row, IncidentPerson.missing_person_id, by)
