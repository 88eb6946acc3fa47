"""Remains and what was observed on them."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import Team, User
from caseman.audit.guard import append_only
from caseman.audit.recorder import Audited
from caseman.coding import SexEstimate
from caseman.coding.physical import HairColour, Handedness, MarkKind, ToothState
from caseman.custody.models import Exhibit, ExhibitNumber
from caseman.database import Base, Versioned, code_type, now
from caseman.media.models import MediaFile
from caseman.remains.codes import (
    AgeClass,
    AgeMethod,
    Assessor,
    BodyCondition,
    BodyPosition,
    BoneSide,
    BoneState,
    Completeness,
    FoundNameKind,
    NumberEventKind,
    RemainsKind,
    RemainsStatus,
    SexMethod,
)
from caseman.remains.recovery_codes import (
    Arms,
    Articulation,
    Blindfold,
    BodyDirection,
    HeadFacing,
    Legs,
    Preservation,
    Weathering,
)
from caseman.sites.models import Feature, Site
from caseman.stratigraphy.models import Context


class Remains(Audited, Versioned, Base):
    """One numbered unit of human remains; a part is a unit of its own."""

    __tablename__ = "remains"
    __table_args__ = (
        sa.UniqueConstraint("site_id", "source_id"),
        sa.Index("ix_remains_feature_number", "feature_id", "number"),
        sa.Index("ix_remains_registered", "registered_at", "id"),
        sa.Index("ix_remains_site_number", "site_id", "number"),
        sa.Index("ix_remains_site_status", "site_id", "status", "number"),
        sa.Index("ix_remains_status_number", "status", "number"),
        sa.Index("ix_remains_kind_number", "kind", "number"),
    )

    number: Mapped[str] = mapped_column(ExhibitNumber, unique=True)
    kind: Mapped[RemainsKind] = mapped_column(code_type(RemainsKind))
    sequence: Mapped[int]
    site_id: Mapped[int] = mapped_column(sa.ForeignKey(Site.id))
    feature_id: Mapped[int] = mapped_column(sa.ForeignKey(Feature.id))
    """Where they lie now in the record; the number keeps the feature that gave it."""
    exhibit_id: Mapped[int] = mapped_column(sa.ForeignKey(Exhibit.id), unique=True)
    source_id: Mapped[str | None] = mapped_column(sa.String(60))
    status: Mapped[RemainsStatus] = mapped_column(
        code_type(RemainsStatus), default=RemainsStatus.RECOVERED
    )
    deposit_from: Mapped[date | None]
    deposit_to: Mapped[date | None]
    layer: Mapped[int | None]
    context_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Context.id), index=True)
    voided_at: Mapped[datetime | None]
    registered_at: Mapped[datetime] = mapped_column(default=now)
    evidence_changed_at: Mapped[datetime] = mapped_column(default=now, index=True)
    """When anything that bears on identification last changed here."""
    absences: Mapped[dict[str, Any]] = mapped_column(default=dict)

    site: Mapped[Site] = relationship()
    feature: Mapped[Feature] = relationship()
    exhibit: Mapped[Exhibit] = relationship()
    context: Mapped[Context | None] = relationship()
    recovery: Mapped["RecoveryEvent | None"] = relationship(back_populates="remains")
    profile: Mapped["BiologicalProfile | None"] = relationship(back_populates="remains")
    teeth: Mapped[list["ToothFinding"]] = relationship(
        back_populates="remains", order_by="ToothFinding.fdi"
    )
    bones: Mapped[list["BoneFinding"]] = relationship(
        back_populates="remains", order_by="BoneFinding.id"
    )
    marks: Mapped[list["Mark"]] = relationship(back_populates="remains", order_by="Mark.id")
    found_names: Mapped[list["FoundName"]] = relationship(
        back_populates="remains", order_by="FoundName.id"
    )
    photographs: Mapped[list["RemainsPhotograph"]] = relationship(
        back_populates="remains", order_by="RemainsPhotograph.id"
    )
    number_events: Mapped[list["NumberEvent"]] = relationship(
        back_populates="remains",
        order_by="NumberEvent.id",
        foreign_keys="NumberEvent.remains_id",
    )
    split_from: Mapped[list["NumberEvent"]] = relationship(
        foreign_keys="NumberEvent.other_id", viewonly=True
    )


class RemainsPart(Audited):
    """A row that belongs to remains and is named after them in the trail."""

    remains: Any

    @property
    def audit_subject(self) -> str:
        return self.remains.number if self.remains is not None else ""


class RecoveryEvent(RemainsPart, Versioned, Base):
    """The lifting of one labelled find: who, when, where, how."""

    __tablename__ = "recovery_event"
    __table_args__ = (
        sa.CheckConstraint("orientation_deg between 0 and 359", name="orientation"),
        sa.CheckConstraint("depth_m between 0 and 100", name="depth"),
    )

    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id), unique=True)
    recovered_on: Mapped[date | None]
    recovered_at_text: Mapped[str] = mapped_column(sa.String(60), default="")
    recovered_by: Mapped[str] = mapped_column(sa.String(200), default="")
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Team.id), index=True)
    grid_e_m: Mapped[float | None]
    grid_n_m: Mapped[float | None]
    depth_m: Mapped[float | None]
    body_position: Mapped[BodyPosition | None] = mapped_column(code_type(BodyPosition))
    orientation_deg: Mapped[int | None]
    """Bearing of the line from head to feet, in degrees from north."""
    completeness: Mapped[Completeness | None] = mapped_column(code_type(Completeness))
    condition: Mapped[BodyCondition | None] = mapped_column(code_type(BodyCondition))
    articulation: Mapped[Articulation | None] = mapped_column(code_type(Articulation))
    direction: Mapped[BodyDirection | None] = mapped_column(code_type(BodyDirection))
    """The same line as an eighth of the compass, where nobody read degrees."""
    head_facing: Mapped[HeadFacing | None] = mapped_column(code_type(HeadFacing))
    arms: Mapped[Arms | None] = mapped_column(code_type(Arms))
    legs: Mapped[Legs | None] = mapped_column(code_type(Legs))
    preservation: Mapped[Preservation | None] = mapped_column(code_type(Preservation))
    weathering: Mapped[Weathering | None] = mapped_column(code_type(Weathering))
    blindfold: Mapped[Blindfold | None] = mapped_column(code_type(Blindfold))
    bound_places: Mapped[list[str] | None]
    """Values of ``BoundPlace``; empty where nobody said, as in the three lists below."""
    bound_with: Mapped[list[str] | None]
    ballistic: Mapped[list[str] | None]
    ballistic_places: Mapped[list[str] | None]
    notes: Mapped[str] = mapped_column(sa.Text, default="")
    absences: Mapped[dict[str, Any]] = mapped_column(default=dict)

    remains: Mapped[Remains] = relationship(back_populates="recovery")


class BiologicalProfile(RemainsPart, Versioned, Base):
    """Sex, age at death and stature: estimates, each with its method and range."""

    __tablename__ = "biological_profile"
    __table_args__ = (
        sa.CheckConstraint("age_min <= age_max", name="age_range"),
        sa.CheckConstraint("age_min >= 0 and age_max <= 120", name="age_plausible"),
        sa.CheckConstraint("stature_min_cm <= stature_max_cm", name="stature_range"),
    )

    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id), unique=True)
    assessor: Mapped[Assessor | None] = mapped_column(code_type(Assessor))
    examined_by: Mapped[str] = mapped_column(sa.String(200), default="")
    examined_on: Mapped[date | None]
    sex: Mapped[SexEstimate | None] = mapped_column(code_type(SexEstimate))
    sex_method: Mapped[SexMethod | None] = mapped_column(code_type(SexMethod))
    age_min: Mapped[float | None]
    age_max: Mapped[float | None]
    age_method: Mapped[AgeMethod | None] = mapped_column(code_type(AgeMethod))
    stature_cm: Mapped[float | None]
    stature_se_cm: Mapped[float | None]
    """Standard error of the method's estimate."""
    stature_min_cm: Mapped[float | None]
    stature_max_cm: Mapped[float | None]
    stature_method: Mapped[str] = mapped_column(sa.String(120), default="")
    handedness: Mapped[Handedness | None] = mapped_column(code_type(Handedness))
    hair: Mapped[HairColour | None] = mapped_column(code_type(HairColour))
    regions_present: Mapped[list[str]] = mapped_column(default=list)
    """Values of ``BodyRegion``; a mark means something by its absence only where it could be."""
    dental_observable: Mapped[bool | None]
    dental_codes: Mapped[list[str]] = mapped_column(default=list)
    """Whole-mouth codes such as missing_molars, beside the chart."""
    notes: Mapped[str] = mapped_column(sa.Text, default="")
    absences: Mapped[dict[str, Any]] = mapped_column(default=dict)

    remains: Mapped[Remains] = relationship(back_populates="profile")


