"""Missing persons on the page of an incident, and incidents on the page of a missing person."""

from typing import Any

import sqlalchemy as sa
from flask import render_template
from sqlalchemy.orm import Session, joinedload

from caseman.coding import N_
from caseman.incidents.models import Incident
from caseman.incidents.views.blueprint import Shown, TieKind, tie_kinds
from caseman.permissions import Permission, Scope
from caseman.reports.models import IncidentPerson, MissingPerson
from caseman.reports.numbers import PERSON, read_number
from caseman.reports.queries import incidents_of_person, person_by_number
from caseman.reports.queries.scope import within
from caseman.reports.views import panels
from caseman.web.guards import current_scope, may
from caseman.web.links import link
from caseman.web.unit_of_work import session
from caseman.web.words import lazy_gettext


def _person(session: Session, scope: Scope, incident: Incident, typed: str) -> MissingPerson | None:
    number = read_number(typed, PERSON)
    person = person_by_number(session, scope, number) if number else None
    here = person is not None and person.operation_id == incident.operation_id
    return person if here else None


def _within(statement: sa.Select[Any], scope: Scope) -> sa.Select[Any]:
    persons, by = joinedload(IncidentPerson.missing_person), joinedload(IncidentPerson.tied_by)
    return within(statement.join(IncidentPerson.missing_person).options(persons, by), scope)


def _shown(row: IncidentPerson) -> Shown:
    person = row.missing_person
    return Shown(person.number, person.name, link("missing.show", number=person.number))


tie_kinds.add(
    TieKind(
        key="persons",
        permission=Permission.REPORT_READ,
        title=lazy_gettext("Missing persons who may have been there"),
        absent=lazy_gettext("No missing person is tied to it yet."),
        add=lazy_gettext("Tie a missing person to it"),
        number=lazy_gettext("Number of the missing person"),
        unknown=N_("There is no missing person %(number)s here."),
        model=IncidentPerson,
        target=IncidentPerson.missing_person_id,
        find=_person,
        within=_within,
        show=_shown,
    )
)


@panels.add
def of_person(person: MissingPerson) -> str:
    """Draw the incidents of ``person``; nothing for who may read none, or where there is none."""
    if not may(Permission.INCIDENT_READ):
        return ""
    rows = incidents_of_person(session, current_scope(), person)
    return render_template("incidents/of_person.html", incidents=rows) if rows else ""
