"""Reports: taking one, correcting, sorting what came in, withdrawing, and who may be called."""

from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.identity import own_account
from caseman.audit.recorder import note_read
from caseman.coding.teeth import read_chart, written
from caseman.permissions import Permission
from caseman.reports import queries, services
from caseman.reports.codes import Channel, TriageState
from caseman.reports.completeness import completeness
from caseman.reports.drafts import Intake, NewReport
from caseman.reports.errors import NumberTakenError
from caseman.reports.forms import (
    NewReportForm,
    ToldTeethForm,
    TriageForm,
    UnmaskForm,
    WithdrawForm,
    corrected_answers,
    correction_form,
)
from caseman.reports.models import AnteMortemReport, DnaConsent, Relative
from caseman.reports.views.photos import received
from caseman.reports.views.unheard import unheard
from caseman.sites.queries import operations
from caseman.web.filters import tooth_mark
from caseman.web.forms.teeth import has_milk_teeth, shown
from caseman.web.guards import current_scope, requires
from caseman.web.headers import RECORDING, also
from caseman.web.links import link
from caseman.web.paging import paginate
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _
from caseman.web.words import refusal

reports = Blueprint("reports", __name__, url_prefix="/reports")


@reports.get("")
@requires(Permission.REPORT_WRITE)
def index() -> ResponseReturnValue:
    asked = request.args.get("state", TriageState.NEW.value)
    state = TriageState(asked) if asked in set(TriageState) else TriageState.NEW
    selection = queries.incoming_reports(current_scope(), state)
    columns = {"told": AnteMortemReport.told_at, "number": AnteMortemReport.number}
    return render_template(
        "reports/incoming.html",
        page=paginate(session, selection, columns, AnteMortemReport.id),
        state=state,
        states=list(TriageState),
        counts=queries.waiting(session, current_scope()),
        additions=queries.unseen_additions(session, current_scope()),
        voices=unheard(),
        completeness=completeness,
        same=partial(link, "identification.may_be_same"),
    )


@reports.route("/new", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE)
def new() -> ResponseReturnValue:
    """Take a report about somebody new or, with ``person``, about somebody known."""
    number = request.args.get("person")
    person = found(queries.person_by_number(session, current_scope(), number)) if number else None
    offered = operations(session, current_scope())
    if person:
        offered = [each for each in offered if each.id == person.operation_id]
    form = NewReportForm()
    also(RECORDING)
    form.ask(found(offered or None))
    if (
        form.wants_more()
        or not form.validate_on_submit()
        or (files := received(form.photos)) is None
    ):
        page = render_template("reports/form.html", form=form, person=person)
        return page, 422 if form.errors else 200
    draft = NewReport(
        _intake(form, form.operation_among(offered)), form.answers(), person.id if person else None
    )
    try:
        report = services.register_report(session, draft)
    except NumberTakenError as taken:
        form.paper_number.errors = [refusal(taken)]
        return render_template("reports/form.html", form=form, person=person), 409
    services.add_photographs(session, report, files)
    services.add_voice(session, report, form.sound, own_account().id)
    flash(_("The report %(number)s is stored.", number=report.number), "done")
    return redirect(url_for("missing.show", number=report.missing_person.number))


def _intake(form: NewReportForm, operation_id: int) -> Intake:
    channel = Channel.PAPER if form.number else Channel.STAFF
    return Intake(
        operation_id,
        channel,
        number=form.number,
        taken_by_id=own_account().id,
        language=form.language.data,
        interview=form.interview.data,
        helped_by=form.helped_by.data or None,
    )


@reports.route("/<number>/correct", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE)
def correct(number: str) -> ResponseReturnValue:
    report = found(queries.report_by_number(session, current_scope(), number))
    form = correction_form(report)
    form.has_room = services.has_room(report)
    also(RECORDING)
    if (
        form.wants_more()
        or not form.validate_on_submit()
        or (files := received(form.photos)) is None
    ):
        page = render_template(
            "reports/form.html", form=form, person=report.missing_person, report=report
        )
        return page, 422 if form.errors else 200
    form.expects(report.version)
    services.correct_report(session, report, corrected_answers(form, report), form.reason.data)
    services.add_photographs(session, report, files)
    services.add_voice(session, report, form.sound, own_account().id)
    return redirect(url_for("missing.show", number=report.missing_person.number))


