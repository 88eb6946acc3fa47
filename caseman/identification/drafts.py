"""What forms hand over to services: values that are complete in themselves."""

from dataclasses import dataclass
from datetime import date, datetime

from caseman.identification.codes import (
    Basis,
    NotificationManner,
    Outcome,
    RecognitionAnswer,
    Verdict,
)
from caseman.identification.models import Recipient
from caseman.reports.codes import Relation
from caseman.reports.models import AnteMortemReport
from caseman.values import Position


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person says of one line of evidence."""

    line: str
    verdict: Verdict
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a signatory concludes, and why."""

    outcome: Outcome
    statement: str
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """How a family was told."""

    told: str
    told_by: str
    told_on: date
    manner: NotificationManner
    place: str = ""
    wishes: str = ""


@dataclass(frozen=True, slots=True)
class Handing:
    """How remains were handed over, and where they were laid to rest."""

    recipient: Recipient
    released_on: date
    reburial_place: str = ""
    reburial_plot: str = ""
    reburied_on: date | None = None
    reburial_position: Position | None = None


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looked at a catalogue, and how."""

    looked_at: datetime
    report: AnteMortemReport | None = None
    viewer: str = ""
    relation: Relation | None = None
    place: str = ""
    present: str = ""
    said_first: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one picture."""

    answer: RecognitionAnswer
    said: str = ""
    reason: str = ""
