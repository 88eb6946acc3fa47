"""What the services take: typed values, complete in themselves, without a form or a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from caseman.coding import SexEstimate
from caseman.coding.physical import BodyRegion, HairColour, Handedness, MarkKind, ToothState
from caseman.laboratory.codes import SampleMaterial
from caseman.remains.codes import (
    AgeClass,
    AgeMethod,
    Assessor,
    BodyCondition,
    BodyPosition,
    BoneSide,
    BoneState,
    Completeness,
    EstimateKind,
    FigureStatus,
    FoundNameKind,
    OwnTableKind,
    RemainsKind,
    SexMethod,
)
from caseman.remains.lesions import (
    Activity,
    Bevel,
    Criterion,
    FractureKind,
    Known,
    LesionKind,
    Mechanism,
    PathologyKind,
    Pattern,
    Segment,
    ShotWound,
    Timing,
    ToolClass,
)
from caseman.remains.recovery_codes import (
    Arms,
    Articulation,
    Ballistic,
    BallisticPlace,
    Blindfold,
    BodyDirection,
    BoundPlace,
    BoundWith,
    HeadFacing,
    Legs,
    Preservation,
    Weathering,
)
from caseman.sites.models import Feature
from caseman.values import Interval

Absences = Mapping[str, str]
"""Field -> code of ``Absence``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """How a find was lifted."""

    recovered_on: date | None = None
    recovered_at_text: str = ""
    recovered_by: str = ""
    grid_e_m: float | None = None
    grid_n_m: float | None = None
    depth_m: float | None = None
    body_position: BodyPosition | None = None
    orientation_deg: int | None = None
    completeness: Completeness | None = None
    condition: BodyCondition | None = None
    articulation: Articulation | None = None
    direction: BodyDirection | None = None
    head_facing: HeadFacing | None = None
    arms: Arms | None = None
    legs: Legs | None = None
    preservation: Preservation | None = None
    weathering: Weathering | None = None
    blindfold: Blindfold | None = None
    bound_places: Sequence[BoundPlace] = ()
    bound_with: Sequence[BoundWith] = ()
    ballistic: Sequence[Ballistic] = ()
    ballistic_places: Sequence[BallisticPlace] = ()
    notes: str = ""
    absences: Absences = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Sex, age at death, stature: estimates with their methods."""

    assessor: Assessor | None = None
    examined_by: str = ""
    examined_on: date | None = None
    sex: SexEstimate | None = None
    sex_method: SexMethod | None = None
    age: Interval | None = None
    age_method: AgeMethod | None = None
    stature_cm: float | None = None
    stature_se_cm: float | None = None
    stature: Interval | None = None
    stature_method: str = ""
    handedness: Handedness | None = None
    hair: HairColour | None = None
    regions_present: Sequence[BodyRegion] = ()
    dental_observable: bool | None = None
    dental_codes: Sequence[str] = ()
    notes: str = ""
    absences: Absences = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tooth:
    """One tooth by its FDI number."""

    fdi: int
    state: ToothState
    surfaces: str = ""
    material: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class BoneFound:
    """One bone of the inventory, or so many alike."""

    element: str
    side: BoneSide
    state: BoneState
    age_class: AgeClass | None = None
    pieces: int = 1
    preservation: Preservation | None = None
    weathering: Weathering | None = None
    part: str = ""
    """Which part of a young bone, empty for the bone."""


@dataclass(frozen=True, slots=True)
class BoneDetails:
    """What else is seen of one bone, or of so many alike."""

    zones: Sequence[str] = ()
    """Those that are there; none where nobody said."""
    preservation: Preservation | None = None
    weathering: Weathering | None = None
    joins: Sequence[str] = ()
    """Numbers of the remains whose fragments of the same bone fit to this one."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure of one bone, in mm."""

    measure: str
    side: BoneSide
    length_mm: float
    taken_by: str = ""
    taken_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver:
    """What a method says of sex, age or stature, and what it becomes in the profile."""

    about: EstimateKind
    method: str
    inputs: Mapping[str, Any]
    title: str
    population: str
    source: str
    status: FigureStatus
    unit: str
    value: float | None
    lowest: float | None
    highest: float | None
    interval_kind: str
    notes: Sequence[str]
    columns: Mapping[str, Any]
    """Columns of the profile."""


@dataclass(frozen=True, slots=True)
class NewMark:
    """A mark, healed injury or implant."""

    kind: MarkKind
    code: str = ""
    region: str = ""
    description: str = ""
    serial_number: str = ""
    maker: str = ""


@dataclass(frozen=True, slots=True)
class NameFound:
    """A name read or heard, which may be somebody else's."""

    kind: FoundNameKind
    name: str
    mother: str = ""
    birth_year: int | None = None


@dataclass(frozen=True, slots=True)
class CameraPlace:
    """Where a camera stood, in metres from the datum, and where it looked."""

    grid_e_m: float | None = None
    grid_n_m: float | None = None
    depth_m: float | None = None
    facing_deg: int | None = None


@dataclass(frozen=True, slots=True)
class NewPhotograph:
    """What is said about a photograph."""

    caption: str = ""
    shows_number: bool | None = None
    shows_scale: bool | None = None
    shows_north: bool | None = None
    grid_e_m: float | None = None
    grid_n_m: float | None = None
    depth_m: float | None = None
    facing_deg: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRemains:
    """What must be known to give remains their number, and whatever else is known then."""

    feature: Feature
    team_id: int
    kind: RemainsKind
    sequence: int | None = None
    """The number of a printed form, where one was filled in; else the team's next is given."""
    source_id: str | None = None
    deposit_from: date | None = None
    deposit_to: date | None = None
    layer: int | None = None
    recovery: Recovery = field(default_factory=Recovery)
    profile: Profile | None = None
    teeth: Sequence[Tooth] = ()
    marks: Sequence[NewMark] = ()
    found_names: Sequence[NameFound] = ()
    absences: Absences = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSample:
    """What was cut, from where, by whom and when."""

    material: SampleMaterial
    cut_on: date
    cut_by: str
    element: str = ""
    side: BoneSide | None = None
    fdi: int | None = None
    weight_g: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenOnBone:
    """Where on the skeleton something is seen, and by whom."""

    element: str
    side: BoneSide
    segment: Segment | None = None
    description: str = ""
    is_x_rayed: bool = False
    known: Known | None = None
    described_by: str = ""
    described_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Injury(SeenOnBone):
    """An injury of bone."""

    timing: Timing
    mechanism: Mechanism
    criteria: Sequence[Criterion] = ()
    length_mm: float | None = None
    width_mm: float | None = None
    depth_mm: float | None = None
    fractures: Sequence[FractureKind] = ()
    wound: ShotWound | None = None
    bevel: Bevel | None = None
    path: str = ""
    projectile: str = ""
    tool: ToolClass | None = None
    least_number: int | None = None
    pattern: Pattern | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disease(SeenOnBone):
    """A disease or an anomaly of bone."""

    kind: PathologyKind
    lesion: LesionKind | None = None
    activity: Activity | None = None
    size_text: str = ""
    differential: str = ""


@dataclass(frozen=True, slots=True)
class NewTable:
    """Lines that the engine has looked at, of one method and population."""

    kind: OwnTableKind
    method: str
    year: str
    population: str
    lines: Sequence[dict[str, str]]
