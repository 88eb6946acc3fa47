"""The call list: whom to call, who may be called now, and what came of it."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.identity import own_account
from caseman.accounts.reading import opened
from caseman.audit.recorder import note_read
from caseman.database import now
from caseman.permissions import Permission, Scope
from caseman.reports import queries, services
from caseman.reports.codes import CallTurn, SafeChannel, YesNo
from caseman.reports.completeness import completeness
from caseman.reports.forms import UnmaskForm
from caseman.reports.forms.calls import CallForm, TellerCallForm, reach_form
from caseman.reports.models import AnteMortemReport, Informant, Reach
from caseman.reports.queries.calls import Results, known_calls, standing, to_call
from caseman.reports.views.desk import reports
from caseman.reports.views.unheard import unheard
from caseman.web.filters import day
from caseman.web.forms.moments import clock
from caseman.web.guards import current_scope, may, requires
from caseman.web.paging import asked_part, page_of
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _

Source = Callable[[Scope], Results]
_sources: list[Source] = []


def add_results(source: Source) -> Source:
    """Let a slice above say of whom a result is to be told; only its tellers learn of any."""
    _sources.append(source)
    return source


@reports.get("/calls")
@requires(Permission.REPORT_WRITE, beside=Permission.CONTACT_READ)
def calls() -> ResponseReturnValue:
    """Show whom to call: those who may be called now, or those who may not, and why."""
    asked = request.args.get("turn", CallTurn.NOW.value)
    turn = CallTurn(asked) if asked in set(CallTurn) else CallTurn.NOW
    listed = to_call(session, current_scope(), now(), _results())
    chosen, part = [each for each in listed.rows if each.turn is turn], asked_part()
    shown = chosen[part]
    opened(*(each.report.informant for each in shown if each.report.informant))
    return render_template(
        "reports/calls.html",
        page=page_of(shown, part, len(chosen)),
        turn=turn,
        voices=unheard(),
        counts={each: sum(row.turn is each for row in listed.rows) for each in CallTurn},
        listed=listed,
        completeness=completeness,
        hours=hours,
        channel=channel,
        local=local,
    )


@reports.route("/<number>/call", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE, beside=Permission.CONTACT_READ)
def call(number: str) -> ResponseReturnValue:
    """Show by which rules to call, and write down what came of it."""
    report, informant = _callable(number)
    moment, results = now(), _results()
    asked = TellerCallForm if may(Permission.FAMILY_NOTIFY) else CallForm
    form = asked(data={"called_at": moment})
    if form.validate_on_submit():
        services.record_call(session, report, own_account(), form.called())
        flash(_("The call is recorded."), "done")
        return redirect(url_for(".calls"))
    opened(informant)
    page = render_template(
        "reports/call.html",
        report=report,
        informant=informant,
        row=standing(report, current_scope(), moment, results),
        moment=moment,
        result=results.get(report.missing_person_id),
        known=known_calls(report, current_scope()),
        completeness=completeness,
        form=form,
        hours=hours,
        channel=channel,
        local=local,
    )
    return page, 422 if form.errors else 200


@reports.route("/<number>/call/contact", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE, beside=Permission.CONTACT_READ)
def call_contact(number: str) -> ResponseReturnValue:
    """Show number and code word, once; the reason is kept with the reader's name."""
    report, informant = _callable(number)
    form = UnmaskForm()
    if not form.validate_on_submit():
        page = render_template("reports/step.html", form=form, report=report, step="contact")
        return page, 422 if form.errors else 200
    note_read(session, informant, form.reason.data)
    return render_template("reports/contact.html", report=report, informant=informant)


@reports.route("/<number>/reach", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE, beside=Permission.CONTACT_READ)
def reach(number: str) -> ResponseReturnValue:
    """Write down by which rules a family may be called, or that nobody may."""
    report = found(queries.report_by_number(session, current_scope(), number))
    informant = found(report.informant)
    form = reach_form(informant)
    if not form.validate_on_submit():
        opened(informant)
        page = render_template("reports/reach.html", form=form, report=report, informant=informant)
        return page, 422 if form.errors else 200
    form.expects(informant.version)
    may_contact = form.may_contact.data is YesNo.YES
    services.set_reach(session, informant, form.reach(informant), may_contact=may_contact)
    flash(_("It is kept how the family may be reached."), "done")
    return redirect(url_for("missing.show", number=report.missing_person.number))


def _callable(number: str) -> tuple[AnteMortemReport, Informant]:
    """Return the report and whom to call; nobody who is not to be called is found here."""
    report = found(queries.report_by_number(session, current_scope(), number))
    informant = found(report.informant)
    is_callable = informant.may_contact and report.withdrawn_at is None
    return report, found(informant if is_callable else None)


def _results() -> Results:
    if not may(Permission.FAMILY_NOTIFY):
        return {}
    scope = current_scope()
    return {person: page for source in _sources for person, page in source(scope).items()}


def hours(rules: Reach | None) -> str:
    """Return from when until when a family may be called, by its own clock."""
    if rules is None or not rules["opens"]:
        return ""
    return f"{rules['opens']}\N{EN DASH}{rules['closes']} ({clock(rules['clock'])})"


def channel(rules: Reach | None) -> SafeChannel | None:
    """Return by what way a family may be reached."""
    return SafeChannel(rules["channel"]) if rules and rules["channel"] else None


def local(rules: Reach | None, moment: datetime) -> str:
    """Return ``moment`` as the family's clock shows it, and which clock that is."""
    minutes = rules["clock"] if rules else 0
    at = moment.astimezone(timezone(timedelta(minutes=minutes)))
    return f"{day(at.date())} {at:%H:%M} {clock(minutes)}"
