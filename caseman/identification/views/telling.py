"""Telling a family stage by stage: who is next, who was told by whom, who is not told yet."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.identification.codes import Outcome
from caseman.identification.forms import EmptyForm
from caseman.identification.forms.telling import LeaveOutForm, PlanForm
from caseman.identification.models import Decision, RelativeToTell
from caseman.identification.queries.telling import (
    relative_of,
    relatives_to_tell,
    to_be_told,
    waiting_of,
)
from caseman.identification.services import telling as services
from caseman.identification.views.blueprint import bp, signer
from caseman.identification.views.decisions import decision_or_404
from caseman.permissions import Permission, Scope
from caseman.reports.views.calls import add_results
from caseman.web.guards import current_scope, requires
from caseman.web.paging import asked_part, page_of
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _


@bp.get("/families-to-tell")
@requires(Permission.FAMILY_NOTIFY)
def families_to_tell() -> ResponseReturnValue:
    everybody, part = to_be_told(session, current_scope()), asked_part()
    shown = everybody[part]
    return render_template(
        "identification/families_to_tell.html",
        page=page_of(shown, part, len(everybody)),
        waiting=waiting_of(session, shown),
    )


@bp.route("/decisions/<number>/family", methods=["GET", "POST"])
@requires(Permission.FAMILY_NOTIFY)
def family_to_tell(number: str) -> ResponseReturnValue:
    row, form = _identified(number), PlanForm()
    if form.validate_on_submit():
        services.plan_to_tell(session, row, signer(), form.who.data, form.relation.data)
        flash(_("It is kept whom to tell."), "done")
        return redirect(url_for(".family_to_tell", number=number))
    relatives = relatives_to_tell(session, row)
    opened(*relatives, *row.notifications)
    page = render_template(
        "identification/family_to_tell.html",
        decision=row,
        relatives=relatives,
        waiting=[each for each in relatives if each.waits],
        form=form,
        empty=EmptyForm(),
    )
    return page, 422 if form.errors else 200


@bp.post("/decisions/<number>/family/<int(max=2147483647):relative_id>/earlier")
@requires(Permission.FAMILY_NOTIFY)
def tell_earlier(number: str, relative_id: int) -> ResponseReturnValue:
    services.tell_earlier(session, _relative(_identified(number), relative_id))
    return redirect(url_for(".family_to_tell", number=number))


@bp.route(
    "/decisions/<number>/family/<int(max=2147483647):relative_id>/leave-out",
    methods=["GET", "POST"],
)
@requires(Permission.FAMILY_NOTIFY)
def leave_out(number: str, relative_id: int) -> ResponseReturnValue:
    decision = _identified(number)
    row = _relative(decision, relative_id)
    form = LeaveOutForm(data={"version": row.version})
    if not form.validate_on_submit():
        opened(row)
        page = render_template(
            "identification/leave_out.html", decision=decision, row=row, form=form
        )
        return page, 422 if form.errors else 200
    form.expects(row.version)
    services.leave_out(session, row, form.reason.data)
    return redirect(url_for(".family_to_tell", number=number))


def _identified(number: str) -> Decision:
    row = decision_or_404(number)
    return found(row if row.outcome is Outcome.IDENTIFIED else None)


def _relative(decision: Decision, relative_id: int) -> RelativeToTell:
    return found(relative_of(session, decision, relative_id))


@add_results
def results(scope: Scope) -> Mapping[int, str]:
    """Say to whoever calls families of whom a result is to be told, and where to record it."""
    return {
        row.missing_person_id: url_for("identification.family_to_tell", number=row.number)
        for row in to_be_told(session, scope)
    }
