"""Who may lie in a site: missing persons whom its incidents or its days make one think of.

A hypothesis. It filters nothing: candidates are ranked over everybody, whoever is listed here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from caseman.coding import N_
from caseman.incidents.models import Incident, IncidentSite
from caseman.incidents.queries import incidents_of_site
from caseman.permissions import Scope
from caseman.remains.codes import RemainsKind
from caseman.remains.counts import counted
from caseman.remains.models import Remains
from caseman.reports.codes import MissingPersonStatus
from caseman.reports.models import IncidentPerson, MissingPerson
from caseman.reports.queries.scope import within
from caseman.sites.models import Site

MOST = 200
"""Persons who are thought of for their days alone; those tied to an incident all come."""
BEFORE = timedelta(days=30)
"""Somebody last seen so long before may have died on the day itself."""
SETTLED = frozenset(MissingPersonStatus) - {
    MissingPersonStatus.REPORTED,
    MissingPersonStatus.INCOMPLETE,
    MissingPersonStatus.COMPLETE,
    MissingPersonStatus.REFERENCES_INSUFFICIENT,
    MissingPersonStatus.REFERENCES_SUFFICIENT,
    MissingPersonStatus.SOUGHT,
}
"""No longer looked for: located, identified, or closed."""
TIED = N_("Tied to an incident of this site")
IN_DAYS = N_("Last seen in the days of this site")
BEFORE_DAYS = N_("Last seen in the month before")
MAY_BE_DAYS = N_("Last seen in a long period that includes these days")
AFTER_DAYS = N_("Against it: last seen after these days")
WEIGHTS = {TIED: 8, IN_DAYS: 4, BEFORE_DAYS: 2, MAY_BE_DAYS: 1, AFTER_DAYS: -6}
"""Order within the list and nothing else; no probability."""
SHORT = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Expected:
    """One person and what makes one think of them here."""

    person: MissingPerson
    reasons: tuple[str, ...]

    @property
    def order(self) -> tuple[int, str]:
        """The most reasons first; among equals by number, which says nothing."""
        return -sum(WEIGHTS[reason] for reason in self.reasons), self.person.number

    @property
    def is_settled(self) -> bool:
        """Whether nobody looks for this person any more."""
        return self.person.status in SETTLED


@dataclass(frozen=True, slots=True)
class Days:
    """The days in which remains came here, as far as the site or its incidents say."""

    first: date
    last: date


def days_of(site: Site, incidents: Iterable[Incident]) -> Days | None:
    """Return the days from the first that is said to the last; None where none is."""
    rows = [*incidents]
    firsts = [site.deposit_from, *(each.first_day for each in rows)]
    lasts = [site.deposit_to, *(each.last_day for each in rows)]
    known = [day for day in (*firsts, *lasts) if day is not None]
    return Days(min(known), max(known)) if known else None


def reason_of_days(days: Days, first: date | None, last: date | None) -> str | None:
    """Return what being last seen between ``first`` and ``last`` says; None where nothing."""
    if first is None or last is None:
        return None
    if first > days.last:
        return AFTER_DAYS
    if last < days.first:
        return BEFORE_DAYS if last >= days.first - BEFORE else None
    return IN_DAYS if last - first <= SHORT else MAY_BE_DAYS


def expected_at(session: Session, scope: Scope, site: Site) -> list[Expected]:
    """Return the persons within ``scope`` who may lie in ``site``, the likeliest first."""
    days = days_of(site, incidents_of_site(session, scope, site))
    tied = {person.id: person for person in _tied(session, scope, site)}
    near = {person.id: person for person in _of_days(session, scope, site, days)}
    found = (_expected(person, days, is_tied=key in tied) for key, person in (near | tied).items())
    return sorted((each for each in found if each.reasons), key=lambda each: each.order)


def _expected(person: MissingPerson, days: Days | None, *, is_tied: bool) -> Expected:
    said = days and reason_of_days(days, person.last_seen_from, person.last_seen_to)
    return Expected(person, (*((TIED,) if is_tied else ()), *((said,) if said else ())))


def _tied(session: Session, scope: Scope, site: Site) -> Sequence[MissingPerson]:
    seen = [incident.id for incident in incidents_of_site(session, scope, site)]
    ids = (
        sa.select(IncidentPerson.missing_person_id)
        .join(IncidentSite, IncidentSite.incident_id == IncidentPerson.incident_id)
        .where(
            IncidentSite.site_id == site.id,
            IncidentSite.loosened_at.is_(None),
            IncidentPerson.loosened_at.is_(None),
            IncidentPerson.incident_id.in_(seen),
        )
    )
    statement = within(sa.select(MissingPerson), scope).where(MissingPerson.id.in_(ids))
    return session.scalars(statement).all()


def _of_days(
    session: Session, scope: Scope, site: Site, days: Days | None
) -> Sequence[MissingPerson]:
    if days is None:
        return []
    statement = within(sa.select(MissingPerson), scope).where(
        MissingPerson.operation_id == site.operation_id,
        MissingPerson.last_seen_from <= days.last,
        MissingPerson.last_seen_to >= days.first - BEFORE,
    )
    latest = (MissingPerson.last_seen_from.desc(), MissingPerson.id)
    return session.scalars(statement.order_by(*latest).limit(MOST)).all()


def bodies_at(session: Session, scope: Scope, site: Site) -> Sequence[Remains]:
    """Return the bodies recovered from ``site`` with their profiles; parts are no persons."""
    statement = counted(scope, site).where(Remains.kind == RemainsKind.BODY)
    return session.scalars(statement.options(joinedload(Remains.profile))).all()
