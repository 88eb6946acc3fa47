"""Effects given out on their own: prepared, approved by another person, recorded, taken back."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.custody.codes import Standing
from caseman.effects.models import PersonalEffect
from caseman.effects.queries import effect_by_number
from caseman.effects.views import panels as panels_of_effect
from caseman.identification.codes import STANDING_RELEASES
from caseman.identification.errors import ReconciliationError
from caseman.identification.forms import EmptyForm, ReasonForm
from caseman.identification.forms.effect_releases import GiveOutForm, ReceiveForm, ReturnForm
from caseman.identification.models import EffectRelease
from caseman.identification.queries import effect_releases as queries
from caseman.identification.services import effect_releases as services
from caseman.identification.views.blueprint import bp, signer
from caseman.permissions import Permission
from caseman.web.forms import Form
from caseman.web.guards import current_scope, may, requires
from caseman.web.links import link
from caseman.web.paging import paginate
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _
from caseman.web.words import refusal

NEWEST_FIRST = {
    "-prepared": EffectRelease.prepared_at,
    "prepared": EffectRelease.prepared_at,
}


@bp.get("/effect-releases")
@requires(Permission.CANDIDATE_READ)
def effect_releases() -> ResponseReturnValue:
    rows = queries.effect_releases(current_scope())
    page = paginate(session, rows, NEWEST_FIRST, EffectRelease.id)
    return render_template("identification/effect_releases.html", page=page)


@bp.route("/effect-releases/new", methods=["GET", "POST"])
@requires(Permission.RELEASE_PREPARE)
def give_out() -> ResponseReturnValue:
    asked = found(effect_by_number(session, current_scope(), request.args.get("effect", "")))
    form, offered = GiveOutForm(), queries.effects_beside(session, current_scope(), asked)
    form.offer(offered, asked)
    if form.validate_on_submit():
        chosen = [effect for effect in offered if effect.id in (form.effects.data or [])]
        told = {"basis": form.basis.data, "why": form.why.data}
        release = services.prepare(session, chosen, signer(), **told)
        return redirect(url_for(".effect_release", number=release.number))
    page = render_template("identification/give_out.html", effect=asked, form=form, offered=offered)
    return page, 422 if form.errors else 200


@bp.get("/effect-releases/<number>")
@requires(Permission.CANDIDATE_READ)
def effect_release(number: str) -> ResponseReturnValue:
    row = _release(number)
    opened(row)
    bags = [each.effect.exhibit for each in row.items if each.effect.exhibit is not None]
    away = row.released_on is not None and row.ended_on is None
    kept = [bag.number for bag in bags if away and bag.standing is not Standing.RELEASED]
    return render_template(
        "identification/effect_release.html",
        release=row,
        empty=EmptyForm(),
        exhibits=bags,
        at_odds=kept,
        hand_over=link("custody.new_transfer", number=kept),
    )


@bp.post("/effect-releases/<number>/approve")
@requires(Permission.RELEASE_APPROVE)
def approve_effects(number: str) -> ResponseReturnValue:
    services.approve(_release(number), signer())
    flash(_("The hand-over is approved."), "done")
    return redirect(url_for(".effect_release", number=number))


@bp.route("/effect-releases/<number>/record", methods=["GET", "POST"])
@requires(Permission.RELEASE_RECORD)
def hand_effects(number: str) -> ResponseReturnValue:
    row, form = _release(number), ReceiveForm()

    def record() -> None:
        services.record(row, signer(), form.recipient, form.released_on.data.latest)

    return _step(row, form, _("Record the hand-over"), record)


@bp.route("/effect-releases/<number>/halt", methods=["GET", "POST"])
@requires(Permission.RELEASE_PREPARE, Permission.RELEASE_APPROVE)
def halt_effects(number: str) -> ResponseReturnValue:
    row, form = _release(number), ReasonForm()

    def halt() -> None:
        services.halt(row, signer(), form.reason.data)

    return _step(row, form, _("Give this hand-over up"), halt)


@bp.route("/effect-releases/<number>/return", methods=["GET", "POST"])
@requires(Permission.RELEASE_RECORD)
def return_effects(number: str) -> ResponseReturnValue:
    row, form = _release(number), ReturnForm()

    def take_back() -> None:
        services.take_back(row, signer(), form.reason.data, form.returned_on.data.latest)

    return _step(row, form, _("Record that it came back"), take_back)


@bp.get("/effect-releases/<number>/receipt")
@requires(Permission.CANDIDATE_READ)
def effect_receipt(number: str) -> ResponseReturnValue:
    row = _release(number)
    opened(row)
    return render_template("identification/effect_receipt.html", release=row)


@panels_of_effect.add
def given_out(effect: PersonalEffect) -> str:
    """Draw where ``effect`` went on its own, and the way to give it out."""
    if not may(Permission.CANDIDATE_READ):
        return ""
    rows = queries.releases_of_effect(session, current_scope(), effect)
    is_free = effect.voided_at is None and not any(row.state in STANDING_RELEASES for row in rows)
    return render_template(
        "identification/given_out.html", effect=effect, releases=rows, is_free=is_free
    )


def _release(number: str) -> EffectRelease:
    return found(queries.effect_release_by_number(session, current_scope(), number))


def _step(
    row: EffectRelease, form: Form, title: str, step: Callable[[], None]
) -> ResponseReturnValue:
    """Ask for ``form`` and take ``step``; what it refuses is said on the form."""
    if not form.is_submitted():
        form.version.process_data(row.version)
    if form.validate_on_submit():
        form.expects(row.version)
        try:
            step()
            return redirect(url_for(".effect_release", number=row.number))
        except ReconciliationError as refused:
            form.form_errors = [refusal(refused)]
    page = render_template("identification/effect_step.html", release=row, form=form, title=title)
    return page, 422 if form.errors else 200
