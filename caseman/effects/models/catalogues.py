"""Catalogues of belongings: pictures that families look at, among pictures of other things.

A catalogue tells nothing of a body, a grave or a number. Its order is drawn once, when it is
fixed, so that an item has one number for everybody who ever looked at it.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import Operation, User
from caseman.audit.recorder import Audited
from caseman.coding.belongings import Colour, EffectCategory
from caseman.database import Base, Versioned, code_type, now
from caseman.effects.codes import CatalogueState
from caseman.effects.models.effects import EffectPhotograph
from caseman.media.models import MediaFile
from caseman.sites.models import Site


class Decoy(Audited, Versioned, Base):
    """A picture of a thing that was not found, to be shown among those that were."""

    __tablename__ = "decoy"
    __table_args__ = (sa.UniqueConstraint("operation_id", "media_file_id"),)

    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id))
    category: Mapped[EffectCategory] = mapped_column(code_type(EffectCategory))
    kind: Mapped[str] = mapped_column(sa.String(60), default="")
    colour: Mapped[Colour | None] = mapped_column(code_type(Colour))
    media_file_id: Mapped[int] = mapped_column(sa.ForeignKey(MediaFile.id), index=True)
    origin: Mapped[str] = mapped_column(sa.String(300), default="")
    """Where the picture comes from, so that nobody takes the thing for one that was found."""
    added_by_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))
    added_at: Mapped[datetime] = mapped_column(default=now)
    retired_at: Mapped[datetime | None]
    """Since when it goes into no new catalogue."""

    media_file: Mapped[MediaFile] = relationship(lazy="joined")
    added_by: Mapped[User] = relationship()


class BelongingsCatalogue(Audited, Versioned, Base):
    """Pictures put together for families to look at."""

    __tablename__ = "belongings_catalogue"
    __table_args__ = (
        sa.CheckConstraint("state = 'choosing' OR fixed_at IS NOT NULL", name="fixed"),
        sa.CheckConstraint("state <> 'withdrawn' OR withdrawn_reason <> ''", name="withdrawn"),
        sa.Index("ix_belongings_catalogue_operation_made", "operation_id", "made_at", "id"),
    )

    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id))
    title: Mapped[str] = mapped_column(sa.String(120))
    """For those who put it together; it is never shown or printed."""
    state: Mapped[CatalogueState] = mapped_column(
        code_type(CatalogueState), default=CatalogueState.CHOOSING
    )
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))
    made_at: Mapped[datetime] = mapped_column(default=now)
    fixed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    fixed_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(sa.Text, default="")

    sites: Mapped[list["CatalogueSite"]] = relationship(
        back_populates="catalogue", order_by="CatalogueSite.id"
    )
    items: Mapped[list["CatalogueItem"]] = relationship(
        back_populates="catalogue", order_by="CatalogueItem.place, CatalogueItem.id"
    )
    made_by: Mapped[User] = relationship(foreign_keys=[made_by_id])
    fixed_by: Mapped[User | None] = relationship(foreign_keys=[fixed_by_id])


class CatalogueSite(Audited, Base):
    """A site whose effects a catalogue may hold; who may not see all of them sees none of it."""

    __tablename__ = "catalogue_site"
    __table_args__ = (sa.UniqueConstraint("catalogue_id", "site_id"),)

    catalogue_id: Mapped[int] = mapped_column(sa.ForeignKey(BelongingsCatalogue.id))
    site_id: Mapped[int] = mapped_column(sa.ForeignKey(Site.id), index=True)

    catalogue: Mapped[BelongingsCatalogue] = relationship(back_populates="sites")
    site: Mapped[Site] = relationship()

    @property
    def audit_subject(self) -> str:
        return self.catalogue.number


class CatalogueItem(Audited, Base):
    """One picture of a catalogue: of an effect, or a decoy. What is said of it is kept here."""

    __tablename__ = "catalogue_item"
    __table_args__ = (
        sa.CheckConstraint("(photograph_id IS NULL) <> (decoy_id IS NULL)", name="one_picture"),
        sa.UniqueConstraint("catalogue_id", "place"),
        sa.UniqueConstraint("catalogue_id", "photograph_id"),
        sa.UniqueConstraint("catalogue_id", "decoy_id"),
    )

    catalogue_id: Mapped[int] = mapped_column(sa.ForeignKey(BelongingsCatalogue.id))
    place: Mapped[int | None]
    """Its number in the catalogue, from one on; None until the order is drawn."""
    photograph_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey(EffectPhotograph.id), index=True
    )
    decoy_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Decoy.id), index=True)
    category: Mapped[EffectCategory] = mapped_column(code_type(EffectCategory))
    kind: Mapped[str] = mapped_column(sa.String(60), default="")
    colour: Mapped[Colour | None] = mapped_column(code_type(Colour))

    catalogue: Mapped[BelongingsCatalogue] = relationship(back_populates="items")
    photograph: Mapped[EffectPhotograph | None] = relationship()
    decoy: Mapped[Decoy | None] = relationship()

    @property
    def audit_subject(self) -> str:
        return self.catalogue.number

    @property
    def picture(self) -> MediaFile | None:
        """What is shown of it; None since its photograph is fit no more or its effect voided."""
        if self.decoy is not None:
            return self.decoy.media_file
        photograph = self.photograph
        if photograph is None or not photograph.is_fit or photograph.effect.voided_at is not None:
            return None
        return photograph.media_file