class ToothFinding(RemainsPart, Base):
    """One tooth by its FDI number."""

    __tablename__ = "tooth_finding"
    __table_args__ = (
        sa.UniqueConstraint("remains_id", "fdi"),
        sa.CheckConstraint("fdi between 11 and 85 and fdi % 10 between 1 and 8", name="fdi"),
    )

    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id))
    fdi: Mapped[int]
    state: Mapped[ToothState] = mapped_column(code_type(ToothState))
    surfaces: Mapped[str] = mapped_column(sa.String(5), default="")
    material: Mapped[str] = mapped_column(sa.String(60), default="")
    note: Mapped[str] = mapped_column(sa.String(300), default="")

    remains: Mapped[Remains] = relationship(back_populates="teeth")


class BoneFinding(RemainsPart, Base):
    """One bone of the inventory, or in a lot so many alike."""

    __tablename__ = "bone_finding"
    __table_args__ = (sa.CheckConstraint("pieces >= 1 and pieces <= 10000", name="pieces"),)

    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id), index=True)
    element: Mapped[str] = mapped_column(sa.String(6))
    """Code of the adult inventory, such as FEM."""
    side: Mapped[BoneSide] = mapped_column(code_type(BoneSide))
    state: Mapped[BoneState] = mapped_column(code_type(BoneState))
    age_class: Mapped[AgeClass | None] = mapped_column(code_type(AgeClass))
    pieces: Mapped[int] = mapped_column(default=1)
    zones: Mapped[list[str] | None]
    """Those that are there, as ``caseman.osteology`` names them; empty where nobody said."""
    preservation: Mapped[Preservation | None] = mapped_column(code_type(Preservation))
    weathering: Mapped[Weathering | None] = mapped_column(code_type(Weathering))
    joins: Mapped[list[str] | None]
    """Numbers of the remains whose fragments of this bone fit to this one."""
    note: Mapped[str | None] = mapped_column(sa.String(500))
    part: Mapped[str | None] = mapped_column(sa.String(24))
    """Which part of a young bone it is, as ``caseman.osteology`` names it; empty for the bone."""

    remains: Mapped[Remains] = relationship(back_populates="bones")


