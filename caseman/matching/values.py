"""What the engine is told: one set of remains, one report, and their parts.

Every field but the key may be left out. `None` means *not recorded* and weighs nothing; an empty
set means *looked for and nothing there* (remains) or *asked and nothing told* (report).
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Sex(StrEnum):
    """Sex as a report tells it."""

    MALE = "M"
    FEMALE = "F"


class SexCall(StrEnum):
    """Sex as estimated from bones: definite, probable or indeterminate."""

    MALE = "M"
    PROBABLY_MALE = "PM"
    INDETERMINATE = "I"
    PROBABLY_FEMALE = "PF"
    FEMALE = "F"


class Assessor(StrEnum):
    """Who examined: somebody with forensic training, or not."""

    TRAINED = "trained"
    LAY = "lay"


class Hand(StrEnum):
    """The favoured hand."""

    LEFT = "L"
    RIGHT = "R"


class StatureCategory(StrEnum):
    """Stature told in a word, relative to others of the same sex."""

    SHORT = "short"
    MEDIUM = "medium"
    TALL = "tall"


class DatePrecision(StrEnum):
    """How exactly a date was told."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"


class PlacePrecision(StrEnum):
    """How exactly a place was told: a street or building, or only the town."""

    EXACT = "exact"
    TOWN = "town"


class NameSource(StrEnum):
    """What carried a name found with remains."""

    DOCUMENT = "id"
    LABEL = "label"
    WITNESS = "witness"


@dataclass(frozen=True, slots=True)
class DateInterval:
    """The days from `first` to `last`, both included; ValueError if `last` comes first."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            message = f"an interval cannot end ({self.last}) before it begins ({self.first})"
            raise ValueError(message)

    @property
    def days(self) -> int:
        """Length in days, at least one."""
        return (self.last - self.first).days + 1

    @property
    def middle_year(self) -> float:
        """The middle of the interval as a decimal year."""
        return 1 + (self.first.toordinal() + self.last.toordinal()) / 2 / 365.2425


@dataclass(frozen=True, slots=True)
class Position:
    """Degrees north and east (WGS 84)."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            message = f"no such place on earth: {self.latitude}, {self.longitude}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class SexEstimate:
    """A sex estimate with the region it rests on and who made it."""

    call: SexCall
    method: str | None = None
    assessor: Assessor | None = None


@dataclass(frozen=True, slots=True)
class AgeEstimate:
    """Age at death in years, as the examiner's interval (nominally 95 %)."""

    low: float
    high: float
    method: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= 130:
            message = f"an age interval in years runs upward from 0, not {self.low} to {self.high}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class StatureEstimate:
    """Living stature in centimetres with the standard error of the method, if it was given."""

    centimetres: float
    standard_error: float | None = None


class Mark(NamedTuple):
    """A healed injury, implant or peculiarity and the body region it is in."""

    kind: str
    region: str


class Garment(NamedTuple):
    """A piece of clothing; an empty colour is one not told or no longer visible."""

    slot: str
    kind: str
    colour: str = ""


class Effect(NamedTuple):
    """A personal effect; an empty descriptor is one not told or not legible."""

    kind: str
    descriptor: str = ""


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name on or with remains, with what the paper says beside it."""

    name: str
    source: NameSource
    mother: str | None = None
    birth_year: int | None = None


@dataclass(frozen=True, slots=True)
class NameSlots:
    """A name in its parts. `full` is the name as told, used where the parts are missing."""

    given: str | None = None
    father: str | None = None
    grandfather: str | None = None
    family: str | None = None
    mother: str | None = None
    full: str | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """Where remains were recovered."""

    key: str
    position: Position | None = None
    precision_m: float | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class LastSeenDate:
    """When a missing person was last seen: the days understood from what was told."""

    interval: DateInterval
    precision: DatePrecision
    calendar: str | None = None


@dataclass(frozen=True, slots=True)
class LastSeenPlace:
    """Where a missing person was last seen."""

    position: Position
    precision: PlacePrecision


@dataclass(frozen=True, slots=True, kw_only=True)
class PostMortem:
    """One set of remains, as far as it was recovered and examined."""

    key: str
    sex: SexEstimate | None = None
    age: AgeEstimate | None = None
    stature: StatureEstimate | None = None
    handedness: Hand | None = None
    hair: str | None = None
    dental: frozenset[str] | None = None
    dental_absence_counts: bool = False
    marks: frozenset[Mark] | None = None
    regions: frozenset[str] = frozenset()
    assessor: Assessor | None = None
    garments: frozenset[Garment] | None = None
    effects: frozenset[Effect] | None = None
    names: tuple[FoundName, ...] = ()
    deposited: DateInterval | None = None
    site: Site | None = None
    found_with: frozenset[str] = frozenset()
    layer: str | None = None
    preservation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnteMortem:
    """One report about one missing person.

    `person` is the same for reports that people have linked as being about one person; `group`
    holds hints that reports belong together, such as a shared telephone.
    """

    key: str
    name: NameSlots = field(default_factory=NameSlots)
    sex: Sex | None = None
    birth: DateInterval | None = None
    age_told: float | None = None
    stature_cm: float | None = None
    stature_category: StatureCategory | None = None
    handedness: Hand | None = None
    hair: str | None = None
    dental: frozenset[str] | None = None
    marks: frozenset[Mark] | None = None
    garments: frozenset[Garment] | None = None
    effects: frozenset[Effect] | None = None
    last_seen: LastSeenDate | None = None
    place: LastSeenPlace | None = None
    circumstance: str | None = None
    companions: tuple[str, ...] = ()
    group: frozenset[str] = frozenset()
    person: str | None = None
