"""What forms hand over to services: values that are complete in themselves."""

from dataclasses import dataclass
from datetime import date

from caseman.identification.codes import Basis, NotificationManner, Outcome, Verdict
from caseman.identification.models import Recipient
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
