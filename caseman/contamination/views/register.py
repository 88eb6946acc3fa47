"""The staff register: codes for the laboratory, names for whoever may link codes."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.identity import actor, own_account
from caseman.accounts.reading import opened
from caseman.contamination import queries, services
from caseman.contamination.forms import MemberForm, StaffSampleForm, WithdrawForm
from caseman.contamination.models import StaffMember
from caseman.contamination.services import NewMember, StaffSampleTaken
from caseman.database import now
from caseman.laboratory.models import DnaSource
from caseman.permissions import Permission
from caseman.sites.queries import operations
from caseman.web.forms import Form
from caseman.web.guards import current_scope, may, requires
from caseman.web.paging import paginate
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _
from caseman.web.words import refusal

staff = Blueprint("staff", __name__, url_prefix="/laboratory/staff")

NEWEST_FIRST = {"-registered": StaffMember.registered_at, "registered": StaffMember.registered_at}
BY_CODE = {"code": DnaSource.code}


@staff.get("")
@requires(Permission.LABORATORY_READ)
def index() -> ResponseReturnValue:
    if not may(Permission.CODE_LINK):
        page = paginate(session, queries.codes(current_scope()), BY_CODE, DnaSource.id)
        return render_template("contamination/codes.html", page=page)
    members = paginate(session, queries.members(current_scope()), NEWEST_FIRST, StaffMember.id)
    opened(*members.items)
    return render_template("contamination/members.html", page=members)


@staff.route("/new", methods=["GET", "POST"])
@requires(Permission.CODE_LINK)
def new() -> ResponseReturnValue:
    form = MemberForm(data={"taken_on": now().date(), "taken_by": actor().name})
    form.ask(found(operations(session, current_scope()) or None))
    if not form.validate_on_submit():
        page = render_template("contamination/new.html", form=form)
        return page, 422 if form.errors else 200
    row = services.register(
        session, form.operation, form.to(NewMember), form.to(StaffSampleTaken), own_account()
    )
    _say_number(row)
    return redirect(url_for(".member", number=row.number))


@staff.get("/<number>")
@requires(Permission.CODE_LINK)
def member(number: str) -> ResponseReturnValue:
    row = _member(number)
    opened(row)
    return render_template("contamination/member.html", member=row)


@staff.route("/<number>/sample", methods=["GET", "POST"])
@requires(Permission.CODE_LINK)
def take_sample(number: str) -> ResponseReturnValue:
    row = _member(number)
    shown = {"version": row.version, "taken_on": now().date(), "taken_by": actor().name}
    form = StaffSampleForm(data=shown)
    if not form.validate_on_submit():
        return _step(row, form, "sample")
    form.expects(row.version)
    try:
        services.take_sample(session, row, form.to(StaffSampleTaken))
    except services.StaffRefusedError as refused:
        form.form_errors = [refusal(refused)]
        return _step(row, form, "sample")
    _say_number(row)
    return redirect(url_for(".member", number=number))


@staff.route("/<number>/withdraw", methods=["GET", "POST"])
@requires(Permission.CODE_LINK)
def withdraw(number: str) -> ResponseReturnValue:
    row = _member(number)
    form = WithdrawForm(data={"version": row.version})
    if not form.validate_on_submit():
        return _step(row, form, "withdraw")
    form.expects(row.version)
    try:
        services.withdraw(session, row, form.reason.data, own_account())
    except services.StaffRefusedError as refused:
        form.form_errors = [refusal(refused)]
        return _step(row, form, "withdraw")
    flash(_("From now on nothing of this person is compared."), "done")
    return redirect(url_for(".member", number=number))


def _member(number: str) -> StaffMember:
    return found(queries.member_by_number(session, current_scope(), number))


def _say_number(row: StaffMember) -> None:
    number = row.samples[-1].number
    flash(_("Write this number on the envelope: %(number)s", number=number), "done")


def _step(row: StaffMember, form: Form, step: str) -> ResponseReturnValue:
    page = render_template("contamination/step.html", member=row, form=form, step=step)
    return page, 422 if form.errors else 200
