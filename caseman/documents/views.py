"""The full file of one case, and the report of a likelihood ratio: pages to print, and PDFs.

A large file is made in the background.
"""

from functools import partial
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.identity import actor, own_account
from caseman.accounts.reading import opened
from caseman.audit.codes import Action
from caseman.audit.recorder import note_act
from caseman.database import now
from caseman.documents import queries, services
from caseman.documents.codes import PaperKind
from caseman.documents.models import PrintedFile
from caseman.documents.pdf import STYLESHEET, can_make_pdf, make_pdf
from caseman.documents.queries import CaseFile
from caseman.documents.words import CASE_WORDS
from caseman.identification.family_trees import MISSING
from caseman.identification.queries import decision_by_number, remains_by_number
from caseman.identification.views.dna import report_of
from caseman.permissions import Permission
from caseman.web.filters import moment
from caseman.web.forms import Form
from caseman.web.guards import current_scope, requires
from caseman.web.installation import installation
from caseman.web.qr import drawing
from caseman.web.unit_of_work import SAFE_METHODS, found, session

documents = Blueprint("documents", __name__, url_prefix="/documents")

LARGE = 300
"""Rows beyond which a PDF takes several seconds and is made in the background."""


@documents.get("/decisions/<number>")
@requires(Permission.CANDIDATE_READ)
def decision(number: str) -> ResponseReturnValue:
    return _paper(_of_decision(number), number)


@documents.get("/decisions/<number>.pdf")
@requires(Permission.CANDIDATE_READ)
def decision_pdf(number: str) -> ResponseReturnValue:
    return _pdf(_of_decision(number), PaperKind.DECISION, number)


@documents.post("/decisions/<number>.pdf")
@requires(Permission.CANDIDATE_READ)
def make_decision(number: str) -> ResponseReturnValue:
    return _make(_of_decision(number), PaperKind.DECISION, number)


@documents.get("/remains/<number>")
@requires(Permission.REMAINS_READ)
def remains(number: str) -> ResponseReturnValue:
    return _paper(_of_remains(number), number)


@documents.get("/remains/<number>.pdf")
@requires(Permission.REMAINS_READ)
def remains_pdf(number: str) -> ResponseReturnValue:
    return _pdf(_of_remains(number), PaperKind.REMAINS, number)


@documents.post("/remains/<number>.pdf")
@requires(Permission.REMAINS_READ)
def make_remains(number: str) -> ResponseReturnValue:
    return _make(_of_remains(number), PaperKind.REMAINS, number)


@documents.get("/dna/<int(max=2147483647):result_id>")
@requires(Permission.GENOTYPE_READ)
def dna_report(result_id: int) -> ResponseReturnValue:
    return _dna_report(report_of(result_id))


@documents.get("/dna/<int(max=2147483647):result_id>.pdf")
@requires(Permission.GENOTYPE_READ)
def dna_report_pdf(result_id: int) -> ResponseReturnValue:
    report = report_of(result_id)
    if not can_make_pdf():
        return _dna_report(report, lacks_pdf=True)
    page = _dna_report(report, stylesheet=STYLESHEET)
    return _as_file(make_pdf(page), report["result"].source.code)


def _dna_report(report: dict[str, Any], **more: object) -> str:
    """Return the report of a likelihood ratio to print, once it is on record that it was."""
    source = report["result"].source
    _printed(source.code)
    return render_template(
        "documents/dna_report.html",
        number=source.code,
        qr=drawing(source.code),
        organisation=source.operation.name,
        printed_at=moment(now()),
        printed_by=actor().name,
        # A tree on paper names nobody by letters that join: they would stand apart.
        **report | {"names": report["names"] | {MISSING: ""}},
        **more,
    )


@documents.get("/files/<int:file_id>")
@requires(Permission.REMAINS_READ, Permission.CANDIDATE_READ)
def file(file_id: int) -> ResponseReturnValue:
    return render_template("documents/file.html", file=_own_file(file_id), kept=services.KEPT)


@documents.get("/files/<int:file_id>.pdf")
@requires(Permission.REMAINS_READ, Permission.CANDIDATE_READ)
def download(file_id: int) -> ResponseReturnValue:
    row = _own_file(file_id)
    return _as_file(found(services.content_of(row)), row.number)


def _of_decision(number: str) -> CaseFile:
    scope = current_scope()
    row = found(decision_by_number(session, scope, number))
    return queries.file_of_decision(session, scope, row)


def _of_remains(number: str) -> CaseFile:
    scope = current_scope()
    row = found(remains_by_number(session, scope, number))
    return queries.file_of_remains(session, scope, row)


def _paper(case: CaseFile, number: str, *, lacks_pdf: bool = False) -> ResponseReturnValue:
    """Show the page that a browser prints, once it is on record that it was."""
    _on_record(case, number)
    return _html(case, number, lacks_pdf=lacks_pdf)


def _pdf(case: CaseFile, kind: PaperKind, number: str) -> ResponseReturnValue:
    if not can_make_pdf():
        return _paper(case, number, lacks_pdf=True)
    if case.rows > LARGE:
        return render_template("documents/large.html", form=Form(), kind=kind, number=number)
    _on_record(case, number)
    return _as_file(make_pdf(_html(case, number, stylesheet=STYLESHEET)), number)


def _make(case: CaseFile, kind: PaperKind, number: str) -> ResponseReturnValue:
    form = Form()
    if not form.validate_on_submit():
        return render_template("documents/large.html", form=form, kind=kind, number=number), 422
    _on_record(case, number)
    html = _html(case, number, stylesheet=STYLESHEET)
    row = services.ask_for(session, own_account(), kind, number, html)
    return redirect(url_for(".file", file_id=row.id))


def _on_record(case: CaseFile, number: str) -> None:
    """Write down that the reader opened these records and took them along on paper."""
    opened(case.remains, *case.persons)
    _printed(number)


def _printed(number: str) -> None:
    note = partial(note_act, action=Action.PRINT, subject=number)
    if request.method not in SAFE_METHODS:
        note(session)
        return
    with installation().sessions.transaction(actor=actor()) as log:
        note(log)


def _html(case: CaseFile, number: str, **more: object) -> str:
    return render_template(
        "documents/case_file.html",
        case=case,
        number=number,
        qr=drawing(number),
        organisation=case.remains.site.operation.name,
        printed_at=moment(now()),
        printed_by=actor().name,
        **CASE_WORDS,
        **more,
    )


def _as_file(pdf: bytes, number: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{number}.pdf"'}
    return Response(pdf, content_type="application/pdf", headers=headers)


def _own_file(file_id: int) -> PrintedFile:
    """Return a paper that the reader asked for; anybody else's is not there."""
    row = found(session.get(PrintedFile, file_id))
    return found(row if row.asked_by_id == current_scope().user_id else None)
