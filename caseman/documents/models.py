"""Papers that are made in the background; sealed, and gone after a day."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from caseman.accounts.models import User
from caseman.database import Base, code_type, now
from caseman.documents.codes import FileState, PaperKind
from caseman.sealing.fields import HasSealed, Sealed


class PrintedFile(HasSealed, Base):
    """One paper that somebody asked for: first its page, then the PDF made of it."""

    __tablename__ = "printed_file"

    number: Mapped[str] = mapped_column(sa.String(48))
    """The number of the record it is about."""
    kind: Mapped[PaperKind] = mapped_column(code_type(PaperKind))
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id), index=True)
    asked_at: Mapped[datetime] = mapped_column(default=now, index=True)
    state: Mapped[FileState] = mapped_column(code_type(FileState), default=FileState.WAITING)
    finished_at: Mapped[datetime | None]
    pages: Mapped[int] = mapped_column(default=0)
    """How many pages were laid out so far."""
    html_sealed: Mapped[bytes | None]
    html = Sealed[str]()
    pdf_sealed: Mapped[bytes | None]
    pdf = Sealed[str]()
    """In base 64, because a sealed value is JSON."""
