"""Exhibits, storage places, and hand-overs with both ends."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import Operation, User
from caseman.audit.guard import append_only
from caseman.audit.recorder import Audited
from caseman.custody.codes import (
    BurialKind,
    ExhibitCondition,
    ExhibitKind,
    Standing,
    StorageKind,
    TransferPurpose,
    Unmoved,
)
from caseman.database import Base, SortedText, Versioned, code_type, now
from caseman.incidents.models import IncidentTie
from caseman.sealing.fields import HasSealed, Sealed
from caseman.sites.models import Degrees, Site
from caseman.summaries import Summary

ExhibitNumber = SortedText(40)
"""Compared letter by letter on both databases, so that an index finds how a number begins."""


class StoragePlace(Audited, Versioned, Base):
    """Where exhibits are kept."""

    __tablename__ = "storage_place"
    __table_args__ = (
        sa.UniqueConstraint("operation_id", "code"),
        sa.CheckConstraint("capacity > 0", name="capacity"),
    )

    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id))
    parent_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("storage_place.id", deferrable=True, initially="IMMEDIATE"), index=True
    )
    code: Mapped[str] = mapped_column(sa.String(20))
    name: Mapped[str] = mapped_column(sa.String(200))
    kind: Mapped[StorageKind] = mapped_column(code_type(StorageKind))
    capacity: Mapped[int | None]
    """How many exhibits it holds with all within it; empty where nobody knows."""
    notes: Mapped[str] = mapped_column(sa.Text, default="")

    operation: Mapped[Operation] = relationship()
    parent: Mapped["StoragePlace | None"] = relationship(remote_side="StoragePlace.id")

    @property
    def audit_subject(self) -> str:
        return self.code


class BurialPlot(HasSealed, Audited, Versioned, Base):
    """Where in a cemetery a plot is, so that whoever lies there can be found again.

    The plot is a storage place: burials and what is lifted again are hand-overs to it and from it.
    """

    __tablename__ = "burial_plot"
    __table_args__ = (
        sa.CheckConstraint("number > 0", name="number"),
        sa.CheckConstraint("depth_m >= 0", name="depth"),
        sa.CheckConstraint("head_to_deg between 0 and 359", name="head_to"),
    )

    place_id: Mapped[int] = mapped_column(sa.ForeignKey(StoragePlace.id), unique=True)
    kind: Mapped[BurialKind] = mapped_column(code_type(BurialKind))
    row: Mapped[str] = mapped_column(sa.String(8))
    number: Mapped[int]
    """Its place in the row, from 1."""
    head_to_deg: Mapped[int | None]
    """To where the head lies, in degrees from the north."""
    depth_m: Mapped[float | None]
    marker: Mapped[str] = mapped_column(sa.String(300), default="")
    """What stands on it: a stone, a plate with a number."""
    position_sealed: Mapped[bytes | None]
    position = Sealed[Degrees]()
    precision_m: Mapped[float | None]
    way_sealed: Mapped[bytes | None]
    way = Sealed[str]()
    """How to find it in words, from what will still stand there in years."""

    place: Mapped[StoragePlace] = relationship()

    @property
    def audit_subject(self) -> str:
        return self.place.code


class Exhibit(Audited, Versioned, Base):
    """Anything bagged and labelled with a number. What is in it points here."""

    __tablename__ = "exhibit"
    __table_args__ = (
        sa.Index("ix_exhibit_site_number", "site_id", "number"),
        sa.Index("ix_exhibit_kind_number", "kind", "number"),
        sa.Index("ix_exhibit_standing_number", "standing", "number"),
        sa.Index("ix_exhibit_place_standing", "place_id", "standing", "number"),
        sa.Index(
            "ix_exhibit_unmoved",
            "number",
            sqlite_where=sa.text("standing IS NULL AND voided_at IS NULL"),
            postgresql_where=sa.text("standing IS NULL AND voided_at IS NULL"),
        ),
    )

    number: Mapped[str] = mapped_column(ExhibitNumber, unique=True)
    kind: Mapped[ExhibitKind] = mapped_column(code_type(ExhibitKind))
    site_id: Mapped[int] = mapped_column(sa.ForeignKey(Site.id))
    description: Mapped[str] = mapped_column(sa.String(300), default="")
    seal_number: Mapped[str] = mapped_column(sa.String(40), default="")
    place_id: Mapped[int | None] = mapped_column(sa.ForeignKey(StoragePlace.id))
    """Where the last receipt put it; empty until the first hand-over."""
    standing: Mapped[Standing | None] = mapped_column(code_type(Standing))
    """What the last hand-over says of it; empty where it was never handed over."""
    last_transfer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("custody_transfer.id"))
    """The hand-over that ``standing`` comes from: by its own words the latest."""
    voided_at: Mapped[datetime | None]

    site: Mapped[Site] = relationship()
    place: Mapped[StoragePlace | None] = relationship()
    last_transfer: Mapped["CustodyTransfer | None"] = relationship()

    @property
    def stands(self) -> Standing | Unmoved:
        """Where it stands, in a code that has a label before the first hand-over too."""
        return self.standing or Unmoved.NEVER


class IncidentExhibit(IncidentTie, Base):
    """An exhibit held to be a trace of an incident."""

    __tablename__ = "incident_exhibit"
    __table_args__ = (sa.UniqueConstraint("incident_id", "exhibit_id"),)

    exhibit_id: Mapped[int] = mapped_column(sa.ForeignKey(Exhibit.id), index=True)

    exhibit: Mapped[Exhibit] = relationship()


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

    items: Mapped[list["TransferItem"]] = relationship(
        back_populates="transfer", order_by="TransferItem.id"
    )
    receipts: Mapped[list["CustodyReceipt"]] = relationship(
        back_populates="transfer", order_by="CustodyReceipt.id"
    )
    """What was counted at the other end; the last one counts, the others stay."""
    operation: Mapped[Operation] = relationship()
    given_by_user: Mapped[User | None] = relationship()
    """Whose account entered it; the giver may be somebody else."""
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
    agrees: Mapped[bool | None]
    """Whether counts, numbers and seals were those of the giver when it was recorded."""
    notes: Mapped[str] = mapped_column(sa.Text, default="")

    received_by_user: Mapped[User | None] = relationship()
    """Whose account entered it; the receiver may be somebody else."""
    transfer: Mapped[CustodyTransfer] = relationship(back_populates="receipts")
    items: Mapped[list["ReceiptItem"]] = relationship(
        back_populates="receipt", order_by="ReceiptItem.id"
    )


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


class TransferSummary(Base):
    """How a hand-over stands, where an index can find those that ask for somebody."""

    __tablename__ = "transfer_summary"
    __table_args__ = (
        sa.Index("ix_transfer_summary_is_received", "is_received", "transfer_id"),
        sa.Index("ix_transfer_summary_disagrees", "disagrees", "transfer_id"),
    )

    transfer_id: Mapped[int] = mapped_column(sa.ForeignKey(CustodyTransfer.id), unique=True)
    is_received: Mapped[bool] = mapped_column(default=False)
    disagrees: Mapped[bool] = mapped_column(default=False)
    """By the last receipt; before any, whether list and count of the giver differ."""


_receipts = sa.select(CustodyReceipt.agrees).where(
    CustodyReceipt.transfer_id == TransferSummary.transfer_id
)
_last = _receipts.order_by(CustodyReceipt.id.desc()).limit(1).scalar_subquery()
_declared = (
    sa.select(CustodyTransfer.declared_count)
    .where(CustodyTransfer.id == TransferSummary.transfer_id)
    .scalar_subquery()
)
_listed = (
    sa.select(sa.func.count(TransferItem.id))
    .where(TransferItem.transfer_id == TransferSummary.transfer_id)
    .scalar_subquery()
)

Summary(
    table=TransferSummary,
    subject=CustodyTransfer,
    key="transfer_id",
    parts=(TransferItem, CustodyReceipt),
    values={
        "is_received": _receipts.exists(),
        "disagrees": sa.case(
            (_receipts.exists(), sa.func.coalesce(_last, sa.false()).is_(False)),
            else_=_declared != _listed,
        ),
    },
).follow()
