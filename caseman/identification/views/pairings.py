"""Lists of comparisons, and one comparison side by side."""

from datetime import UTC, datetime

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.identification import queries
from caseman.identification.codes import OPEN_STATES, PairingState, Step
from caseman.identification.dna_line import DNA, dna_line
from caseman.identification.forms import EmptyForm, JudgeForm, OpenForm, ReasonForm, SignForm
from caseman.identification.models import Pairing
from caseman.identification.queries import NEXT_STEP
from caseman.identification.queries.dna import heard_of_pair
from caseman.identification.queries.viewings import recognised
from caseman.identification.services import pairings as services
from caseman.identification.services import signing
from caseman.identification.views.blueprint import bp, signer
from caseman.identification.views.comparison import Side, sides
from caseman.identification.views.held import units_beside
from caseman.identification.words.teeth import overlay
from caseman.permissions import Permission, Scope
from caseman.web.guards import current_scope, may, requires
from caseman.web.paging import paginate
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _

SORTED_BY = {"due": Pairing.due_on, "opened": Pairing.opened_at, "number": Pairing.number}


def _steps_of(scope: Scope) -> frozenset[Step]:
    return frozenset(step for step, needed in signing.PERMISSION_OF.items() if scope.may(needed))


def _lists(scope: Scope) -> dict[str, sa.ColumnElement[bool]]:
    board = frozenset({PairingState.REVIEWED, PairingState.DECIDING})
    return {
        "mine": queries.waiting_for(scope, _steps_of(scope)),
        "second": queries.in_states(frozenset({PairingState.PROPOSED})),
        "board": queries.in_states(board),
        "overdue": queries.overdue(datetime.now(UTC).date()),
        "open": queries.in_states(OPEN_STATES),
        "closed": queries.in_states(frozenset(PairingState) - OPEN_STATES),
    }


@bp.get("/pairings/")
@requires(Permission.CANDIDATE_READ)
def index() -> ResponseReturnValue:
    scope, which = current_scope(), request.args.get("list", "mine")
    page = paginate(
        session,
        queries.pairings(scope),
        SORTED_BY,
        Pairing.id,
        filters=[found(_lists(scope).get(which))],
    )
    return render_template("identification/pairings.html", page=page, which=which)


@bp.post("/pairings/open")
@requires(Permission.PAIRING_PROPOSE, Permission.PAIRING_REVIEW)
def open_pairing() -> ResponseReturnValue:
    form, scope = OpenForm(), current_scope()
    form.validate()
    remains = found(queries.remains_by_number(session, scope, form.remains.data))
    person = found(queries.person_by_number(session, scope, form.person.data))
    today = datetime.now(UTC).date()
    pairing = services.open_pairing(session, remains, person, signer(), today=today)
    return redirect(url_for(".pairing", number=pairing.number))


def _pairing(number: str) -> Pairing:
    return found(queries.pairing_by_number(session, current_scope(), number))


@bp.get("/pairings/<number>")
@requires(Permission.CANDIDATE_READ)
def pairing(number: str) -> ResponseReturnValue:
    row = _pairing(number)
    opened(row.remains, row.missing_person)
    return _page(row)


def _page(
    row: Pairing,
    form: SignForm | None = None,
    *,
    judged: JudgeForm | None = None,
    reason: ReasonForm | None = None,
) -> ResponseReturnValue:
    """Show the comparison, with the form that needs another look where one was sent."""
    step = NEXT_STEP.get(row.state)
    page = render_template(
        "identification/pairing.html",
        pairing=row,
        sides=_sides(row),
        held=units_beside(row.remains, row.missing_person),
        teeth=overlay(row.remains, row.missing_person),
        recognised=recognised(
            session, current_scope(), remains=row.remains, person=row.missing_person
        ),
        step=step,
        obstacle=signing.obstacle(row, step, current_scope()) if step else None,
        may_sign=bool(step and may(signing.PERMISSION_OF[step])),
        changed=signing.is_changed(session, row),
        form=form or SignForm(formdata=None, data={"version": row.version}),
        judge=JudgeForm(data={"version": row.version}),
        judged_form=judged,
        empty=EmptyForm(data={"version": row.version}),
        reason=reason or ReasonForm(formdata=None, data={"version": row.version}),
    )
    sent = form or judged or reason
    return page, 422 if sent and sent.errors else 200


def _sides(row: Pairing) -> list[Side]:
    """Return the lines of evidence; that of DNA is gone as soon as nothing of it may be used."""
    pair = row.remains_id, row.missing_person_id
    is_weighed = dna_line(heard_of_pair(session, *pair), pair) is not None
    return [side for side in sides(row) if side.row.line != DNA or is_weighed or row.closed_at]


@bp.post("/pairings/<number>/judge")
@requires(Permission.PAIRING_PROPOSE, Permission.PAIRING_REVIEW)
def judge(number: str) -> ResponseReturnValue:
    row, form = _pairing(number), JudgeForm()
    if not form.validate():
        return _page(row, judged=form)
    services.judge(row, [form.judgement()], signer())
    return redirect(url_for(".pairing", number=number, _anchor=form.line.data))


@bp.post("/pairings/<number>/sign")
@requires(Permission.PAIRING_PROPOSE, Permission.PAIRING_REVIEW, Permission.PAIRING_DECIDE)
def sign(number: str) -> ResponseReturnValue:
    row, form = _pairing(number), SignForm()
    if not form.validate():
        return _page(row, form)
    form.expects(row.version)
    if signing.void_if_changed(session, row):
        flash(_("A record changed after it was signed. The signatures are void."), "warning")
    else:
        signing.sign(session, row, signer(), form.signed(), scope=current_scope())
        flash(_("Signed."), "done")
    return redirect(url_for(".pairing", number=number))


@bp.post("/pairings/<number>/return")
@requires(Permission.PAIRING_REVIEW, Permission.PAIRING_DECIDE)
def give_back(number: str) -> ResponseReturnValue:
    row, form = _pairing(number), ReasonForm()
    if not form.validate():
        return _page(row, reason=form)
    signing.give_back(session, row, form.reason.data)
    flash(_("The case was returned to its proposer."), "done")
    return redirect(url_for(".pairing", number=number))


@bp.post("/pairings/<number>/close")
@requires(Permission.PAIRING_PROPOSE, Permission.PAIRING_REVIEW)
def close(number: str) -> ResponseReturnValue:
    row = _pairing(number)
    services.close_without_decision(row)
    flash(_("The comparison was put away. It can be opened again."), "done")
    return redirect(url_for(".of_remains", number=row.remains.number))
