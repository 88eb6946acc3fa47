"""The family tree of a missing person, consent to comparison, and samples."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.identity import actor, own_account
from caseman.accounts.reading import opened
from caseman.database import DomainError, now
from caseman.permissions import Permission
from caseman.reports import queries, services
from caseman.reports.codes import Kin
from caseman.reports.drafts import RelativeFacts, SampleTaken
from caseman.reports.forms.relatives import (
    NO_NUMBER,
    FirstSampleForm,
    RelativeForm,
    SampleForm,
    WithdrawConsentForm,
)
from caseman.reports.models import MissingPerson, Relative
from caseman.reports.views import panels
from caseman.reports.views.missing import missing
from caseman.web.forms import Form
from caseman.web.forms.conflicts import conflict
from caseman.web.guards import current_scope, may, requires
from caseman.web.links import link
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _
from caseman.web.words import refusal


@missing.get("/<number>/relatives")
@requires(Permission.REPORT_READ)
def relatives(number: str) -> ResponseReturnValue:
    person = _person(number)
    tree = queries.relatives_of(session, person)
    opened(person, *(tree if may(Permission.CONTACT_READ) else ()))
    parts = panels.drawn_of_tree(person)
    return render_template(
        "reports/relatives.html",
        person=person,
        tree=tree,
        panels=parts,
        records=queries.own_records(session, current_scope(), tree),
        export_url=link("gedcom.take_out", number=number),
        import_url=link("gedcom.bring_in", number=number),
    )


@missing.route("/<number>/relatives/new", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE)
def add_relative(number: str) -> ResponseReturnValue:
    person = _person(number)
    form = _form_of(person)
    if not _is_valid(form, person):
        return _step(person, form, "add", 422 if form.errors else 200)
    try:
        services.add_relative(session, person, _facts(form))
    except DomainError as refused:
        return _refused(person, form, "add", refused)
    return _back(person)


@missing.route("/<number>/relatives/<int:ordinal>/correct", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE)
def correct_relative(number: str, ordinal: int) -> ResponseReturnValue:
    row = _relative(number, ordinal)
    person = row.missing_person
    opened(row)
    form = _form_of(person, row)
    if not _is_valid(form, person):
        return _step(person, form, "correct", 422 if form.errors else 200, row)
    if differences := conflict(form, _form_of(person, row, formdata=None), row.version):
        return _step(person, form, "correct", 409, row, differences=differences)
    try:
        services.correct_relative(session, row, _facts(form, row))
    except DomainError as refused:
        return _refused(person, form, "correct", refused, row)
    return _back(person)


@missing.route("/<number>/relatives/<int:ordinal>/sample", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE)
def take_sample(number: str, ordinal: int) -> ResponseReturnValue:
    row = _relative(number, ordinal)
    form = _sample_form(row)
    if not form.validate_on_submit():
        return _step(row.missing_person, form, "sample", 422 if form.errors else 200, row)
    consent = form.consent if isinstance(form, FirstSampleForm) else None
    form.expects(row.version)
    try:
        sample = services.take_sample(session, row, form.to(SampleTaken), consent, own_account())
    except DomainError as refused:
        return _refused(row.missing_person, form, "sample", refused, row)
    flash(_("Write this number on the envelope: %(number)s", number=sample.number), "done")
    return _back(row.missing_person)


@missing.route("/<number>/relatives/<int:ordinal>/withdraw", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE)
def withdraw_consent(number: str, ordinal: int) -> ResponseReturnValue:
    row = _relative(number, ordinal)
    consent = found(row.given_consent)
    form = WithdrawConsentForm(data={"version": consent.version})
    if not form.validate_on_submit():
        return _step(row.missing_person, form, "withdraw", 422 if form.errors else 200, row)
    form.expects(consent.version)
    services.withdraw_consent(session, consent, form.reason.data, own_account())
    flash(_("From now on nothing of this person is compared."), "done")
    return _back(row.missing_person)


def _person(number: str) -> MissingPerson:
    return found(queries.person_by_number(session, current_scope(), number))


def _relative(number: str, ordinal: int) -> Relative:
    tree = queries.relatives_of(session, _person(number))
    return found(next((each for each in tree if each.ordinal == ordinal), None))


def _is_valid(form: RelativeForm, person: MissingPerson) -> bool:
    """Say whether what was sent is valid, and its number that of another record within reach."""
    if not form.validate_on_submit():
        return False
    number = form.record_number
    if number is None or (number != person.number and _record(number) is not None):
        return True
    form.own_record.errors = [NO_NUMBER]
    return False


def _facts(form: RelativeForm, row: Relative | None = None) -> RelativeFacts:
    """Return what was answered; a record that the reader could not see stays named."""
    if form.record_number:
        record = found(_record(form.record_number))
        return form.to(RelativeFacts, own_record_id=record.id)
    hidden = row.own_record_id if row is not None and not _own_number(row) else None
    return form.to(RelativeFacts, own_record_id=hidden)


def _own_number(row: Relative) -> str:
    """Return the number of the relative's own record, if it is within the reader's scope."""
    return next(iter(queries.own_records(session, current_scope(), [row]).values()), "")


def _record(number: str) -> MissingPerson | None:
    return queries.person_by_number(session, current_scope(), number)


def _form_of(person: MissingPerson, row: Relative | None = None, **how: Any) -> RelativeForm:  # noqa: ANN401
    data = None
    if row is not None:
        names = ("version", "kin", "sex", "through_id", "bond", "living", "name", "note")
        data = {name: getattr(row, name) for name in names}
        data["own_record"] = _own_number(row)
    form = RelativeForm(data=data, **how)
    others = (each for each in queries.relatives_of(session, person) if each is not row)
    form.offer((each.id, each.ordinal, each.kin) for each in others)
    return form


def _sample_form(row: Relative) -> SampleForm:
    kind = SampleForm if row.given_consent is not None else FirstSampleForm
    shown = {"version": row.version, "taken_on": now().date(), "taken_by": actor().name}
    form = kind(data=shown)
    if row.kin is Kin.SELF:
        form.of_own()
    return form


def _step(
    person: MissingPerson,
    form: Form,
    step: str,
    status: int,
    row: Relative | None = None,
    **more: object,
) -> ResponseReturnValue:
    page = render_template(
        "reports/relative_step.html", person=person, form=form, step=step, relative=row, **more
    )
    return page, status


def _refused(
    person: MissingPerson,
    form: Form,
    step: str,
    refused: DomainError,
    row: Relative | None = None,
) -> ResponseReturnValue:
    form.form_errors = [refusal(refused)]
    return _step(person, form, step, 422, row)


def _back(person: MissingPerson) -> ResponseReturnValue:
    return redirect(url_for("missing.relatives", number=person.number))
