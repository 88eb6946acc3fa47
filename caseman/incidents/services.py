"""Incidents: registered, corrected, tied to what they explain, and loosened again."""

from dataclasses import dataclass
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from caseman.accounts.models import User
from caseman.calendars import PartialDate
from caseman.database import now
from caseman.incidents.codes import IncidentKind
from caseman.incidents.models import Incident, IncidentSite, IncidentTie
from caseman.sites.drawn import new_code
from caseman.sites.models import Site

PREFIX = "IN-"

T = TypeVar("T", bound=IncidentTie)


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """What is known of an incident; all but the first two may be missing."""

    kind: IncidentKind
    name: str
    began: PartialDate | None = None
    ended: PartialDate | None = None
    place: str = ""
    region: str = ""
    happened: str = ""
    munitions: str = ""
    informed_by: str = ""
    """Empty leaves what is stored, because nobody is shown it."""


def register_incident(session: Session, operation_id: int, facts: IncidentFacts) -> Incident:
    """Add an incident to the operation, under a number drawn for it."""
    incident = Incident(operation_id=operation_id, number=PREFIX + new_code())
    correct_incident(incident, facts)
    session.add(incident)
    session.flush()
    return incident


def correct_incident(incident: Incident, facts: IncidentFacts) -> None:
    """Bring ``incident`` to what ``facts`` say; the trail keeps what it said before."""
    for name in ("kind", "name", "place", "region", "happened", "munitions"):
        setattr(incident, name, getattr(facts, name))
    began, ended = facts.began or facts.ended, facts.ended or facts.began
    incident.began = str(facts.began) if facts.began else ""
    incident.ended = str(facts.ended) if facts.ended else ""
    incident.first_day = began.earliest if began else None
    incident.last_day = ended.latest if ended else None
    if facts.informed_by:
        incident.informed_by = facts.informed_by


def tie(session: Session, row: T, target: InstrumentedAttribute[int], by: User | None) -> T:
    """Keep ``row``; where the two were tied before, that row is tied anew and returned."""
    model = type(row)
    held = session.scalar(
        sa.select(model).where(
            model.incident_id == row.incident.id, target == getattr(row, target.key)
        )
    )
    kept = held or row
    kept.why, kept.tied_at, kept.loosened_at = row.why, now(), None
    kept.tied_by_id = by.id if by is not None else None
    session.add(cast("Any", kept))
    session.flush()
    return kept


def loosen(row: IncidentTie) -> None:
    """Say that the two do not belong together; the row stays, so that this can be undone."""
    row.loosened_at = row.loosened_at or now()


def tie_again(row: IncidentTie) -> None:
    """Undo ``loosen``."""
    row.loosened_at = None


def tie_site(
    session: Session, incident: Incident, site: Site, *, by: User | None, why: str = ""
) -> IncidentSite:
    """Hold ``incident`` to be the origin of what lies in ``site``."""
    row = IncidentSite(incident=incident, site_id=site.id, why=why)
    return tie(session, row, IncidentSite.site_id, by)
