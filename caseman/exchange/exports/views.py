"""The pages from which tables and plans of graves are taken out."""

from datetime import date, datetime

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from caseman.accounts.identity import actor
from caseman.coding import Code
from caseman.database import now
from caseman.effects.plan_files import written
from caseman.effects.queries.plan import placed_in
from caseman.exchange.exports import services
from caseman.exchange.exports.forms import ExportForm, PlanExportForm
from caseman.exchange.exports.tables import EXPORTS, FileFormat
from caseman.exchange.neutral import as_csv, as_xlsx
from caseman.oversight.words import column_name
from caseman.permissions import Permission
from caseman.sites.queries import feature_by_number
from caseman.web import language, unit_of_work
from caseman.web.guards import current_scope, requires
from caseman.web.installation import installation
from caseman.web.unit_of_work import found
from caseman.web.words import gettext as _

exports = Blueprint("exports", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


@exports.route("/exports", methods=["GET", "POST"])
@requires(Permission.EXPORT)
def export() -> ResponseReturnValue:
    form = ExportForm()
    if not form.validate_on_submit():
        return _page(form), 422 if form.errors else 200
    request = form.request()
    # In a transaction of its own: that an export was refused must be on record too.
    with installation().sessions.transaction(actor=actor()) as session:
        answer = services.export(session, current_scope(), request)
    if isinstance(answer, services.Refused):
        form.form_errors.append(too_many(answer))
        return _page(form), 429
    return _file(request, answer)


@exports.route("/sites/<code>/features/<int:number>/plan/export", methods=["GET", "POST"])
@requires(Permission.EXPORT, beside=Permission.POSITION_READ)
def plan(code: str, number: int) -> ResponseReturnValue:
    """Take out the plan of a grave: in metres, or in degrees from a datum that is not kept."""
    form = PlanExportForm()
    if not form.validate_on_submit():
        return _plan_page(form, code, number), 422 if form.errors else 200
    kind, scope = form.file.data, current_scope()
    with installation().sessions.transaction(actor=actor()) as session:
        feature = found(feature_by_number(session, scope, code, number))
        placed, _unplaced = placed_in(session, scope, feature)
        name = feature.audit_subject
        entry = services.Entry(f"plan:{name}", form.purpose.data, {"file": kind})
        refused = services.charge(session, scope, len(placed), entry)
    if refused is not None:
        form.form_errors.append(too_many(refused))
        return _plan_page(form, code, number), 429
    disposition = {"Content-Disposition": f'attachment; filename="{name}-plan.{kind.suffix}"'}
    body = written(kind, name, placed, form.datum)
    return Response(body, mimetype=kind.media_type, headers=disposition)


def _plan_page(form: PlanExportForm, code: str, number: int) -> str:
    feature = found(feature_by_number(unit_of_work.session, current_scope(), code, number))
    return render_template("exchange/plan.html", form=form, feature=feature)


def _page(form: ExportForm) -> str:
    return render_template("exchange/export.html", form=form, most=services.MOST_AN_HOUR)


def too_many(answer: services.Refused) -> str:
    """Say how many records are left within the hour."""
    return _(
        "This export holds %(asked)s records, and you may take out %(left)s more within this hour. "
        "Narrow it to a site or to a period, or come back later.",
        asked=answer.asked,
        left=answer.left,
    )


def _file(request: services.Request, answer: services.Granted) -> Response:
    header = [column_name(label) for label, _attribute in EXPORTS[request.kind].columns]
    rows = ([_cell(value) for value in row] for row in answer.rows)
    if request.file is FileFormat.XLSX:
        is_mirrored = language.current().direction == "rtl"
        content, kind = as_xlsx(header, rows, right_to_left=is_mirrored), XLSX
    else:
        content, kind = as_csv(header, rows), CSV
    name = f"{request.kind.value}-{now():%Y-%m-%d}.{request.file.value}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=kind, headers=disposition)


def _cell(value: object) -> object:
    """Return a stored value as a spreadsheet shows it: codes in words, times in UTC."""
    if isinstance(value, Code):
        return _(value.label)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else value
