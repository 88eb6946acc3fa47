"""What a family decides, on its own page or told to somebody who writes it down."""

from typing import TypeVar

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.identity import own_account
from caseman.accounts.models import User
from caseman.permissions import Permission
from caseman.reports import queries, services
from caseman.reports.codes import ConsentPurpose, YesNo
from caseman.reports.drafts import Asked
from caseman.reports.forms import ConsentForm, TakenConsentForm
from caseman.reports.models import AnteMortemReport
from caseman.reports.views.desk import reports
from caseman.web.guards import current_scope, requires
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _

F = TypeVar("F", bound=ConsentForm)


def consent_form(kind: type[F], report: AnteMortemReport, *, several: bool) -> F:
    """Return the form with the answers in force; what was never asked is a no."""
    held = services.consents_now(session, report)
    given = {asked for asked, row in held.items() if row.is_given}
    reading = {row.team_id for row in queries.open_sharings(session, report)}
    dna = held.get(Asked(ConsentPurpose.DNA))
    informant = report.informant
    form = kind(
        data={
            "partners": sorted(reading),
            "recipients": [asked.purpose for asked in given if asked.team_id is None],
            "dna": None if dna is None else _yes_or_no(is_yes=dna.is_given),
            "may_contact": _yes_or_no(is_yes=informant is None or informant.may_contact),
        }
    )
    form.offer(queries.asked_partners(session, report), several=several)
    return form


def decide(report: AnteMortemReport, form: ConsentForm, teller: services.Teller) -> bool:
    """Let the answers count from now on; return whether anything changed."""
    changed = services.say_consent(session, report, form.said(), teller)
    reached = services.change_contact(session, report, form.reached())
    return changed or reached


@reports.route("/<number>/consent", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE)
def take_consent(number: str) -> ResponseReturnValue:
    """Write down what a family says that calls, or sits in the office."""
    report = found(queries.report_by_number(session, current_scope(), number))
    found(None if report.withdrawn_at else report)
    form = consent_form(TakenConsentForm, report, several=False)
    if not form.validate_on_submit():
        page = render_template("reports/consent.html", report=report, form=form)
        return page, 422 if form.errors else 200
    by = session.get_one(User, own_account().id)
    decide(report, form, services.Teller(form.language.data, form.heard.data, by))
    flash(_("It counts from this moment on."), "done")
    return redirect(url_for("missing.show", number=report.missing_person.number))


def _yes_or_no(*, is_yes: bool) -> YesNo:
    return YesNo.YES if is_yes else YesNo.NO
