"""The family is told; remains and effects go home."""

from collections.abc import Callable
from typing import TypeVar

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.custody.codes import Standing
from caseman.effects.queries import effects_with_remains
from caseman.identification import queries
from caseman.identification.codes import ReleaseState
from caseman.identification.errors import ReconciliationError
from caseman.identification.forms import EmptyForm, HandForm, PrepareForm
from caseman.identification.forms.telling import TellForm
from caseman.identification.models import Release
from caseman.identification.queries.effect_releases import bound_effects
from caseman.identification.queries.telling import relative_of, relatives_to_tell
from caseman.identification.services import returns as services
from caseman.identification.services.telling import was_told
from caseman.identification.views.blueprint import bp, signer
from caseman.identification.views.decisions import decision_or_404
from caseman.permissions import Permission
from caseman.web.guards import current_scope, requires
from caseman.web.links import link
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _
from caseman.web.words import refusal

R = TypeVar("R")


@bp.route("/decisions/<number>/tell", methods=["GET", "POST"])
@requires(Permission.FAMILY_NOTIFY)
def tell(number: str) -> ResponseReturnValue:
    row, form = decision_or_404(number), TellForm()
    known = relatives_to_tell(session, row)
    opened(*known)
    form.offer([each for each in known if each.waits])
    if not form.validate_on_submit():
        status = 422 if form.errors else 200
        return render_template("identification/tell.html", decision=row, form=form), status
    told = services.tell_family(session, row, signer(), form.telling())
    if form.planned is not None:
        was_told(session, found(relative_of(session, row, form.planned)), told)
    flash(_("It is recorded that the family was told."), "done")
    if known:
        return redirect(url_for(".family_to_tell", number=number))
    return redirect(url_for(".decision", number=number))


@bp.route("/decisions/<number>/release", methods=["GET", "POST"])
@requires(Permission.RELEASE_PREPARE)
def prepare(number: str) -> ResponseReturnValue:
    row, form = decision_or_404(number), PrepareForm()
    why_not = _why_not(services.must_be_ready_to_prepare, row)
    if why_not and not form.is_submitted():
        return render_template("identification/prepare.html", decision=row, why_not=why_not)
    effects = effects_with_remains(session, current_scope(), row.remains)
    bound = bound_effects(session, [effect.id for effect in effects])
    effects = [effect for effect in effects if effect.id not in bound]
    form.offer(effects)
    if not form.validate_on_submit():
        status = 422 if form.errors else 200
        return render_template("identification/prepare.html", decision=row, form=form), status
    chosen = [effect for effect in effects if effect.id in (form.effects.data or [])]
    release = services.prepare_release(
        session, row, signer(), effects=chosen, not_recovered=form.not_recovered.data
    )
    return redirect(url_for(".release", number=release.number))


def _why_not(check: Callable[[R], None], row: R) -> str | None:
    """Return in words what ``check`` refuses, so that it is said before anything is typed."""
    try:
        check(row)
    except ReconciliationError as refused:
        return refusal(refused)
    return None


def _release(number: str) -> Release:
    return found(queries.release_by_number(session, current_scope(), number))


@bp.get("/releases/<number>")
@requires(Permission.CANDIDATE_READ)
def release(number: str) -> ResponseReturnValue:
    row = _release(number)
    opened(row)
    bags = queries.exhibits_of(row)
    away = row.state is ReleaseState.RELEASED
    kept = [bag.number for bag in bags if away and bag.standing is not Standing.RELEASED]
    return render_template(
        "identification/release.html",
        release=row,
        empty=EmptyForm(),
        exhibits=bags,
        at_odds=kept,
        hand_over=link("custody.new_transfer", number=kept),
    )


@bp.post("/releases/<number>/approve")
@requires(Permission.RELEASE_APPROVE)
def approve(number: str) -> ResponseReturnValue:
    services.approve_release(_release(number), signer())
    flash(_("The release is approved."), "done")
    return redirect(url_for(".release", number=number))


@bp.route("/releases/<number>/record", methods=["GET", "POST"])
@requires(Permission.RELEASE_RECORD)
def record(number: str) -> ResponseReturnValue:
    row, form = _release(number), HandForm()
    why_not = _why_not(services.must_be_ready_to_record, row)
    if why_not and not form.is_submitted():
        return render_template("identification/record.html", release=row, why_not=why_not)
    if not form.validate_on_submit():
        status = 422 if form.errors else 200
        return render_template("identification/record.html", release=row, form=form), status
    services.record_release(row, signer(), form.handing())
    flash(_("The hand-over is recorded."), "done")
    return redirect(url_for(".release", number=number))


@bp.get("/releases/<number>/receipt")
@requires(Permission.CANDIDATE_READ)
def receipt(number: str) -> ResponseReturnValue:
    row = _release(number)
    opened(row)
    return render_template("identification/receipt.html", release=row)
