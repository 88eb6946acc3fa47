"""Missing persons: the list, the search, one person with everything told, closing and reopening."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.identity import own_account
from caseman.accounts.reading import opened
from caseman.media.codes import DerivativeKind
from caseman.media.sending import send_derivative
from caseman.permissions import Permission
from caseman.reports import queries, services
from caseman.reports.completeness import completeness
from caseman.reports.forms import CloseForm, FilterForm, ReopenForm
from caseman.reports.models import MissingPerson
from caseman.reports.views import panels
from caseman.reports.views.answers import effect_text, lines, mark_text, tooth_lines
from caseman.reports.views.rows import hit_cell, person_cell, status_tag
from caseman.web.guards import current_scope, may, requires
from caseman.web.headers import LISTENING, also
from caseman.web.paging import asked_part, page_of, paginate
from caseman.web.unit_of_work import found, session

missing = Blueprint("missing", __name__, url_prefix="/missing")


@missing.get("")
@requires(Permission.REPORT_LIST)
def index() -> ResponseReturnValue:
    text = request.args.get("q", "").strip()
    form = FilterForm(request.args)
    if text:
        return _search(text)
    wanted = form.wanted()
    page = paginate(
        session,
        queries.missing_persons(current_scope()),
        queries.SORTS,
        MissingPerson.id,
        filters=queries.conditions(wanted),
    )
    return render_template(
        "reports/list.html", page=page, form=form, active=wanted.active, draw=person_cell
    )


def _search(text: str) -> str:
    part = asked_part()
    found_ = queries.search_names(session, current_scope(), text, part=part)
    page = page_of(found_.hits, part, found_.count)
    return render_template(
        "reports/search.html", page=page, more=found_.more, text=text, draw=hit_cell
    )


@missing.get("/<number>")
@requires(Permission.REPORT_READ)
def show(number: str) -> ResponseReturnValue:
    person = found(queries.person_by_number(session, current_scope(), number))
    contacts = [report.informant for report in person.reports if report.informant]
    also(LISTENING)
    opened(person, *(contacts if may(Permission.CONTACT_READ) else ()))
    return render_template(
        "reports/person.html",
        person=person,
        lines=lines(person.reports),
        completeness=completeness,
        effect_text=effect_text,
        mark_text=mark_text,
        tooth_lines=tooth_lines,
        history=queries.history(session, person),
        panels=panels.drawn(person),
        status_tag=status_tag,
    )


@missing.route("/<number>/close", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE)
def close(number: str) -> ResponseReturnValue:
    person = found(queries.person_by_number(session, current_scope(), number))
    form = CloseForm(data={"version": person.version})
    if not form.validate_on_submit():
        page = render_template("reports/step.html", form=form, person=person, step="close")
        return page, 422 if form.errors else 200
    form.expects(person.version)
    other = (
        found(queries.person_by_number(session, current_scope(), form.other))
        if form.other
        else None
    )
    if other is None:
        services.close(session, person, form.status.data, form.reason.data)
    else:
        services.link_same(session, other, person, form.reason.data, own_account())
    return redirect(url_for(".show", number=number))


@missing.route("/<number>/reopen", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE)
def reopen(number: str) -> ResponseReturnValue:
    person = found(queries.person_by_number(session, current_scope(), number))
    form = ReopenForm(data={"version": person.version})
    if not form.validate_on_submit():
        page = render_template("reports/step.html", form=form, person=person, step="reopen")
        return page, 422 if form.errors else 200
    form.expects(person.version)
    services.reopen(session, person, form.reason.data, own_account())
    return redirect(url_for(".show", number=number))


@missing.get("/photographs/<int:photograph_id>/<kind>")
@requires(Permission.REPORT_READ)
def photograph(photograph_id: int, kind: str) -> Response:
    row = found(queries.photograph(session, current_scope(), photograph_id))
    opened(row)
    wanted = found(next((each for each in DerivativeKind if each.value == kind), None))
    return send_derivative(row.media_file, wanted)
