"""Reading missing persons and reports; every query takes the reader's scope."""

from caseman.reports.queries.detail import (
    contradictions,
    history,
    person_by_number,
    photograph,
    report_by_number,
    reports_by_source,
)
from caseman.reports.queries.lists import (
    SORTS,
    PersonFilter,
    incoming_reports,
    missing_persons,
    unseen_additions,
    waiting,
)
from caseman.reports.queries.search import Found, Hit, search_names

__all__ = [
    "SORTS",
    "Found",
    "Hit",
    "PersonFilter",
    "contradictions",
    "history",
    "incoming_reports",
    "missing_persons",
    "person_by_number",
    "photograph",
    "report_by_number",
    "reports_by_source",
    "search_names",
    "unseen_additions",
    "waiting",
]
