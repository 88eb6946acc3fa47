"""Decoys, and which photographs of effects families may see."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.identity import own_account
from caseman.accounts.reading import opened
from caseman.database import DomainError
from caseman.effects.codes import Fitness
from caseman.effects.forms.catalogues import DecoyForm, EmptyForm, FitForm
from caseman.effects.models import Decoy, EffectPhotograph
from caseman.effects.queries import catalogues as queries
from caseman.effects.services import catalogues as services
from caseman.effects.views.blueprint import record, say_why
from caseman.effects.views.catalogues import ON_A_PAGE, catalogue_of, catalogues
from caseman.effects.words import coloured
from caseman.media.codes import DerivativeKind
from caseman.media.receiving import keep, received
from caseman.media.sending import send_derivative
from caseman.permissions import Permission
from caseman.sites.queries import operations
from caseman.web.guards import current_scope, requires
from caseman.web.paging import paginate
from caseman.web.unit_of_work import found, session
from caseman.web.words import ngettext


@catalogues.get("/decoys/")
@requires(Permission.REMAINS_WRITE)
def decoys() -> ResponseReturnValue:
    newest = {"-added": Decoy.added_at, "added": Decoy.added_at}
    page = paginate(session, queries.decoys(current_scope()), newest, Decoy.id, rows=ON_A_PAGE)
    rows = [(each, coloured(each)) for each in page.items]
    return render_template("catalogues/decoys.html", page=page, rows=rows, none_asked=EmptyForm())


@catalogues.route("/decoys/new", methods=["GET", "POST"])
@requires(Permission.REMAINS_WRITE)
def add_decoys() -> ResponseReturnValue:
    form = DecoyForm()
    form.offer(operations(session, current_scope()))
    files = received(form) if form.validate_on_submit() else None
    if files is not None:
        like, operation_id = form.like(), form.operation_id.data
        try:
            rows = services.add_decoys(session, operation_id, files, like, own_account())
            said = ngettext("%(num)s decoy was added.", "%(num)s decoys were added.", len(rows))
            flash(said, "done")
            return redirect(url_for(".decoys"))
        except DomainError as refused:
            say_why(form, refused)
    if form.is_submitted():
        keep(form)
    page = render_template("catalogues/add_decoys.html", form=form)
    return page, 422 if form.is_submitted() else 200


@catalogues.post("/decoys/<number>/retire")
@requires(Permission.REMAINS_WRITE)
def retire(number: str) -> ResponseReturnValue:
    row, form = _decoy(number), EmptyForm()
    form.validate()
    form.expects(row.version)
    services.retire(row, is_retired=row.retired_at is None)
    return redirect(url_for(".decoys"))


@catalogues.get("/decoys/<number>/<kind>")
@requires(Permission.REMAINS_READ)
def decoy_picture(number: str, kind: str) -> ResponseReturnValue:
    wanted = found(kind if kind in set(DerivativeKind) else None)
    return send_derivative(_decoy(number).media_file, DerivativeKind(wanted))


@catalogues.route(
    "/effects/<path:number>/photographs/<int:photograph_id>/fit", methods=["GET", "POST"]
)
@requires(Permission.REMAINS_WRITE)
def fitness(number: str, photograph_id: int) -> ResponseReturnValue:
    effect = record(number)
    rows = [each for each in effect.photographs if each.id == photograph_id]
    photograph = found(rows[0] if rows and effect.voided_at is None else None)
    form = FitForm(data={"answer": _answer(photograph)})
    wanted = request.args.get("catalogue", "")
    back = (
        url_for(".choose", number=catalogue_of(wanted).number)
        if wanted
        else url_for("effects.show", number=number)
    )
    if form.validate_on_submit():
        services.judge_fit(photograph, own_account(), is_fit=form.answer.data is Fitness.FIT)
        return redirect(back)
    if not form.is_submitted():
        opened(photograph)
    page = render_template(
        "catalogues/fitness.html", effect=effect, photograph=photograph, form=form, back=back
    )
    return page, 422 if form.errors else 200


def _answer(photograph: EffectPhotograph) -> Fitness | None:
    if photograph.fit_by_id is None:
        return None
    return Fitness.FIT if photograph.is_fit else Fitness.UNFIT


def _decoy(number: str) -> Decoy:
    return found(queries.decoy_by_number(session, current_scope(), number))
