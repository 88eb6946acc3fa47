"""Papers made in the background: asked for with their page, made by the worker, kept a day."""

import base64
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.database import Sessions, now
from caseman.documents.codes import FileState, PaperKind
from caseman.documents.models import PrintedFile
from caseman.documents.pdf import make_pdf
from caseman.jobs.queue import enqueue
from caseman.jobs.registry import Payload, at_each_sweep, long_job
from caseman.sealing.keys import Keyring

MAKE = "make_pdf"
KEPT = timedelta(days=1)


def ask_for(session: Session, asker: User, kind: PaperKind, number: str, html: str) -> PrintedFile:
    """Have the worker make a PDF of a page that shows the records as they are now."""
    file = PrintedFile(kind=kind, number=number, asked_by_id=asker.id)
    file.html = html
    session.add(file)
    session.flush()
    enqueue(session, MAKE, {"file": file.id})
    return file


@long_job(MAKE)
def make(sessions: Sessions, payload: Payload) -> None:
    """Make the PDF; the page it was made from is forgotten."""
    with sessions.read() as session:
        file = session.get(PrintedFile, int(payload["file"]))
        html = file.html if file is not None else None
    if html is None:
        return
    pdf = base64.b64encode(make_pdf(html)).decode()
    with sessions.transaction() as session:
        file = session.get(PrintedFile, int(payload["file"]))
        if file is not None:
            file.pdf, file.html = pdf, None
            file.state, file.finished_at = FileState.READY, now()


def content_of(file: PrintedFile) -> bytes | None:
    """Return the finished PDF."""
    return None if file.pdf is None else base64.b64decode(file.pdf)


@at_each_sweep
def forget_old(session: Session) -> None:
    """Delete papers after a day, with the keys that could read copies of them."""
    keyring: Keyring = session.info["keyring"]
    old = session.scalars(sa.select(PrintedFile).where(PrintedFile.asked_at < now() - KEPT))
    for file in old:
        keyring.destroy(file.seal_subject)
        session.delete(file)