class Mark(RemainsPart, Base):
    """A mark, healed injury, implant: what a family may know of."""

    __tablename__ = "mark"

    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id), index=True)
    kind: Mapped[MarkKind] = mapped_column(code_type(MarkKind))
    code: Mapped[str] = mapped_column(sa.String(60), default="")
    """Controlled type where one is known, such as fx_ribs."""
    region: Mapped[str] = mapped_column(sa.String(40), default="")
    description: Mapped[str] = mapped_column(sa.String(500), default="")
    serial_number: Mapped[str] = mapped_column(sa.String(80), default="")
    maker: Mapped[str | None] = mapped_column(sa.String(120))
    """Whose implant it is: without it a serial number leads nowhere."""

    remains: Mapped[Remains] = relationship(back_populates="marks")


class FoundName(RemainsPart, Base):
    """A name in a document, on a tag, or said by a witness. It may be somebody else's."""

    __tablename__ = "found_name"

    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id), index=True)
    kind: Mapped[FoundNameKind] = mapped_column(code_type(FoundNameKind))
    name: Mapped[str] = mapped_column(sa.String(300))
    mother: Mapped[str] = mapped_column(sa.String(200), default="")
    birth_year: Mapped[int | None]

    remains: Mapped[Remains] = relationship(back_populates="found_names")


class FoundWith(RemainsPart, Base):
    """Two units found in contact; stored once, the smaller id first."""

    __tablename__ = "found_with"
    __table_args__ = (
        sa.UniqueConstraint("remains_id", "other_id"),
        sa.CheckConstraint("remains_id < other_id", name="order"),
    )

    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id))
    other_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id), index=True)

    remains: Mapped[Remains] = relationship(foreign_keys=[remains_id])
    other: Mapped[Remains] = relationship(foreign_keys=[other_id])


class RemainsPhotograph(RemainsPart, Base):
    """A photograph of remains; blurred on every page until opened."""

    __tablename__ = "remains_photograph"
    __table_args__ = (
        sa.UniqueConstraint("remains_id", "media_file_id"),
        sa.CheckConstraint("facing_deg between 0 and 359", name="facing"),
    )

    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id))
    media_file_id: Mapped[int] = mapped_column(sa.ForeignKey(MediaFile.id), index=True)
    caption: Mapped[str] = mapped_column(sa.String(300), default="")
    shows_number: Mapped[bool | None]
    shows_scale: Mapped[bool | None]
    shows_north: Mapped[bool | None]
    grid_e_m: Mapped[float | None]
    grid_n_m: Mapped[float | None]
    """Where the camera stood, in metres from the datum."""
    depth_m: Mapped[float | None]
    """How far the camera was below the surface; below 0 it stood above it."""
    facing_deg: Mapped[int | None]
    """Degrees from north, into the picture."""

    remains: Mapped[Remains] = relationship(back_populates="photographs")
    media_file: Mapped[MediaFile] = relationship(lazy="joined")


@append_only
class NumberEvent(RemainsPart, Base):
    """A number voided, moved or split, with the reason; the number itself never changes."""

    __tablename__ = "number_event"

    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id), index=True)
    kind: Mapped[NumberEventKind] = mapped_column(code_type(NumberEventKind))
    reason: Mapped[str] = mapped_column(sa.Text)
    other_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Remains.id), index=True)
    """The unit split off."""
    from_feature_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Feature.id))
    to_feature_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Feature.id))
    at: Mapped[datetime] = mapped_column(default=now)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))

    remains: Mapped[Remains] = relationship(
        back_populates="number_events", foreign_keys=[remains_id]
    )
    other: Mapped[Remains | None] = relationship(foreign_keys=[other_id])
    by: Mapped[User | None] = relationship()
    from_feature: Mapped[Feature | None] = relationship(foreign_keys=[from_feature_id])
    to_feature: Mapped[Feature | None] = relationship(foreign_keys=[to_feature_id])
