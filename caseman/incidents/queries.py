"""Reads of incidents, each within a scope."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from caseman.incidents.codes import IncidentKind
from caseman.incidents.models import Incident, IncidentSite, IncidentWord
from caseman.permissions import Permission, Scope
from caseman.searching import says
from caseman.sites.models import Site
from caseman.sites.scope import of_site, visible_sites


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """What a list of incidents is narrowed to."""

    text: str = ""
    kind: IncidentKind | None = None
    site: str = ""
    since: date | None = None
    until: date | None = None


def incidents(scope: Scope) -> sa.Select[Incident]:
    """Return the selection of every incident within ``scope``.

    A team that covers its operation knows of all of them; another one of those that are tied to
    a site it works on.
    """
    statement = sa.select(Incident)
    if scope.everything:
        return statement
    if not scope.may(Permission.INCIDENT_READ):
        return statement.where(sa.false())
    whole = Incident.operation_id.in_(sorted(scope.whole_operation_ids))
    seen = _tied().where(IncidentSite.site_id.in_(visible_sites(scope)))
    return statement.where(sa.or_(whole, Incident.id.in_(seen)))


def _tied() -> sa.Select[int]:
    return sa.select(IncidentSite.incident_id).where(IncidentSite.loosened_at.is_(None))


def conditions(session: Session, wanted: IncidentFilter) -> Iterator[sa.ColumnElement[bool]]:
    """Yield what incidents must fit that fit ``wanted``; one without days fits any of them."""
    if wanted.text:
        number = wanted.text.strip().upper()
        words = sa.and_(*says(session, Incident.id, IncidentWord, wanted.text))
        yield sa.or_(Incident.number == number, words)
    if wanted.kind is not None:
        yield Incident.kind == wanted.kind
    if wanted.site:
        yield Incident.id.in_(_tied().where(of_site(IncidentSite.site_id, wanted.site)))
    if wanted.since is not None:
        yield sa.or_(Incident.last_day.is_(None), Incident.last_day >= wanted.since)
    if wanted.until is not None:
        yield sa.or_(Incident.first_day.is_(None), Incident.first_day <= wanted.until)


def incident_by_number(session: Session, scope: Scope, number: str) -> Incident | None:
    """Return the incident, or None where it is outside ``scope`` or does not exist."""
    statement = incidents(scope).where(Incident.number == number)
    return session.scalar(statement.options(joinedload(Incident.operation)))


def incidents_of_site(session: Session, scope: Scope, site: Site) -> Sequence[Incident]:
    """Return the incidents that are held to be the origin of what lies in ``site``."""
    tied = _tied().where(IncidentSite.site_id == site.id)
    statement = incidents(scope).where(Incident.id.in_(tied))
    return session.scalars(statement.order_by(Incident.first_day, Incident.id)).all()
