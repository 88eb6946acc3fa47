"""Papers about a site or one of its features: the log of recovery, and the dossier."""

from collections.abc import Mapping, Sequence
from typing import Any

from caseman.documents.codes import PaperKind
from caseman.documents.queries.field import Ground, Work, ground_of, photographed, work_on
from caseman.documents.views.printing import Content, Paper, offer
from caseman.documents.words import CASE_WORDS
from caseman.effects.plan import Plan, PlanKind, draw
from caseman.effects.queries.plan import placed_in
from caseman.incidents.models import Incident
from caseman.incidents.queries import incidents_of_site
from caseman.osteology import MinimumNumber
from caseman.permissions import Permission
from caseman.remains.counts import bone_counts
from caseman.remains.views.counting import least_number
from caseman.sites.models import Feature
from caseman.sites.queries import status_history, teams_of
from caseman.stratigraphy.queries import contexts_of
from caseman.web.guards import current_scope, may
from caseman.web.unit_of_work import found, session


def _log(number: str) -> Content:
    return _content(_work(number), {})


def _dossier(number: str) -> Content:
    work = _work(number)
    ground = work.ground
    features = [ground.feature] if ground.feature else ground.site.features
    shows = {
        "history": status_history(session, ground.site),
        "teams": teams_of(session, ground.site),
        "features": features,
        "least": _least(ground),
        "photographed": photographed(work.standing),
        "plans": [(each, _plan(each)) for each in features],
        "plan_kinds": list(PlanKind),
        "contexts": [(each, contexts_of(session, each)) for each in features],
        "incidents": _incidents(ground),
        "shows_places": may(Permission.CUSTODY_READ),
    }
    return _content(work, shows)


def _plan(feature: Feature) -> Plan | None:
    placed, _unplaced = placed_in(session, current_scope(), feature)
    return draw(placed, feature.audit_subject)


def _incidents(ground: Ground) -> Sequence[Incident]:
    if not may(Permission.INCIDENT_READ):
        return []
    return incidents_of_site(session, current_scope(), ground.site)


def _work(number: str) -> Work:
    scope = current_scope()
    return work_on(session, scope, found(ground_of(session, scope, number)))


def _least(ground: Ground) -> tuple[MinimumNumber, list[str]] | None:
    counts = bone_counts(session, current_scope(), ground.site, ground.feature)
    return least_number(counts)


def _content(work: Work, shows: Mapping[str, Any]) -> Content:
    site = work.ground.site
    return Content(
        number=work.ground.number,
        organisation=site.operation.name,
        opens=(site,),
        rows=work.rows,
        shows={"work": work, "site": site, "feature": work.ground.feature, **CASE_WORDS, **shows},
    )


offer(
    "recovery-logs",
    "recovery_log",
    Paper(PaperKind.RECOVERY_LOG, Permission.REMAINS_READ, "documents/recovery_log.html", _log),
)
offer(
    "dossiers",
    "dossier",
    Paper(PaperKind.DOSSIER, Permission.REMAINS_READ, "documents/dossier.html", _dossier),
)
