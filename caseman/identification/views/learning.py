"""What was learnt from decisions: asked for, shown, taken into use, taken back, discarded."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from caseman import matching
from caseman.identification.forms import EmptyForm, TakeForm
from caseman.identification.models import LearnedModel
from caseman.identification.queries import learning as queries
from caseman.identification.services import learning as services
from caseman.identification.views.blueprint import bp, signer
from caseman.identification.words import level_said, line_name
from caseman.permissions import Permission
from caseman.web.guards import requires
from caseman.web.paging import paginate
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _

NEWEST_FIRST = {"-asked": LearnedModel.asked_at, "asked": LearnedModel.asked_at}
MODEL = "/candidates/models/<int(max=2147483647):model_id>"


@bp.get("/candidates/models")
@requires(Permission.MODEL_READ)
def models() -> ResponseReturnValue:
    return _models(TakeForm(formdata=None))


def _models(form: TakeForm) -> ResponseReturnValue:
    page = render_template(
        "identification/models.html",
        page=paginate(session, queries.learned_models(), NEWEST_FIRST, LearnedModel.id),
        uses=queries.uses(session),
        use=queries.model_in_use(session),
        underway=queries.open_lesson(session),
        decided=queries.decided_pairs(session),
        least=matching.LEAST_PAIRS,
        ask=EmptyForm(),
        form=form,
    )
    return page, 422 if form.errors else 200


@bp.post("/candidates/models")
@requires(Permission.MODEL_LEARN)
def ask_lesson() -> ResponseReturnValue:
    _has_token()
    model = services.ask_lesson(session, signer())
    flash(_("The decisions will be learnt from in the background. Nothing changes by it."), "done")
    return redirect(url_for(".model", model_id=model.id))


@bp.get(MODEL)
@requires(Permission.MODEL_READ)
def model(model_id: int) -> ResponseReturnValue:
    row = _row(model_id)
    return _page(row, TakeForm(formdata=None, data={"version": row.version}))


def _row(model_id: int) -> LearnedModel:
    return found(session.get(LearnedModel, model_id))


def _page(row: LearnedModel, form: TakeForm) -> ResponseReturnValue:
    use = queries.model_in_use(session)
    page = render_template(
        "identification/model.html",
        model=row,
        in_use=use is not None and use.learned_model_id == row.id,
        was_used=queries.was_used(session, row),
        line_name=line_name,
        level_said=level_said,
        form=form,
        empty=EmptyForm(data={"version": row.version}),
    )
    return page, 422 if form.errors else 200


@bp.post(f"{MODEL}/use")
@requires(Permission.MODEL_USE)
def use_model(model_id: int) -> ResponseReturnValue:
    row, form = _row(model_id), TakeForm()
    if not form.validate():
        return _page(row, form)
    form.expects(row.version)
    services.take_into_use(session, row, signer(), form.reason.data)
    return _taken()


@bp.post("/candidates/models/day-one/use")
@requires(Permission.MODEL_USE)
def use_day_one() -> ResponseReturnValue:
    form = TakeForm()
    if not form.validate():
        return _models(form)
    services.take_into_use(session, None, signer(), form.reason.data)
    return _taken()


def _taken() -> ResponseReturnValue:
    flash(_("The model is in use. Everything will be ranked by it in the background."), "done")
    return redirect(url_for(".models"))


@bp.post(f"{MODEL}/discard")
@requires(Permission.MODEL_USE)
def discard_model(model_id: int) -> ResponseReturnValue:
    row = _row(model_id)
    form = _has_token()
    form.expects(row.version)
    services.discard(session, row, signer())
    flash(_("The proposal was discarded. It stays to be seen here."), "done")
    return redirect(url_for(".model", model_id=row.id))


def _has_token() -> EmptyForm:
    form = EmptyForm()
    if not form.validate_on_submit():
        raise BadRequest
    return form
