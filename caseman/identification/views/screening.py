"""Screenings of DNA: how far they are, and which families could not be weighed."""

from flask import render_template
from flask.typing import ResponseReturnValue

from caseman.identification.models import ScreeningRun
from caseman.identification.queries import dna as queries
from caseman.identification.queries import runs as queries_of_runs
from caseman.identification.views.blueprint import bp
from caseman.permissions import Permission
from caseman.web.guards import current_scope, requires
from caseman.web.paging import paginate
from caseman.web.unit_of_work import session

NEWEST_FIRST = {"-started": ScreeningRun.started_at, "started": ScreeningRun.started_at}


@bp.get("/candidates/dna")
@requires(Permission.CANDIDATE_READ)
def screenings() -> ResponseReturnValue:
    scope = current_scope()
    page = paginate(session, queries.screenings(scope), NEWEST_FIRST, ScreeningRun.id)
    ids = queries.persons_left_out(page.items)
    persons = queries_of_runs.persons_within(session, scope, ids)
    return render_template("identification/screenings.html", page=page, persons=persons)