@reports.route("/<number>/teeth", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE)
def teeth(number: str) -> ResponseReturnValue:
    """Chart what a dentist's card, an X-ray or a relative tells of single teeth."""
    report = found(queries.report_by_number(session, current_scope(), number))
    charted = read_chart(report.teeth)
    form = ToldTeethForm(data={"version": report.version, **shown(charted)})
    if form.validate_on_submit():
        form.expects(report.version)
        said = {fdi: written(*each) for fdi, each in form.charted.items()}
        services.chart_teeth(session, report, said, form.source.data)
        return redirect(url_for("missing.show", number=report.missing_person.number))
    page = render_template(
        "reports/teeth.html",
        form=form,
        report=report,
        teeth={fdi: tooth_mark(*each) for fdi, each in charted.items()},
        has_milk_teeth="milk" in request.args or has_milk_teeth(charted),
    )
    return page, 422 if form.errors else 200


@reports.route("/<number>/triage", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE)
def triage(number: str) -> ResponseReturnValue:
    report = found(queries.report_by_number(session, current_scope(), number))
    form = TriageForm(data={"note": report.triage_note, "version": report.version})
    if not form.validate_on_submit():
        page = render_template("reports/step.html", form=form, report=report, step="triage")
        return page, 422 if form.errors else 200
    form.expects(report.version)
    services.triage(session, report, form.state.data, form.note.data)
    return redirect(url_for(".index"))


@reports.route("/<number>/withdraw", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE)
def withdraw(number: str) -> ResponseReturnValue:
    report = found(queries.report_by_number(session, current_scope(), number))
    agreed = _agreed_to_dna(report)
    is_last = all(each is report or each.withdrawn_at for each in report.missing_person.reports)
    ticked = list(agreed) if is_last else []
    form = WithdrawForm(data={"version": report.version, "consents": ticked})
    form.offer([relative for relative, _consent in agreed.values()])
    if not form.validate_on_submit():
        page = render_template("reports/step.html", form=form, report=report, step="withdraw")
        return page, 422 if form.errors else 200
    form.expects(report.version)
    chosen = (form.consents.data or ()) if "consents" in form else ()
    consents = [agreed[ordinal][1] for ordinal in chosen]
    services.withdraw(session, report, form.reason.data, consents, own_account())
    return redirect(url_for("missing.show", number=report.missing_person.number))


def _agreed_to_dna(report: AnteMortemReport) -> dict[int, tuple[Relative, DnaConsent]]:
    """Return the relatives of the missing person whose consent is in force, by their ordinal."""
    tree = queries.relatives_of(session, report.missing_person)
    held = ((each, each.given_consent) for each in tree)
    return {each.ordinal: (each, given) for each, given in held if given is not None}


@reports.route("/<number>/contact", methods=["GET", "POST"])
@requires(Permission.CONTACT_UNMASK)
def contact(number: str) -> ResponseReturnValue:
    """Show who told and how to reach them, once; the reason is kept with the reader's name."""
    report = found(queries.report_by_number(session, current_scope(), number))
    informant = found(report.informant)
    form = UnmaskForm()
    if not form.validate_on_submit():
        page = render_template("reports/step.html", form=form, report=report, step="contact")
        return page, 422 if form.errors else 200
    note_read(session, informant, form.reason.data)
    return render_template("reports/contact.html", report=report, informant=informant)


@reports.post("/additions/<int:addition_id>")
@requires(Permission.REPORT_WRITE)
def take_note(addition_id: int) -> ResponseReturnValue:
    waiting = queries.unseen_additions(session, current_scope())
    services.take_note(found(next((each for each in waiting if each.id == addition_id), None)))
    return redirect(url_for(".index"))
