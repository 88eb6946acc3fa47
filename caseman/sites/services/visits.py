"""Visits: recorded when they were, corrected with what stood before kept in the trail."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy.orm import Session

from caseman.sites.codes import HazardState, VisitPurpose
from caseman.sites.models import Site, SiteVisit


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """What is known of a visit."""

    first_day: date
    last_day: date
    purpose: VisitPurpose
    hazard: HazardState
    led_by: str
    team_id: int | None = None
    hazards: str = ""
    present: str = ""
    authority: str = ""
    notes: str = ""


def record_visit(session: Session, site: Site, facts: VisitFacts) -> SiteVisit:
    """Write down that people came to ``site``."""
    visit = SiteVisit(site=site, **asdict(facts))
    session.add(visit)
    session.flush()
    return visit


def correct_visit(visit: SiteVisit, facts: VisitFacts) -> None:
    """Bring ``visit`` to what ``facts`` say."""
    for name, value in asdict(facts).items():
        setattr(visit, name, value)
