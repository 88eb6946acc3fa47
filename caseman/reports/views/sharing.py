"""What partners read, and the page on which a steward opens a report to them."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.media.codes import DerivativeKind
from caseman.media.sending import send_derivative
from caseman.permissions import Permission
from caseman.reports import queries, services
from caseman.reports.forms import ShareForm, StopSharingForm
from caseman.reports.models import AnteMortemReport
from caseman.reports.views.answers import effect_text, lines, mark_text, tooth_lines
from caseman.reports.views.desk import reports
from caseman.web.guards import current_scope, requires
from caseman.web.paging import paginate
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _

shared = Blueprint("shared", __name__, url_prefix="/shared")


@shared.get("")
@requires(Permission.REPORT_READ_SHARED)
def index() -> ResponseReturnValue:
    page = paginate(
        session, queries.shared_reports(current_scope()), queries.SHARED_SORTS, AnteMortemReport.id
    )
    return render_template("reports/shared.html", page=page)


@shared.get("/<number>")
@requires(Permission.REPORT_READ_SHARED)
def show(number: str) -> ResponseReturnValue:
    report = found(queries.shared_report(session, current_scope(), number))
    opened(report)
    return render_template(
        "reports/shared_report.html",
        report=report,
        person=report.missing_person,
        lines=lines([report]),
        effect_text=effect_text,
        mark_text=mark_text,
        tooth_lines=tooth_lines,
    )


@shared.get("/photographs/<int:photograph_id>/<kind>")
@requires(Permission.REPORT_READ_SHARED)
def photograph(photograph_id: int, kind: str) -> Response:
    row = found(queries.shared_photograph(session, current_scope(), photograph_id))
    opened(row)
    wanted = found(next((each for each in DerivativeKind if each.value == kind), None))
    return send_derivative(row.media_file, wanted)


@reports.route("/<number>/sharing", methods=["GET", "POST"])
@requires(Permission.REPORT_SHARE)
def sharing(number: str) -> ResponseReturnValue:
    """Show who may read ``number`` besides us; open it to one more partner."""
    report = found(queries.report_by_number(session, current_scope(), number))
    form, teams = ShareForm(), queries.partner_teams(session, report)
    form.team_id.choices = [(team.id, f"{team.code} {team.name}") for team in teams]
    if not form.validate_on_submit():
        return _sharing_page(report, form), 422 if form.errors else 200
    team = found(next((each for each in teams if each.id == form.team_id.data), None))
    services.share(session, report, team, services.Consent(form.day, form.consent_text.data))
    flash(_("The report is open to %(team)s now.", team=team.name), "done")
    return redirect(url_for("reports.sharing", number=number))


def _sharing_page(report: AnteMortemReport, form: ShareForm) -> str:
    return render_template(
        "reports/sharing.html",
        report=report,
        person=report.missing_person,
        sharings=queries.sharings_of(session, report),
        consents=queries.consents_of(session, report),
        form=form,
    )


@reports.route("/<number>/sharing/<int:sharing_id>/end", methods=["GET", "POST"])
@requires(Permission.REPORT_SHARE)
def stop_sharing(number: str, sharing_id: int) -> ResponseReturnValue:
    report = found(queries.report_by_number(session, current_scope(), number))
    rows = queries.sharings_of(session, report)
    row = found(next((each for each in rows if each.id == sharing_id), None))
    form = StopSharingForm(data={"version": row.version})
    if not form.validate_on_submit():
        page = render_template("reports/step.html", form=form, report=report, step="stop_sharing")
        return page, 422 if form.errors else 200
    form.expects(row.version)
    services.stop_sharing(session, row, form.reason.data)
    return redirect(url_for("reports.sharing", number=number))
