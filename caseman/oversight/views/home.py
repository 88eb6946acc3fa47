"""The start page: the work at a glance, or a plain page for those who are not part of it."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import TypeVar

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from caseman.calendars import PartialDate
from caseman.custody.queries import still_open
from caseman.database import now
from caseman.oversight.links import (
    EXHIBITS,
    FAMILY,
    HAND_OVERS,
    PAIRINGS,
    PERSONS,
    REMAINS,
    REPORTS,
    SITE,
)
from caseman.oversight.navigation import navigation
from caseman.oversight.queries import checks, work
from caseman.oversight.remembering import Remembered
from caseman.permissions import Permission, Scope
from caseman.web.filters import told
from caseman.web.guards import current_scope, is_signed_in, may, requires
from caseman.web.installation import installation
from caseman.web.links import link
from caseman.web.unit_of_work import session
from caseman.web.words import gettext as _

oversight = Blueprint("oversight", __name__)
oversight.app_context_processor(navigation)

FILTERS: dict[str, dict[str, str]] = {
    "recovered": {},
    "examined": {"stage": "examined"},
    "with_candidates": {"stage": "with_candidates"},
    "identified": {"stage": "identified"},
    "released": {"stage": "released"},
}
"""What the list of remains is narrowed to for each figure."""

Cell = tuple[int, str | None]
Bar = tuple[str, int]
T = TypeVar("T")


@oversight.get("/")
@requires(Permission.PUBLIC)
def home() -> ResponseReturnValue:
    if not is_signed_in():
        return _welcome()
    if not may(Permission.DASHBOARD_READ, Permission.REPORT_READ):
        return render_template("oversight/plain.html", links=_tasks())
    scope = current_scope()
    return render_template(
        "oversight/home.html",
        watching=_watching(),
        **_progress(scope),
        waiting=_waiting(scope),
        custody=_custody(scope),
        search=_search(scope),
    )


def _progress(scope: Scope) -> dict[str, object]:
    """Return the counts of the work on remains, for those whose task it is to know them."""
    if not scope.may(Permission.DASHBOARD_READ):
        return {}
    sites = _remembered("sites", scope, work.progress_by_site)
    total = sum((site.progress for site in sites), work.Progress())
    return {
        "sites": [_row(site) for site in sites],
        "total": _cells(total),
        "charts": _charts(scope),
    }


def _watching() -> dict[str, object] | None:
    """Return what an auditor begins with: the last verification, and where to look."""
    if not may(Permission.AUDIT_READ):
        return None
    pages = [
        (_("What was done"), link("audit.index")),
        (_("Who opened what"), link("audit.access")),
        (_("Is the trail whole?"), link("audit.verifications")),
        (_("Match quality"), link("identification.quality")),
    ]
    return {"check": next(iter(checks.latest(session)), None), "pages": pages}


def _remembered(what: str, scope: Scope, count: Callable[[Session, Scope], T]) -> T:
    counts: Remembered = current_app.extensions.setdefault("caseman.oversight", Remembered())
    return counts.get(what, scope, lambda: count(session, scope))


def _welcome() -> ResponseReturnValue:
    sign_in = installation().sign_in_endpoint
    return render_template(
        "oversight/welcome.html", family=link(FAMILY), sign_in=sign_in and url_for(sign_in)
    )


def _tasks() -> list[tuple[str, str]]:
    """Return what the account is for, as (label, address)."""
    tasks = [
        (_("People and roles"), link("users.index")),
        (_("Teams and operations"), link("teams.index")),
        (_("Confirmations"), link("confirmations.index")),
        (_("Hand-overs"), link(HAND_OVERS)),
        (_("Missing persons"), link(PERSONS)),
        (_("Your account"), link("account.show")),
    ]
    return [(label, address) for label, address in tasks if address is not None]


def _row(site: work.SiteProgress) -> dict[str, object]:
    cells = _cells(site.progress, site=site.code)
    return {"code": site.code, "name": site.name, "url": link(SITE, code=site.code), **cells}


def _cells(progress: work.Progress, **place: str) -> dict[str, Cell]:
    """Return each figure with the address of the list behind it."""
    return {
        each.name: (getattr(progress, each.name), link(REMAINS, **place, **FILTERS[each.name]))
        for each in fields(progress)
    }


def _charts(scope: Scope) -> list[tuple[str, list[Bar]]]:
    return [
        (_("Recovered"), _bars(_remembered("recovered", scope, work.months_of_recovery))),
        (_("Identified"), _bars(_remembered("identified", scope, work.months_of_identification))),
        (_("Released"), _bars(_remembered("released", scope, work.months_of_release))),
    ]


def _bars(months: Sequence[work.Month]) -> list[Bar]:
    return [
        (told(PartialDate(month.first.year, month.first.month)), month.count) for month in months
    ]


def _waiting(scope: Scope) -> list[tuple[str, int, str | None]]:
    if not scope.may(Permission.CANDIDATE_READ):
        return []
    counted = work.waiting(session, scope, now().date())
    labels = {
        "mine": _("Waiting for you"),
        "second": _("Waiting for a second signature"),
        "board": _("Waiting for the board"),
        "overdue": _("Overdue"),
    }
    return [
        (label, getattr(counted, name), link(PAIRINGS, list=name)) for name, label in labels.items()
    ]


def _custody(scope: Scope) -> list[tuple[str, int, str | None]]:
    if not scope.may(Permission.CUSTODY_READ):
        return []
    counted = _remembered("custody", scope, still_open)
    return [
        (_("Waiting for receipt"), counted.waiting, link(HAND_OVERS, list="waiting")),
        (_("Does not agree"), counted.disagreeing, link(HAND_OVERS, list="disagreeing")),
        (_("Missing after a hand-over"), counted.missing, link(EXHIBITS, standing="missing")),
    ]


def _search(scope: Scope) -> list[tuple[str, int, str | None]]:
    if not scope.may(Permission.REPORT_READ):
        return []
    counted = work.search(session, scope)
    return [
        (_("Missing persons looked for"), counted.sought, link(PERSONS)),
        (_("New reports to sort"), counted.new_reports, link(REPORTS)),
    ]
