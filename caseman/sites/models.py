"""Sites, features, who works on them, and the blocks of numbers reserved for teams."""

from datetime import date, datetime
from typing import Any, TypedDict

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import Operation, Team
from caseman.audit.recorder import Audited
from caseman.coding import Language
from caseman.database import Base, SortedText, Versioned, code_type, now
from caseman.media.models import MediaFile
from caseman.sealing.fields import HasSealed, Sealed
from caseman.searching import Worded, WordIndex
from caseman.sites.codes import (
    FeatureKind,
    HazardState,
    NumberKind,
    SiteKind,
    SiteStatus,
    TipState,
    VisitPurpose,
)

BLOCK_SIZE = 100
"""How many numbers are reserved for a team at a time."""


class Degrees(TypedDict):
    """A place in WGS 84 degrees, as it is sealed."""

    lat: float
    lon: float


class Site(Worded, HasSealed, Audited, Versioned, Base):
    """A place where remains are, or are said to be."""

    __tablename__ = "site"
    found_by = ("folded",)
    __table_args__ = (
        sa.UniqueConstraint("operation_id", "source_id"),
        sa.Index("ix_site_operation_code", "operation_id", "code"),
        sa.Index("ix_site_operation_name", "operation_id", "name", "id"),
        sa.Index("ix_site_operation_region", "operation_id", "region", "id"),
        sa.Index("ix_site_operation_kind", "operation_id", "kind", "code"),
        sa.Index("ix_site_operation_status", "operation_id", "status", "code"),
    )

    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id))
    code: Mapped[str] = mapped_column(SortedText(8), unique=True)
    source_id: Mapped[str | None] = mapped_column(sa.String(60))
    """What the file it was imported from calls it."""
    kind: Mapped[SiteKind] = mapped_column(code_type(SiteKind))
    status: Mapped[SiteStatus] = mapped_column(code_type(SiteStatus))
    name: Mapped[str] = mapped_column(sa.String(200))
    names: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Language code -> name in that language."""
    folded: Mapped[str] = mapped_column(sa.Text, default="")
    """Code, names and region in the one spelling that a search compares."""
    position_sealed: Mapped[bytes | None]
    position = Sealed[Degrees]()
    precision_m: Mapped[float | None]
    region: Mapped[str] = mapped_column(sa.String(120), default="")
    reported_on: Mapped[date | None]
    deposit_from: Mapped[date | None]
    deposit_to: Mapped[date | None]
    hazards: Mapped[str] = mapped_column(sa.Text, default="")
    authority: Mapped[str] = mapped_column(sa.String(300), default="")
    """Under whose order or warrant the site is worked on."""
    informed_by_sealed: Mapped[bytes | None]
    informed_by = Sealed[str]()
    """Who told of the site: a witness, never shown without a reason."""
    notes: Mapped[str] = mapped_column(sa.Text, default="")
    absences: Mapped[dict[str, Any]] = mapped_column(default=dict)

    operation: Mapped[Operation] = relationship()
    features: Mapped[list["Feature"]] = relationship(
        back_populates="site", order_by="Feature.number"
    )

    @property
    def audit_subject(self) -> str:
        return self.code


class SiteWord(WordIndex, Base):
    """A word that a site is found by."""

    __tablename__ = "site_word"

    row_id: Mapped[int] = mapped_column(sa.ForeignKey(Site.id))


Site.word_index = SiteWord


class SiteTip(HasSealed, Audited, Versioned, Base):
    """What somebody told of a place without a name. Its words may point at whoever told them."""

    __tablename__ = "site_tip"
    __table_args__ = (
        sa.Index("ix_site_tip_told", "operation_id", "told_at", "id"),
        sa.Index("ix_site_tip_state", "operation_id", "state", "id"),
    )

    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id))
    told_at: Mapped[datetime] = mapped_column(default=now)
    language: Mapped[Language | None] = mapped_column(code_type(Language))
    state: Mapped[TipState] = mapped_column(code_type(TipState), default=TipState.NEW)
    state_note: Mapped[str] = mapped_column(sa.Text, default="")
    """What was done about it, or why it is closed."""
    site_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Site.id), index=True)
    told_sealed: Mapped[bytes | None]
    told = Sealed[dict[str, str]]()
    """``place``, ``coordinates``, ``dangers`` and ``known``, as they were typed."""
    position_sealed: Mapped[bytes | None]
    position = Sealed[Degrees]()

    operation: Mapped[Operation] = relationship()
    site: Mapped[Site | None] = relationship(lazy="joined")
    photographs: Mapped[list["SiteTipPhotograph"]] = relationship(
        back_populates="tip", order_by="SiteTipPhotograph.id"
    )

    @property
    def audit_subject(self) -> str:
        return self.site.code if self.site is not None else ""


class SiteTipPhotograph(Audited, Base):
    """A photograph of a place that somebody told of; of it only a copy without traces is kept."""

    __tablename__ = "site_tip_photograph"
    __table_args__ = (sa.UniqueConstraint("tip_id", "media_file_id"),)

    tip_id: Mapped[int] = mapped_column(sa.ForeignKey(SiteTip.id))
    media_file_id: Mapped[int] = mapped_column(sa.ForeignKey(MediaFile.id), index=True)

    tip: Mapped[SiteTip] = relationship(back_populates="photographs")
    media_file: Mapped[MediaFile] = relationship(lazy="joined")

    @property
    def audit_subject(self) -> str:
        return self.tip.audit_subject


class SiteVisit(Audited, Versioned, Base):
    """People who came to a site, for what, under whose order, and what they found of explosives."""

    __tablename__ = "site_visit"
    __table_args__ = (
        sa.Index("ix_site_visit_day", "site_id", "first_day", "id"),
        sa.CheckConstraint("first_day <= last_day", name="days"),
    )

    site_id: Mapped[int] = mapped_column(sa.ForeignKey(Site.id))
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Team.id))
    """None: people who are no team of ours."""
    first_day: Mapped[date]
    last_day: Mapped[date]
    purpose: Mapped[VisitPurpose] = mapped_column(code_type(VisitPurpose))
    hazard: Mapped[HazardState] = mapped_column(code_type(HazardState))
    hazards: Mapped[str] = mapped_column(sa.Text, default="")
    led_by: Mapped[str] = mapped_column(sa.String(200))
    present: Mapped[str] = mapped_column(sa.Text, default="")
    authority: Mapped[str] = mapped_column(sa.String(300), default="")
    notes: Mapped[str] = mapped_column(sa.Text, default="")

    site: Mapped[Site] = relationship(lazy="joined")
    team: Mapped[Team | None] = relationship()

    @property
    def audit_subject(self) -> str:
        return self.site.code


class Feature(Audited, Versioned, Base):
    """A cut or deposit in a site: a grave. F00 holds what was found outside any feature."""

    __tablename__ = "feature"
    __table_args__ = (sa.UniqueConstraint("site_id", "number"),)

    site_id: Mapped[int] = mapped_column(sa.ForeignKey(Site.id))
    number: Mapped[int]
    kind: Mapped[FeatureKind] = mapped_column(code_type(FeatureKind))
    name: Mapped[str] = mapped_column(sa.String(200), default="")
    length_m: Mapped[float | None]
    width_m: Mapped[float | None]
    depth_m: Mapped[float | None]
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    notes: Mapped[str] = mapped_column(sa.Text, default="")
    absences: Mapped[dict[str, Any]] = mapped_column(default=dict)

    site: Mapped[Site] = relationship(back_populates="features", lazy="joined")

    @property
    def code(self) -> str:
        """The feature's part of a number, such as F02."""
        return f"F{self.number:02d}"

    @property
    def audit_subject(self) -> str:
        return f"{self.site.code}-{self.code}"


