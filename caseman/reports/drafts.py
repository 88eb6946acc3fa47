"""What forms and importers hand over: one report as it was told, complete in itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from caseman.coding import Calendar, Language, Sex
from caseman.coding.belongings import Colour, EffectCategory, Material, Slot
from caseman.coding.physical import HairColour, Handedness, MarkKind
from caseman.laboratory.codes import ConsentManner, SampleMaterial
from caseman.reports.codes import (
    Bond,
    CallNext,
    CallOutcome,
    CallReason,
    Channel,
    Circumstance,
    ConsentPurpose,
    DatePrecision,
    Interview,
    Kin,
    Living,
    PlacePrecision,
    Relation,
    StatureWord,
    TriageState,
)


@dataclass(frozen=True, slots=True)
class NewInformant:
    """Who told, and how they may be reached."""

    relation: Relation | None = None
    name: str = ""
    phone: str = ""
    contact: str = ""
    safe_contact: str = ""
    may_contact: bool = True


@dataclass(frozen=True, slots=True)
class NewEffect:
    """Clothing worn or a thing carried."""

    category: EffectCategory
    kind: str = ""
    slot: Slot | None = None
    colour: Colour | None = None
    descriptor: str = ""
    material: Material | None = None
    inscription: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class NewMark:
    """A mark, healed injury or implant."""

    kind: MarkKind
    code: str = ""
    region: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class NewCompanion:
    """Somebody who was with the person."""

    name: str
    missing_person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What was told about the person; the fields are those of ``AnteMortemReport``."""

    name_full: str = ""
    name_given: str = ""
    name_father: str = ""
    name_grandfather: str = ""
    name_family: str = ""
    name_mother: str = ""
    nickname: str = ""
    sex: Sex | None = None
    birth_text: str = ""
    birth_calendar: Calendar | None = None
    birth_from: date | None = None
    birth_to: date | None = None
    age_told_min: float | None = None
    """Age when last seen, as it was told."""
    age_told_max: float | None = None
    age_text: str | None = None
    """The age in the words of whoever told it."""
    birth_place: str = ""
    occupation: str = ""
    last_seen_text: str = ""
    last_seen_calendar: Calendar | None = None
    last_seen_precision: DatePrecision | None = None
    last_seen_from: date | None = None
    last_seen_to: date | None = None
    last_seen_place: str = ""
    last_seen_lat: float | None = None
    last_seen_lon: float | None = None
    place_precision: PlacePrecision | None = None
    region: str = ""
    circumstance: Circumstance | None = None
    circumstance_text: str = ""
    carried_id: bool | None = None
    stature_cm: float | None = None
    stature_text: str | None = None
    stature_word: StatureWord | None = None
    handedness: Handedness | None = None
    hair: HairColour | None = None
    physical_text: str = ""
    dental_codes: tuple[str, ...] = ()
    teeth: Mapping[str, Any] = field(default_factory=dict)
    dental_text: str = ""
    medical_text: str = ""
    absences: Mapping[str, str] = field(default_factory=dict)
    """Field -> why it holds no answer (an ``Absence``)."""
    effects: tuple[NewEffect, ...] = ()
    marks: tuple[NewMark, ...] = ()
    companions: tuple[NewCompanion, ...] = ()
    informant: NewInformant | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """How a report came: everything but the answers."""

    operation_id: int
    channel: Channel
    triage: TriageState = TriageState.ACCEPTED
    number: str | None = None
    """The pre-issued number of a paper form; drawn here where there is none."""
    source: str | None = None
    source_id: str | None = None
    """The report's own number in a file that was imported; unique within ``source``."""
    language: Language | None = None
    told_at: datetime | None = None
    """By default now."""
    taken_by_id: int | None = None
    interview: Interview | None = None
    helped_by: str | None = None
    told_with_id: int | None = None
    """The first report that the same family told."""


@dataclass(frozen=True, slots=True)
class NewReport:
    """A report to be registered; with ``missing_person_id``, about a person who is known."""

    intake: Intake
    answers: Answers
    missing_person_id: int | None = None


@dataclass(frozen=True, slots=True)
class RelativeFacts:
    """Who belongs to the tree, and how."""

    kin: Kin
    sex: Sex | None = None
    through_id: int | None = None
    name: str = ""
    note: str = ""
    bond: Bond | None = None
    living: Living | None = None
    own_record_id: int | None = None


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """To what a relative agreed, when and how."""

    given_on: date
    manner: ConsentManner
    consent_text: str
    may_go_abroad: bool = False


class Asked(NamedTuple):
    """One question of consent; with a partner's team where the purpose is a partner."""

    purpose: ConsentPurpose
    team_id: int | None = None


@dataclass(frozen=True, slots=True)
class SampleTaken:
    """What a relative gave."""

    material: SampleMaterial
    taken_on: date
    taken_by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Called:
    """A call, and what came of it."""

    called_at: datetime
    call_reason: CallReason
    call_outcome: CallOutcome
    next_step: CallNext
    not_before: date | None = None
    said: str = ""
