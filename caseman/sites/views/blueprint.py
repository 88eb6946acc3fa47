"""The blueprint, and how a page finds its site."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint
from sqlalchemy.orm import Session

from caseman.permissions import Scope
from caseman.sites import queries
from caseman.sites.models import Feature, Site
from caseman.web.guards import current_scope
from caseman.web.unit_of_work import found, session

sites = Blueprint("sites", __name__, url_prefix="/sites")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number on the page of a site, and where it leads."""

    count: int
    label: str
    url: str | None = None


figures: list[Callable[[Session, Scope, Site], Figure | None]] = []
"""What slices above this one count on a site; each adds its own, None where it is closed."""


site_parts: list[Callable[[Site], str]] = []
"""What slices above this one draw on the page of a site: the HTML of a template, or nothing."""

feature_parts: list[Callable[[Feature], str]] = []
"""What slices above this one draw on the page of a feature: the HTML of a template, or nothing."""


def site_of(code: str) -> Site:
    """Return the site; 404 where it is outside the reader's scope or does not exist."""
    return found(queries.site_by_code(session, current_scope(), code))


def feature_of(code: str, number: int) -> Feature:
    """Return the feature of a site within the reader's scope, else 404."""
    return found(queries.feature_by_number(session, current_scope(), code, number))