class NumberBlock(Audited, Base):
    """A run of sequence numbers that only one team gives out in one feature.

    Two offline teams hold different blocks and so never collide; a number once given out is
    never given again, whatever happens to its record.
    """

    __tablename__ = "number_block"
    __table_args__ = (
        sa.UniqueConstraint("feature_id", "kind", "first"),
        sa.CheckConstraint("first <= last", name="block_range"),
        sa.CheckConstraint("upcoming between first and last + 1", name="block_upcoming"),
    )

    feature_id: Mapped[int] = mapped_column(sa.ForeignKey(Feature.id))
    team_id: Mapped[int] = mapped_column(sa.ForeignKey(Team.id), index=True)
    kind: Mapped[NumberKind] = mapped_column(code_type(NumberKind))
    first: Mapped[int]
    last: Mapped[int]
    upcoming: Mapped[int]
    """The next number to give out; ``last + 1`` when the block is used up."""

    feature: Mapped[Feature] = relationship()
    team: Mapped[Team] = relationship()


class SiteAssignment(Audited, Base):
    """A team that works on a site, and so sees it."""

    __tablename__ = "site_assignment"
    __table_args__ = (sa.UniqueConstraint("team_id", "site_id"),)

    team_id: Mapped[int] = mapped_column(sa.ForeignKey(Team.id))
    site_id: Mapped[int] = mapped_column(sa.ForeignKey(Site.id), index=True)

    team: Mapped[Team] = relationship()
    site: Mapped[Site] = relationship()
