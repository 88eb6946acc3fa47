"""Pages of the exports of genotypes: asked for under codes, released by another person, fetched."""

from datetime import timedelta

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.identity import actor, own_account
from caseman.accounts.reading import opened
from caseman.database import now
from caseman.exchange.exports.services import Refused
from caseman.exchange.exports.views import too_many
from caseman.exchange.genotypes import queries, services
from caseman.exchange.genotypes.forms import (
    USUAL_DAYS,
    AskFamilyForm,
    AskForm,
    FetchForm,
    RefuseForm,
    ReleaseForm,
)
from caseman.exchange.genotypes.services import Asked, ExportRefusedError, Subject
from caseman.exchange.models import GenotypeExport
from caseman.identification.queries.dna import sources_of_families
from caseman.kinship import KinshipError
from caseman.laboratory.codes import SourceKind
from caseman.laboratory.models import DnaSource
from caseman.laboratory.queries import source_by_code, submission_by_number
from caseman.permissions import Permission
from caseman.web.forms import Form
from caseman.web.guards import current_scope, requires
from caseman.web.installation import installation
from caseman.web.paging import paginate
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _
from caseman.web.words import refusal

genotypes = Blueprint("genotype_exports", __name__, url_prefix="/exports/genotypes")

NEWEST_FIRST = {"-asked": GenotypeExport.asked_at, "asked": GenotypeExport.asked_at}


@genotypes.get("")
@requires(Permission.GENOTYPE_EXPORT, Permission.GENOTYPE_RELEASE)
def index() -> ResponseReturnValue:
    page = paginate(session, queries.exports(current_scope()), NEWEST_FIRST, GenotypeExport.id)
    return render_template("exchange/genotypes/list.html", page=page, today=now().date())


@genotypes.route("/submissions/<number>/new", methods=["GET", "POST"])
@requires(Permission.GENOTYPE_EXPORT)
def ask_submission(number: str) -> ResponseReturnValue:
    row = found(submission_by_number(session, current_scope(), number))
    form = AskForm()
    if form.validate_on_submit():
        return _asked(form, Subject(row.operation_id, submission=row))
    return _ask_page(form, _("Submission %(number)s", number=number))


@genotypes.route("/families/<code>/new", methods=["GET", "POST"])
@requires(Permission.GENOTYPE_EXPORT)
def ask_family(code: str) -> ResponseReturnValue:
    source = found(source_by_code(session, current_scope(), code))
    families = {each.id: each for each in queries.families_of(session, source)}
    form = AskFamilyForm(data={"beside": request.args.get("beside", "")})
    form.offer(sources_of_families(session, list(found(families or None))))
    if form.validate_on_submit():
        remains = _remains(form, source.operation_id)
        if not form.errors:
            family = families[form.family_id]
            subject = Subject(source.operation_id, family=family, remains=remains)
            return _asked(form, subject)
    return _ask_page(form, _("Family of %(code)s", code=code))


def _remains(form: AskFamilyForm, operation_id: int) -> DnaSource | None:
    """Return the source that was named, if any; say on the field where there is none."""
    typed = (form.beside.data or "").upper()
    row = source_by_code(session, current_scope(), typed) if typed else None
    if not typed:
        return None
    if row is not None and row.kind is SourceKind.REMAINS and row.operation_id == operation_id:
        return row
    form.beside.errors = [_("No remains here have this code. It begins with D-.")]
    return None


def _asked(form: AskForm, subject: Subject) -> ResponseReturnValue:
    row = services.ask(session, subject, form.to(Asked), own_account())
    flash(_("Another person must release it before it can be fetched."), "done")
    return redirect(url_for(".show", number=row.number))


def _ask_page(form: AskForm, about: str) -> ResponseReturnValue:
    page = render_template("exchange/genotypes/ask.html", form=form, about=about)
    return page, 422 if form.errors else 200


@genotypes.get("/<number>")
@requires(Permission.GENOTYPE_EXPORT, Permission.GENOTYPE_RELEASE)
def show(number: str) -> ResponseReturnValue:
    row = _export(number)
    opened(row)
    return _page(row, FetchForm(), 200)


@genotypes.route("/<number>/release", methods=["GET", "POST"])
@requires(Permission.GENOTYPE_RELEASE)
def release(number: str) -> ResponseReturnValue:
    row = _export(number)
    usual = now().date() + timedelta(days=USUAL_DAYS)
    form = ReleaseForm(data={"version": row.version, "until": usual})
    if form.validate_on_submit():
        form.expects(row.version)
        try:
            services.release(session, row, form.until.data, own_account())  # type: ignore[arg-type]
        except ExportRefusedError as refused:
            form.form_errors = [refusal(refused)]
        else:
            return redirect(url_for(".show", number=number))
    return _step(row, form, "release")


@genotypes.route("/<number>/refuse", methods=["GET", "POST"])
@requires(Permission.GENOTYPE_RELEASE)
def refuse(number: str) -> ResponseReturnValue:
    row = _export(number)
    form = RefuseForm(data={"version": row.version})
    if form.validate_on_submit():
        form.expects(row.version)
        try:
            services.refuse(session, row, form.reason.data, own_account())
        except ExportRefusedError as refused:
            form.form_errors = [refusal(refused)]
        else:
            return redirect(url_for(".show", number=number))
    return _step(row, form, "refuse")


@genotypes.post("/<number>/file")
@requires(Permission.GENOTYPE_EXPORT)
def fetch(number: str) -> ResponseReturnValue:
    form = FetchForm()
    if not form.validate():
        return _page(_export(number), form, 422)
    try:
        # In a transaction of its own: that too many were asked for must be on record.
        with installation().sessions.transaction(actor=actor()) as own:
            answer = services.fetch(own, current_scope(), number)
    except ExportRefusedError as refused:
        form.form_errors = [refusal(refused)]
        return _page(_export(number), form, 422)
    except KinshipError:
        form.form_errors = [_contradicts()]
        return _page(_export(number), form, 422)
    if isinstance(answer, Refused):
        form.form_errors = [too_many(answer)]
        return _page(_export(number), form, 429)
    file = found(answer)
    disposition = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.content, content_type="text/plain; charset=utf-8", headers=disposition)


def _export(number: str) -> GenotypeExport:
    return found(queries.export_by_number(session, current_scope(), number))


def _contradicts() -> str:
    return _("The family tree contradicts itself. It must be corrected before it can leave.")


def _page(row: GenotypeExport, form: Form, status: int) -> ResponseReturnValue:
    """Show an export with how much of it could leave now, and to whom a code belongs to nobody."""
    profiles, fault = 0, None
    try:
        profiles = len(queries.content_of(session, row).typed)
    except KinshipError:
        fault = _contradicts()
    person_id = row.missing_person_id
    codes = sources_of_families(session, [person_id]) if person_id is not None else {}
    page = render_template(
        "exchange/genotypes/export.html",
        row=row,
        form=form,
        profiles=profiles,
        fault=fault,
        codes=codes.get(person_id or 0, []),
        today=now().date(),
        is_own=row.asked_by.person_id == own_account().person_id,
    )
    return page, status


def _step(row: GenotypeExport, form: Form, step: str) -> ResponseReturnValue:
    page = render_template("exchange/genotypes/step.html", row=row, form=form, step=step)
    return page, 422 if form.errors else 200
