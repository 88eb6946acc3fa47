"""Papers made in the background: asked for with their page, made by the worker, kept a day."""

import base64
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic

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
TOLD_EVERY = 2.0
"""Seconds between two notes of how far a paper is."""


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
    progress = Progress(sessions, int(payload["file"]))
    pdf = base64.b64encode(make_pdf(html, progress.laid_out)).decode()
    with sessions.transaction() as session:
        file = session.get(PrintedFile, int(payload["file"]))
        if file is not None:
            file.pdf, file.html, file.pages = pdf, None, progress.page
            file.state, file.finished_at = FileState.READY, now()


@dataclass(slots=True)
class Progress:
    """Writes down how many pages of a paper are laid out, every so often."""

    sessions: Sessions
    file_id: int
    page: int = 0
    told_at: float = field(default_factory=monotonic)

    def laid_out(self, page: int) -> None:
        """Hear that a page is begun."""
        self.page = page
        if monotonic() - self.told_at < TOLD_EVERY:
            return
        with self.sessions.transaction() as session:
            file = session.get(PrintedFile, self.file_id)
            if file is not None:
                file.pages = page
        self.told_at = monotonic()


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
