"""The index by which names are found: token -> keys, token -> persons.

Derived data, rebuilt from the reports by ``services.index_names`` and therefore not audited.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import Operation
from caseman.database import Base, SortedText, code_type
from caseman.reports.codes import NameSlot


class NameToken(Base):
    """A distinct name token as it is compared: one row however many persons bear it."""

    __tablename__ = "name_token"

    text: Mapped[str] = mapped_column(SortedText(120), unique=True)
    keys: Mapped[list["NameTokenKey"]] = relationship(back_populates="token")


class NameTokenKey(Base):
    """A search key of a token: spelling variants in any script share at least one."""

    __tablename__ = "name_token_key"
    __table_args__ = (sa.UniqueConstraint("key", "token_id"),)

    token_id: Mapped[int] = mapped_column(sa.ForeignKey(NameToken.id), index=True)
    key: Mapped[str] = mapped_column(SortedText(60))

    token: Mapped[NameToken] = relationship(back_populates="keys")


class PersonName(Base):
    """A token in the name of a missing person, as any report tells it."""

    __tablename__ = "person_name"
    __table_args__ = (
        sa.UniqueConstraint("operation_id", "token_id", "slot", "missing_person_id"),
        sa.Index("ix_person_name_person", "missing_person_id", "token_id"),
    )

    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id))
    """The person's, repeated here so that a search stays inside one index."""
    token_id: Mapped[int] = mapped_column(sa.ForeignKey(NameToken.id))
    missing_person_id: Mapped[int] = mapped_column(sa.ForeignKey("missing_person.id"))
    slot: Mapped[NameSlot] = mapped_column(code_type(NameSlot))
