"""Genotypes taken in: from a pasted text or a file, looked through before anything is stored."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.identity import own_account
from caseman.coding import N_
from caseman.database import now
from caseman.laboratory import services
from caseman.laboratory.forms import ImportForm
from caseman.laboratory.reading.files import MOST_BYTES, text_of
from caseman.laboratory.reading.genotype_files import GenotypesRead, read_genotypes
from caseman.laboratory.reading.tables import UnreadableTableError
from caseman.laboratory.services.typing import Previewed, RunFacts
from caseman.laboratory.trees import Compared, compare
from caseman.laboratory.views.blueprint import laboratory
from caseman.permissions import Permission
from caseman.values import Doubt
from caseman.web.forms import LinesField, UploadField
from caseman.web.guards import current_scope, requires
from caseman.web.unit_of_work import session, show_again
from caseman.web.words import gettext as _
from caseman.web.words import ngettext


@dataclass(frozen=True)
class Preview:
    """What a text holds, what its import would do, and what it says of kinship."""

    read: GenotypesRead
    rows: Sequence[Previewed]
    compared: Sequence[Compared]


@laboratory.route("/genotypes/import", methods=["GET", "POST"])
@requires(Permission.LABORATORY_WRITE)
def import_genotypes() -> ResponseReturnValue:
    form = ImportForm(data={"typed_on": now().date()})
    if not form.validate_on_submit():
        return _page(form, None, 422 if form.errors else 200)
    is_file = form.file.data is not None
    try:
        is_exact = take_file(form.file, form.table)
        preview = _preview(form.table.data)
    except UnreadableTableError as fault:
        (form.file if is_file else form.table).errors = [said(fault.doubt)]
        return _page(form, None, 422)
    if is_file or not form.looked.data:
        form.looked.data = False
        page = _page(form, preview, 200, is_exact=is_exact)
        show_again()
        return page
    runs = services.import_runs(session, preview.rows, form.to(RunFacts), own_account())
    flash(
        ngettext(
            "%(num)s run is stored and waits for a second analyst.",
            "%(num)s runs are stored and wait for a second analyst.",
            len(runs),
        ),
        "done",
    )
    return redirect(url_for(".runs"))


def take_file(file: UploadField, into: LinesField) -> bool:
    """Put the text of an uploaded file, if any, where it is read and can be sent again.

    Returns whether every letter could be read. Raises UnreadableTableError where the file is no
    text, or where something was pasted as well.
    """
    if file.data is None:
        return True
    found = text_of(file.content(MOST_BYTES))
    if into.data:
        raise UnreadableTableError(
            Doubt(N_("Something is pasted already. Empty the table, or send it without the file."))
        )
    into.data = into.clean(found.text)
    return found.is_exact


def _preview(text: str) -> Preview:
    read = read_genotypes(text)
    rows = services.preview(session, current_scope(), read.samples)
    codes = {row.read.name: row.specimen for row in rows if row.specimen is not None}
    return Preview(read, rows, compare(session, codes, read.trees))


def _page(
    form: ImportForm, preview: Preview | None, status: int, *, is_exact: bool = True
) -> ResponseReturnValue:
    page = render_template(
        "laboratory/import.html",
        form=form,
        preview=preview,
        rows=[_row(each) for each in preview.rows] if preview else (),
        said=said,
        is_exact=is_exact,
    )
    return page, status


def _row(row: Previewed) -> dict[str, object]:
    return {
        "name": row.read.name,
        "line": row.read.line,
        "markers": len(row.read.genotype),
        "left_out": [said(doubt) for doubt in row.read.doubts],
        "refusal": None if row.refusal is None else said(row.refusal),
    }


def said(doubt: Doubt) -> str:
    """Return a doubt in words."""
    return _(doubt.message, **doubt.values)
