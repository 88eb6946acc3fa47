"""One decision: what it rests on, its paper, and how it is taken back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.identification import queries
from caseman.identification.forms import EmptyForm, ReasonForm
from caseman.identification.models import Decision
from caseman.identification.queries.viewings import recognised
from caseman.identification.services import decisions as services
from caseman.identification.views.blueprint import bp, signer
from caseman.identification.views.comparison import sides, teeth_compared
from caseman.identification.views.held import units_beside
from caseman.permissions import Permission
from caseman.web.guards import current_scope, requires
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _


def decision_or_404(number: str) -> Decision:
    """Return the decision within the reader's scope."""
    return found(queries.decision_by_number(session, current_scope(), number))


@bp.get("/decisions/<number>")
@requires(Permission.CANDIDATE_READ)
def decision(number: str) -> ResponseReturnValue:
    row = decision_or_404(number)
    opened(row.remains, row.missing_person)
    return _page(row, ReasonForm(data={"version": row.version}))


def _page(row: Decision, form: ReasonForm) -> ResponseReturnValue:
    page = render_template(
        "identification/decision.html",
        decision=row,
        held=units_beside(row.remains, row.missing_person),
        dependents=services.dependents(session, row),
        pending=services.pending_revocation(row),
        form=form,
        empty=EmptyForm(),
    )
    return page, 422 if form.errors else 200


@bp.get("/decisions/<number>/report")
@requires(Permission.CANDIDATE_READ)
def report(number: str) -> ResponseReturnValue:
    row = decision_or_404(number)
    opened(row.remains, row.missing_person)
    return render_template(
        "identification/report.html",
        decision=row,
        sides=sides(row.pairing),
        teeth=teeth_compared(row.pairing),
        recognised=recognised(
            session, current_scope(), remains=row.remains, person=row.missing_person
        ),
    )


@bp.post("/decisions/<number>/revoke")
@requires(Permission.IDENTIFICATION_REVOKE)
def revoke(number: str) -> ResponseReturnValue:
    row, form = decision_or_404(number), ReasonForm()
    if not form.validate():
        return _page(row, form)
    services.ask_revocation(session, row, signer(), form.reason.data)
    flash(_("A second person of the board must confirm."), "done")
    return redirect(url_for(".decision", number=number))


@bp.post("/decisions/<number>/revoke/confirm")
@requires(Permission.IDENTIFICATION_REVOKE)
def confirm_revocation(number: str) -> ResponseReturnValue:
    row = decision_or_404(number)
    pending = found(services.pending_revocation(row))
    services.confirm_revocation(session, pending, signer())
    flash(_("The decision is revoked. See below what rested on it."), "done")
    return redirect(url_for(".decision", number=number))
