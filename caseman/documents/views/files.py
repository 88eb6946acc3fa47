"""Papers that the worker made: waiting for one, and taking it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from caseman.documents import services
from caseman.documents.models import PrintedFile
from caseman.documents.views.blueprint import documents
from caseman.documents.views.printing import as_file
from caseman.permissions import Permission
from caseman.web.guards import current_scope, requires
from caseman.web.unit_of_work import found, session


@documents.get("/files/<int:file_id>")
@requires(Permission.REMAINS_READ, Permission.CANDIDATE_READ, Permission.CUSTODY_READ)
def file(file_id: int) -> ResponseReturnValue:
    return render_template("documents/file.html", file=_own_file(file_id), kept=services.KEPT)


@documents.get("/files/<int:file_id>.pdf")
@requires(Permission.REMAINS_READ, Permission.CANDIDATE_READ, Permission.CUSTODY_READ)
def download(file_id: int) -> ResponseReturnValue:
    row = _own_file(file_id)
    return as_file(found(services.content_of(row)), row.number)


def _own_file(file_id: int) -> PrintedFile:
    """Return a paper that the reader asked for; anybody else's is not there."""
    row = found(session.get(PrintedFile, file_id))
    return found(row if row.asked_by_id == current_scope().user_id else None)
