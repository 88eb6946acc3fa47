"""Personal effects and clothing."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import User
from caseman.audit.recorder import Audited
from caseman.coding.belongings import Colour, EffectCategory, Material, Slot
from caseman.custody.models import Exhibit
from caseman.database import Base, SortedText, Versioned, code_type, now
from caseman.effects.codes import (
    BodyPlace,
    DamageBeneath,
    EffectSide,
    Pattern,
    SizeSystem,
    WearLayer,
)
from caseman.media.models import MediaFile
from caseman.remains.models import Remains
from caseman.searching import Worded, WordIndex
from caseman.sites.models import Feature, Site
from caseman.stratigraphy.models import Context


class PersonalEffect(Worded, Audited, Versioned, Base):
    """One thing found with remains, or loose in a feature.

    An effect found on remains stays in their bag under their number with an ordinal
    (RQA01-F02-B014/2); a loose one has a number and an exhibit of its own (RQA01-F02-A003).
    """

    __tablename__ = "personal_effect"
    found_by = ("kind", "brand", "inscription", "descriptor", "description")
    __table_args__ = (
        sa.UniqueConstraint("found_on_id", "ordinal"),
        sa.CheckConstraint("quantity > 0", name="quantity"),
        sa.Index("ix_personal_effect_site_number", "site_id", "number"),
        sa.Index("ix_personal_effect_category_number", "category", "number"),
        sa.Index("ix_personal_effect_kind_number", "kind", "number"),
        sa.Index("ix_personal_effect_colour_number", "colour", "number"),
        sa.Index("ix_personal_effect_registered", "registered_at", "id"),
    )

    number: Mapped[str] = mapped_column(SortedText(48), unique=True)
    ordinal: Mapped[int]
    site_id: Mapped[int] = mapped_column(sa.ForeignKey(Site.id))
    feature_id: Mapped[int] = mapped_column(sa.ForeignKey(Feature.id), index=True)
    found_on_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Remains.id))
    """The remains whose number it bears, for ever."""
    remains_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Remains.id), index=True)
    """The remains it is now held to belong with; empty where it is loose."""
    exhibit_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Exhibit.id), unique=True)
    category: Mapped[EffectCategory] = mapped_column(code_type(EffectCategory))
    kind: Mapped[str] = mapped_column(sa.String(60), default="")
    """Controlled type such as watch or t-shirt; an unknown one is kept as told."""
    slot: Mapped[Slot | None] = mapped_column(code_type(Slot))
    colour: Mapped[Colour | None] = mapped_column(code_type(Colour))
    second_colour: Mapped[str] = mapped_column(sa.String(40), default="")
    descriptor: Mapped[str] = mapped_column(sa.String(200), default="")
    """What sets it apart, as a code or in words."""
    material: Mapped[Material | None] = mapped_column(code_type(Material))
    brand: Mapped[str] = mapped_column(sa.String(120), default="")
    size: Mapped[str] = mapped_column(sa.String(40), default="")
    inscription: Mapped[str] = mapped_column(sa.String(500), default="")
    """Text or name on it, letter for letter."""
    body_place: Mapped[BodyPlace | None] = mapped_column(code_type(BodyPlace))
    grid_e_m: Mapped[float | None]
    grid_n_m: Mapped[float | None]
    depth_m: Mapped[float | None]
    context_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Context.id), index=True)
    description: Mapped[str] = mapped_column(sa.Text, default="")
    quantity: Mapped[int | None]
    side: Mapped[EffectSide | None] = mapped_column(code_type(EffectSide))
    wear_layer: Mapped[WearLayer | None] = mapped_column(code_type(WearLayer))
    pattern: Mapped[Pattern | None] = mapped_column(code_type(Pattern))
    size_system: Mapped[SizeSystem | None] = mapped_column(code_type(SizeSystem))
    traces: Mapped[list[str] | None]
    """Values of ``Trace``."""
    damage_beneath: Mapped[DamageBeneath | None] = mapped_column(code_type(DamageBeneath))
    trace_note: Mapped[str | None] = mapped_column(sa.String(500))
    """Where on it, how large, beneath which hole which injury."""
    inside_id: Mapped[int | None] = mapped_column(sa.ForeignKey("personal_effect.id"), index=True)
    """In whose pocket, or in which bag, it lay."""
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(sa.Text, default="")
    moved_because: Mapped[str] = mapped_column(sa.Text, default="")
    """Why it is held to belong elsewhere than where it was found."""
    registered_at: Mapped[datetime] = mapped_column(default=now)
    absences: Mapped[dict[str, Any]] = mapped_column(default=dict)

    site: Mapped[Site] = relationship()
    feature: Mapped[Feature] = relationship()
    found_on: Mapped[Remains | None] = relationship(foreign_keys=[found_on_id])
    remains: Mapped[Remains | None] = relationship(foreign_keys=[remains_id])
    exhibit: Mapped[Exhibit | None] = relationship()
    context: Mapped[Context | None] = relationship()
    inside: Mapped["PersonalEffect | None"] = relationship(
        remote_side="PersonalEffect.id", back_populates="contents"
    )
    contents: Mapped[list["PersonalEffect"]] = relationship(
        back_populates="inside", order_by="PersonalEffect.id"
    )
    photographs: Mapped[list["EffectPhotograph"]] = relationship(back_populates="effect")


class EffectWord(WordIndex, Base):
    """A word that an effect is found by."""

    __tablename__ = "effect_word"

    row_id: Mapped[int] = mapped_column(sa.ForeignKey(PersonalEffect.id))


PersonalEffect.word_index = EffectWord


class EffectPhotograph(Audited, Base):
    """A photograph of an effect."""

    __tablename__ = "effect_photograph"
    __table_args__ = (sa.UniqueConstraint("effect_id", "media_file_id"),)

    effect_id: Mapped[int] = mapped_column(sa.ForeignKey(PersonalEffect.id))
    media_file_id: Mapped[int] = mapped_column(sa.ForeignKey(MediaFile.id), index=True)
    caption: Mapped[str] = mapped_column(sa.String(300), default="")
    fit_at: Mapped[datetime | None]
    """Since when families may see it: clean, nothing of a body, no name to read."""
    fit_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    """Who looked at it last and said whether families may; nobody did where it is empty."""

    effect: Mapped[PersonalEffect] = relationship(back_populates="photographs")
    media_file: Mapped[MediaFile] = relationship(lazy="joined")
    fit_by: Mapped[User | None] = relationship()

    @property
    def is_fit(self) -> bool:
        """Whether it may be shown to families."""
        return self.fit_at is not None

    @property
    def audit_subject(self) -> str:
        return self.effect.number
