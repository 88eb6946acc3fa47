"""Reads of exhibits, each within a scope."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from caseman.custody.codes import ExhibitKind, Standing, Unmoved
from caseman.custody.models import Exhibit
from caseman.permissions import Scope
from caseman.searching import begins_with
from caseman.sites.models import Site
from caseman.sites.scope import of_site, within_sites

MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class ExhibitFilter:
    """What a list of exhibits is narrowed to."""

    text: str = ""
    """A number, or how it begins."""
    site: str = ""
    kind: ExhibitKind | None = None
    standing: Standing | Unmoved | None = None
    place_ids: frozenset[int] | None = None
    """Any of these places; an empty set fits nothing."""


def exhibits(scope: Scope) -> sa.Select[Exhibit]:
    """Return the selection of exhibits within ``scope``."""
    return within_sites(sa.select(Exhibit), Exhibit.site_id, scope)


def filtered(scope: Scope, wanted: ExhibitFilter) -> sa.Select[Exhibit]:
    """Return the selection of the exhibits within ``scope`` that fit ``wanted``."""
    return listed_exhibits(scope, wanted.text).where(*conditions(wanted))


def listed_exhibits(scope: Scope, begun: str = "") -> sa.Select[Exhibit]:
    """Return the exhibits within ``scope`` whose number begins so, with what a list shows."""
    statement = exhibits(scope)
    if begun:
        statement = statement.where(begins_with(Exhibit.number, begun))
    return statement.options(joinedload(Exhibit.place), joinedload(Exhibit.last_transfer))


def conditions(wanted: ExhibitFilter) -> Iterator[sa.ColumnElement[bool]]:
    """Yield what exhibits must fit that fit ``wanted``, but for their number."""
    if wanted.site:
        yield of_site(Exhibit.site_id, wanted.site)
    if wanted.kind is not None:
        yield Exhibit.kind == wanted.kind
    if wanted.place_ids is not None:
        yield Exhibit.place_id.in_(sorted(wanted.place_ids))
    if wanted.standing is not None:
        yield Exhibit.voided_at.is_(None)
        yield (
            Exhibit.standing.is_(None)
            if isinstance(wanted.standing, Unmoved)
            else Exhibit.standing == wanted.standing
        )


def how_many_exhibits(session: Session, statement: sa.Select[Exhibit]) -> int:
    """Count the rows of ``statement``, at most a thousand."""
    some = statement.with_only_columns(Exhibit.id).limit(MOST_COUNTED).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(some)) or 0


def exhibit_by_number(session: Session, scope: Scope, number: str) -> Exhibit | None:
    """Return the exhibit, or None where it is outside ``scope``."""
    site = joinedload(Exhibit.site).joinedload(Site.operation)
    return session.scalar(exhibits(scope).where(Exhibit.number == number).options(site))


def exhibits_by_number(
    session: Session, scope: Scope, numbers: Iterable[str]
) -> dict[str, Exhibit]:
    """Return those of the numbered exhibits that lie within ``scope``, in the order asked for."""
    asked = list(dict.fromkeys(numbers))
    rows = session.scalars(exhibits(scope).where(Exhibit.number.in_(asked)))
    found = {exhibit.number: exhibit for exhibit in rows}
    return {number: found[number] for number in asked if number in found}
