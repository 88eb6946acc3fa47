"""Files as received, and what is made from them for showing."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import User
from caseman.audit.recorder import Audited
from caseman.database import Base, code_type, now
from caseman.media.codes import DerivativeKind


class MediaFile(Audited, Base):
    """An original, kept byte for byte under its SHA-256 and never served inline."""

    __tablename__ = "media_file"

    sha256: Mapped[str] = mapped_column(sa.String(64), unique=True)
    media_type: Mapped[str] = mapped_column(sa.String(60))
    size: Mapped[int]
    """Bytes."""
    original_name: Mapped[str] = mapped_column(sa.String(300))
    """The sender's file name, as data only."""
    taken_at: Mapped[datetime | None]
    """The camera's own time, where it gave one."""
    received_at: Mapped[datetime] = mapped_column(default=now)
    received_from_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))

    derivatives: Mapped[list["Derivative"]] = relationship(back_populates="original")

    @property
    def audit_subject(self) -> str:
        return self.sha256[:16]


class Derivative(Audited, Base):
    """A smaller copy without metadata, made by us."""

    __tablename__ = "derivative"
    __table_args__ = (sa.UniqueConstraint("media_file_id", "kind"),)

    media_file_id: Mapped[int] = mapped_column(sa.ForeignKey(MediaFile.id))
    kind: Mapped[DerivativeKind] = mapped_column(code_type(DerivativeKind))
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    media_type: Mapped[str] = mapped_column(sa.String(60))
    width: Mapped[int]
    height: Mapped[int]

    original: Mapped[MediaFile] = relationship(back_populates="derivatives")
