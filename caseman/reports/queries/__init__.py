"""Reading missing persons and reports; every query takes the reader's scope."""

from caseman.reports.queries.detail import (
    contradictions,
    history,
    person_by_number,
    photograph,
    report_by_number,
    reports_by_source,
)
from caseman.reports.queries.incidents import incidents_of_person
from caseman.reports.queries.lists import (
    SORTS,
    PersonFilter,
    conditions,
    incoming_reports,
    missing_persons,
    unseen_additions,
    waiting,
)
from caseman.reports.queries.openings import Opening, openings
from caseman.reports.queries.relatives import own_records, reference_samples, relatives_of
from caseman.reports.queries.same import (
    finding_between,
    findings_between,
    findings_of,
    link_of,
    may_be_same,
)
from caseman.reports.queries.search import Found, Hit, search_names
from caseman.reports.queries.sharing import (
    SHARED_SORTS,
    asked_partners,
    consents_of,
    is_refused,
    may_be_given,
    open_sharings,
    partner_teams,
    shared_photograph,
    shared_report,
    shared_reports,
    sharings_of,
)
from caseman.reports.queries.voice import unheard_voices, voice_note

__all__ = [
    "SHARED_SORTS",
    "SORTS",
    "Found",
    "Hit",
    "Opening",
    "PersonFilter",
    "asked_partners",
    "conditions",
    "consents_of",
    "contradictions",
    "finding_between",
    "findings_between",
    "findings_of",
    "history",
    "incidents_of_person",
    "incoming_reports",
    "is_refused",
    "link_of",
    "may_be_given",
    "may_be_same",
    "missing_persons",
    "open_sharings",
    "openings",
    "own_records",
    "partner_teams",
    "person_by_number",
    "photograph",
    "reference_samples",
    "relatives_of",
    "report_by_number",
    "reports_by_source",
    "search_names",
    "shared_photograph",
    "shared_report",
    "shared_reports",
    "sharings_of",
    "unheard_voices",
    "unseen_additions",
    "voice_note",
    "waiting",
]
