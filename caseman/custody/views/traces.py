"""Exhibits tied to an incident as its traces: fragments, cartridge cases, what bound somebody."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from caseman.coding import N_
from caseman.custody.models import Exhibit, IncidentExhibit
from caseman.custody.queries import exhibit_by_number
from caseman.incidents.models import Incident
from caseman.incidents.views.blueprint import Shown, TieKind, tie_kinds
from caseman.permissions import Permission, Scope
from caseman.sites.scope import within_sites
from caseman.web.links import link
from caseman.web.words import lazy_gettext


def _exhibit(session: Session, scope: Scope, incident: Incident, typed: str) -> Exhibit | None:
    """Return the exhibit; an effect found on remains lies in their bag, under their number."""
    exhibit = exhibit_by_number(session, scope, typed.upper().partition("/")[0])
    here = exhibit is not None and exhibit.site.operation_id == incident.operation_id
    return exhibit if here else None


def _within(statement: sa.Select[Any], scope: Scope) -> sa.Select[Any]:
    exhibits, by = joinedload(IncidentExhibit.exhibit), joinedload(IncidentExhibit.tied_by)
    statement = statement.join(IncidentExhibit.exhibit).options(exhibits, by)
    return within_sites(statement, Exhibit.site_id, scope)


def _shown(row: IncidentExhibit) -> Shown:
    exhibit = row.exhibit
    return Shown(
        exhibit.number, exhibit.description, link("custody.exhibit", number=exhibit.number)
    )


tie_kinds.add(
    TieKind(
        key="traces",
        permission=Permission.CUSTODY_READ,
        title=lazy_gettext("Traces that were recovered"),
        absent=lazy_gettext("No exhibit is tied to it yet."),
        add=lazy_gettext("Tie an exhibit to it"),
        number=lazy_gettext("Number of the exhibit"),
        unknown=N_("There is no exhibit %(number)s here."),
        model=IncidentExhibit,
        target=IncidentExhibit.exhibit_id,
        find=_exhibit,
        within=_within,
        show=_shown,
    )
)
