"""Marks, names found, and where the work stands."""

from typing import TypeVar

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from caseman.permissions import Permission
from caseman.remains import services
from caseman.remains.forms.examination import FoundNameForm, MarkForm, StatusForm
from caseman.remains.models import FoundName, Mark, Remains
from caseman.remains.views.blueprint import ask, record, remains, say_why
from caseman.web.forms import Form
from caseman.web.guards import requires
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _

Finding = TypeVar("Finding", Mark, FoundName)


@remains.route("/remains/<number>/marks/new", methods=["GET", "POST"])
@requires(Permission.EXAMINATION_WRITE)
def add_mark(number: str) -> ResponseReturnValue:
    row = record(number)
    form = MarkForm()
    if not form.validate_on_submit():
        return ask(row, form, _("Add a mark or injury"))
    region = form.region.data.value if form.region.data else ""
    services.add_mark(session, row, form.to(services.NewMark, region=region))
    return _back(row)


@remains.route("/remains/<number>/marks/<int:mark_id>/remove", methods=["GET", "POST"])
@requires(Permission.EXAMINATION_WRITE)
def remove_mark(number: str, mark_id: int) -> ResponseReturnValue:
    row = record(number)
    mark = found(_one(row.marks, mark_id))
    form = Form()
    if not form.validate_on_submit():
        return ask(
            row,
            form,
            _("Remove this mark?"),
            what=_(", ").join(filter(None, (_(mark.kind.label), mark.description or mark.code))),
            consequences=_taken_back(),
            submit=_("Remove"),
        )
    services.remove_mark(session, mark)
    return _back(row)


@remains.route("/remains/<number>/names/new", methods=["GET", "POST"])
@requires(Permission.REMAINS_WRITE)
def add_name(number: str) -> ResponseReturnValue:
    row = record(number)
    form = FoundNameForm()
    if not form.validate_on_submit():
        note = _("A name on remains may be somebody else's. It is a hint, not an identification.")
        return ask(row, form, _("Add a name that was found"), consequences=[note])
    services.add_found_name(session, row, form.to(services.NameFound))
    return _back(row)


@remains.route("/remains/<number>/names/<int:name_id>/remove", methods=["GET", "POST"])
@requires(Permission.REMAINS_WRITE)
def remove_name(number: str, name_id: int) -> ResponseReturnValue:
    row = record(number)
    name = found(_one(row.found_names, name_id))
    form = Form()
    if not form.validate_on_submit():
        return ask(
            row,
            form,
            _("Remove this name?"),
            what=name.name,
            consequences=_taken_back(),
            submit=_("Remove"),
        )
    services.remove_found_name(session, name)
    return _back(row)


@remains.route("/remains/<number>/status", methods=["GET", "POST"])
@requires(Permission.EXAMINATION_WRITE)
def status(number: str) -> ResponseReturnValue:
    row = record(number)
    form = StatusForm(row.status, data={"version": row.version})
    title = _("Change the status")
    if not form.validate_on_submit():
        return ask(row, form, title, radios=["status"])
    form.expects(row.version)
    try:
        services.change_status(session, row, form.status.data, reason=form.reason.data)
    except services.RemainsError as refused:
        say_why(form, refused)
        return ask(row, form, title, radios=["status"])
    return _back(row)


def _one(findings: list[Finding], finding_id: int) -> Finding | None:
    return next((each for each in findings if each.id == finding_id), None)


def _taken_back() -> list[str]:
    return [
        _("It leaves the record; the audit trail keeps what it said and who removed it."),
        _("Candidates are ranked anew."),
    ]


def _back(row: Remains) -> ResponseReturnValue:
    return redirect(url_for(".show", number=row.number))
