"""Labels of numbers that were given out: asked for, printed by the browser, or as PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.identity import actor
from caseman.audit.codes import Action
from caseman.audit.recorder import note_act
from caseman.coding import Code
from caseman.custody.numbers import several
from caseman.custody.queries import exhibits_by_number
from caseman.documents.forms import LabelsForm
from caseman.documents.labels import Label, LabelSize, label_of, sheets
from caseman.documents.pdf import STYLESHEET, can_make_pdf, make_pdf
from caseman.documents.views.blueprint import documents
from caseman.permissions import Permission
from caseman.remains.queries import printed_numbers
from caseman.web.filters import label
from caseman.web.guards import current_scope, requires
from caseman.web.installation import installation
from caseman.web.unit_of_work import session
from caseman.web.words import gettext as _
from caseman.web.words import ngettext

MOST = 500
"""Labels in one print."""


@dataclass(frozen=True, slots=True)
class Run:
    """What is printed in one go."""

    size: LabelSize
    labels: Sequence[Label]
    skip: int


@documents.get("/labels")
@requires(Permission.CUSTODY_READ)
def labels() -> ResponseReturnValue:
    """Ask which labels; what is asked for well leads to its two prints."""
    form = LabelsForm()
    run = _run(form)
    page = render_template(
        "documents/labels.html",
        form=form,
        run=run,
        can_make_pdf=can_make_pdf(),
        asked=request.args.to_dict(flat=False),
    )
    return page, 422 if form.errors else 200


@documents.get("/labels/print")
@requires(Permission.CUSTODY_READ)
def print_labels() -> ResponseReturnValue:
    run = _run(LabelsForm())
    if run is None:
        return _ask_again()
    return _page(run)


@documents.get("/labels.pdf")
@requires(Permission.CUSTODY_READ)
def labels_pdf() -> ResponseReturnValue:
    run = _run(LabelsForm())
    if run is None:
        return _ask_again()
    if not can_make_pdf():
        return _page(run)
    headers = {"Content-Disposition": 'attachment; filename="labels.pdf"'}
    pdf = make_pdf(_page(run, stylesheet=STYLESHEET))
    return Response(pdf, content_type="application/pdf", headers=headers)


def _ask_again() -> ResponseReturnValue:
    return redirect(f"{url_for('.labels')}?{request.query_string.decode()}")


def _page(run: Run, **more: object) -> str:
    """Return the print, once it is on record which numbers were taken along."""
    with installation().sessions.transaction(actor=actor()) as log:
        for number in dict.fromkeys(each.number for each in run.labels):
            note_act(log, Action.PRINT, number)
    is_sheet = run.size is LabelSize.SHEET
    pages = sheets(run.labels, run.skip) if is_sheet else [(each,) for each in run.labels]
    return render_template("documents/labels_print.html", size=run.size, pages=pages, **more)


def _run(form: LabelsForm) -> Run | None:
    """Return what is asked for; None where nothing is, or something of it cannot be printed."""
    numbers = form.wanted()
    if not numbers or not form.validate():
        return None
    known = _known(numbers)
    if unknown := [number for number in numbers if number not in known]:
        form.numbers.errors = [
            ngettext(
                "%(numbers)s was never given out, is voided, or is not open to you: no label.",
                "%(numbers)s were never given out, are voided, or are not open to you: no label.",
                len(unknown),
                numbers=several(unknown),
            )
        ]
        return None
    copies = form.copies.data or 1
    if len(numbers) * copies > MOST:
        form.numbers.errors = [_("At most %(most)s labels in one print. Make several.", most=MOST)]
        return None
    made = [label_of(number, label(known[number]), form.size.data) for number in numbers]
    return Run(form.size.data, [each for each in made for _ in range(copies)], form.skip.data or 0)


def _known(numbers: Sequence[str]) -> dict[str, Code]:
    """Return what lies in each bag: of exhibits, and of numbers printed in advance."""
    scope = current_scope()
    exhibits = exhibits_by_number(session, scope, numbers)
    known: dict[str, Code] = {
        number: row.kind for number, row in exhibits.items() if row.voided_at is None
    }
    left = [number for number in numbers if number not in exhibits]
    return known | printed_numbers(session, scope, left)
