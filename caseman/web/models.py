"""What the kit itself remembers: forms already taken, and how often something was tried."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from caseman.database import Base, now


class IdempotencyKey(Base):
    """A form that was taken: sent again, it is answered as before and changes nothing."""

    __tablename__ = "idempotency_key"

    key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    user_id: Mapped[str] = mapped_column(sa.String(64), default="")
    path: Mapped[str] = mapped_column(sa.String(300))
    body_digest: Mapped[str] = mapped_column(sa.String(64))
    location: Mapped[str | None] = mapped_column(sa.String(500))
    """Where the first answer led; None where it was a page that is shown once only."""
    at: Mapped[datetime] = mapped_column(default=now, index=True)


class Attempt(Base):
    """One allowed try of something that is counted: a sign-in, a reference code."""

    __tablename__ = "attempt"
    __table_args__ = (sa.Index(None, "key_digest", "at"),)

    key_digest: Mapped[str] = mapped_column(sa.String(64))
    """A digest, so that the table lists neither account names nor addresses."""
    at: Mapped[datetime] = mapped_column(default=now, index=True)
