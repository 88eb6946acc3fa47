"""The blueprint, and what an incident can be tied to: each slice above adds its own kind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from flask import Blueprint
from sqlalchemy.orm import InstrumentedAttribute, Session

from caseman.incidents import queries
from caseman.incidents.models import Incident, IncidentTie
from caseman.permissions import Permission, Scope
from caseman.web.guards import current_scope
from caseman.web.unit_of_work import found, session

incidents = Blueprint("incidents", __name__, url_prefix="/incidents")


@dataclass(frozen=True, slots=True)
class Shown:
    """How the other end of a tie is shown."""

    number: str
    name: str
    url: str | None


@dataclass(frozen=True, slots=True)
class TieKind:
    """One kind of thing that an incident is tied to."""

    key: str
    """As it stands in addresses: sites, persons, traces."""
    permission: Permission
    """Without it, nobody learns that there are any."""
    title: str
    absent: str
    add: str
    number: str
    """What its number is called on the form."""
    unknown: str
    """What is said, with ``number``, where there is no such thing."""
    model: type[Any]
    """A model with ``IncidentTie`` mixed in."""
    target: InstrumentedAttribute[int]
    find: Callable[[Session, Scope, Incident, str], Any | None]
    """The thing of that number within the reader's scope and the incident's operation."""
    within: Callable[[sa.Select[Any], Scope], sa.Select[Any]]
    """Narrows a selection of ties to those whose other end lies within the scope."""
    show: Callable[[Any], Shown]

    def ties(self, scope: Scope, incident: Incident) -> sa.Select[Any]:
        """Return the ties of ``incident`` whose other end the reader may know of."""
        statement = sa.select(self.model).where(self.model.incident_id == incident.id)
        return self.within(statement, scope)


@dataclass(slots=True)
class TieKinds:
    """The kinds, in the order in which a page shows them."""

    held: dict[str, TieKind] = field(default_factory=dict)

    def add(self, kind: TieKind) -> None:
        self.held[kind.key] = kind

    def open_to(self, scope: Scope) -> Sequence[TieKind]:
        """Return the kinds that the reader may know of."""
        return [kind for kind in self.held.values() if scope.may(kind.permission)]


tie_kinds = TieKinds()


def incident_of(number: str) -> Incident:
    """Return the incident; 404 where it is outside the reader's scope or does not exist."""
    return found(queries.incident_by_number(session, current_scope(), number))


def tie_kind(key: str) -> TieKind:
    """Return the kind of that key; 404 where there is none, or none open to the reader."""
    kind = tie_kinds.held.get(key)
    return found(kind if kind and current_scope().may(kind.permission) else None)


def tie_of(kind: TieKind, incident: Incident, tie_id: int) -> IncidentTie:
    """Return one tie whose other end the reader may know of, else 404."""
    statement = kind.ties(current_scope(), incident).where(kind.model.id == tie_id)
    row: IncidentTie = found(session.scalar(statement))
    return row
