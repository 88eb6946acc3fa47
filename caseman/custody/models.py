"""Exhibits, storage places, and hand-overs with both ends."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import Operation, User
from caseman.audit.guard import append_only
from caseman.audit.recorder import Audited
from caseman.custody.codes import ExhibitCondition, ExhibitKind, StorageKind, TransferPurpose
from caseman.database import Base, Versioned, code_type, now
from caseman.sites.models import Site


class StoragePlace(Audited, Versioned, Base):
    """Where exhibits are kept."""

    __tablename__ = "storage_place"
    __table_args__ = (sa.UniqueConstraint("operation_id", "code"),)

    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id))
    parent_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("storage_place.id", deferrable=True, initially="IMMEDIATE"), index=True
    )
    code: Mapped[str] = mapped_column(sa.String(20))
    name: Mapped[str] = mapped_column(sa.String(200))
    kind: Mapped[StorageKind] = mapped_column(code_type(StorageKind))
    notes: Mapped[str] = mapped_column(sa.Text, default="")

    parent: Mapped["StoragePlace | None"] = relationship(remote_side="StoragePlace.id")

    @property
    def audit_subject(self) -> str:
        return self.code


class Exhibit(Audited, Versioned, Base):
    """Anything bagged and labelled with a number. What is in it points here."""

    __tablename__ = "exhibit"

    number: Mapped[str] = mapped_column(sa.String(40), unique=True)
    kind: Mapped[ExhibitKind] = mapped_column(code_type(ExhibitKind))
    site_id: Mapped[int] = mapped_column(sa.ForeignKey(Site.id), index=True)
    description: Mapped[str] = mapped_column(sa.String(300), default="")
    seal_number: Mapped[str] = mapped_column(sa.String(40), default="")
    place_id: Mapped[int | None] = mapped_column(sa.ForeignKey(StoragePlace.id), index=True)
    """Where the last receipt put it; empty until the first hand-over."""
    voided_at: Mapped[datetime | None]

    site: Mapped[Site] = relationship()
    place: Mapped[StoragePlace | None] = relationship()


@append_only
class CustodyTransfer(Audited, Base):
    """One end of a hand-over: what the giver says is handed over."""

    __tablename__ = "custody_transfer"

    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id), index=True)
    site_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Site.id), index=True)
    given_by: Mapped[str] = mapped_column(sa.String(200))
    given_by_user_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    given_to: Mapped[str] = mapped_column(sa.String(200))
    from_place_id: Mapped[int | None] = mapped_column(sa.ForeignKey(StoragePlace.id))
    to_place_id: Mapped[int | None] = mapped_column(sa.ForeignKey(StoragePlace.id))
    purpose: Mapped[TransferPurpose] = mapped_column(code_type(TransferPurpose))
    authority: Mapped[str] = mapped_column(sa.String(300), default="")
    declared_count: Mapped[int]
    """How many the giver counted, which may differ from the items listed."""
    handed_over_at: Mapped[datetime]
    """By the clock of the people there."""
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    notes: Mapped[str] = mapped_column(sa.Text, default="")

    items: Mapped[list["TransferItem"]] = relationship(back_populates="transfer")
    receipts: Mapped[list["CustodyReceipt"]] = relationship(back_populates="transfer")
    from_place: Mapped[StoragePlace | None] = relationship(foreign_keys=[from_place_id])
    to_place: Mapped[StoragePlace | None] = relationship(foreign_keys=[to_place_id])


@append_only
class TransferItem(Audited, Base):
    """One exhibit in a hand-over, as the giver gave it."""

    __tablename__ = "transfer_item"
    __table_args__ = (sa.UniqueConstraint("transfer_id", "exhibit_id"),)

    transfer_id: Mapped[int] = mapped_column(sa.ForeignKey(CustodyTransfer.id))
    exhibit_id: Mapped[int] = mapped_column(sa.ForeignKey(Exhibit.id), index=True)
    seal_number: Mapped[str] = mapped_column(sa.String(40), default="")
    condition: Mapped[ExhibitCondition] = mapped_column(code_type(ExhibitCondition))

    transfer: Mapped[CustodyTransfer] = relationship(back_populates="items")
    exhibit: Mapped[Exhibit] = relationship()


@append_only
class CustodyReceipt(Audited, Base):
    """The other end: what the receiver counted. A later correction is another receipt."""

    __tablename__ = "custody_receipt"

    transfer_id: Mapped[int] = mapped_column(sa.ForeignKey(CustodyTransfer.id), index=True)
    received_by: Mapped[str] = mapped_column(sa.String(200))
    received_by_user_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    received_count: Mapped[int]
    received_at: Mapped[datetime]
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    notes: Mapped[str] = mapped_column(sa.Text, default="")

    transfer: Mapped[CustodyTransfer] = relationship(back_populates="receipts")
    items: Mapped[list["ReceiptItem"]] = relationship(back_populates="receipt")


@append_only
class ReceiptItem(Audited, Base):
    """One exhibit as the receiver found it, or that it was not there."""

    __tablename__ = "receipt_item"
    __table_args__ = (sa.UniqueConstraint("receipt_id", "exhibit_id"),)

    receipt_id: Mapped[int] = mapped_column(sa.ForeignKey(CustodyReceipt.id))
    exhibit_id: Mapped[int] = mapped_column(sa.ForeignKey(Exhibit.id), index=True)
    received: Mapped[bool]
    seal_number: Mapped[str] = mapped_column(sa.String(40), default="")
    condition: Mapped[ExhibitCondition | None] = mapped_column(code_type(ExhibitCondition))

    receipt: Mapped[CustodyReceipt] = relationship(back_populates="items")
    exhibit: Mapped[Exhibit] = relationship()
