"""Rankings of everything: when, with what, how far; asked for and cancelled."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from caseman.identification.forms import EmptyForm
from caseman.identification.models import RankingRun
from caseman.identification.queries import runs as queries
from caseman.identification.queries.priors import prior_of
from caseman.identification.services import runs as services
from caseman.identification.views.blueprint import bp, signer
from caseman.permissions import Permission
from caseman.web.guards import requires
from caseman.web.paging import paginate
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _

NEWEST_FIRST = {"-asked": RankingRun.asked_at, "asked": RankingRun.asked_at}


@bp.get("/candidates/runs")
@requires(Permission.RANKING_READ)
def runs() -> ResponseReturnValue:
    page = paginate(session, queries.runs(), NEWEST_FIRST, RankingRun.id)
    last = queries.last_finished(session)
    return render_template(
        "identification/runs.html",
        page=page,
        last=last,
        ranked_since=queries.ranked_alone(session, last).size if last else 0,
        underway=queries.open_run(session),
        form=EmptyForm(),
    )


@bp.post("/candidates/runs")
@requires(Permission.RANKING_RUN)
def ask_run() -> ResponseReturnValue:
    _has_token()
    run = services.ask_run(session, signer())
    flash(_("Everything will be ranked in the background."), "done")
    return redirect(url_for(".run", run_id=run.id))


@bp.get("/candidates/runs/<int(max=2147483647):run_id>")
@requires(Permission.RANKING_READ)
def run(run_id: int) -> ResponseReturnValue:
    row = found(session.get(RankingRun, run_id))
    return render_template(
        "identification/run.html", run=row, prior=prior_of(row), form=EmptyForm()
    )


@bp.post("/candidates/runs/<int(max=2147483647):run_id>/cancel")
@requires(Permission.RANKING_RUN)
def cancel_run(run_id: int) -> ResponseReturnValue:
    _has_token()
    row = found(session.get(RankingRun, run_id))
    services.cancel_run(session, row, signer())
    flash(_("The ranking ends within seconds; the lists stay as they are."), "done")
    return redirect(url_for(".run", run_id=row.id))


def _has_token() -> None:
    if not EmptyForm().validate_on_submit():
        raise BadRequest
