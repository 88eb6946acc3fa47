"""What the engine answers: lines of evidence, candidates and their order."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Plain: TypeAlias = "str | float | int | bool | list[Plain] | dict[str, Plain] | None"


class LineName(StrEnum):
    """The lines of evidence, in the order in which they are shown."""

    NAMES = "names"
    DENTAL = "dental"
    MARKS = "marks"
    EFFECTS = "effects"
    CLOTHING = "clothing"
    AGE = "age"
    SEX = "sex"
    STATURE = "stature"
    LAST_SEEN = "last_seen"
    PLACE = "place"
    CIRCUMSTANCE = "circumstance"
    HAIR = "hair"
    HANDEDNESS = "handedness"
    COMPANIONS = "companions"
    RIVALS = "rivals"


class Agreement(StrEnum):
    """How one line of evidence reads to a reviewer, before any number."""

    AGREES = "agrees"
    EXPLAINABLE = "explainable"
    CONTRADICTS = "contradicts"
    NOT_RECORDED = "not_recorded"


@dataclass(frozen=True, slots=True)
class Finding:
    """One attribute of one pair put into words: a level code and the values of both sides."""

    level: str
    agreement: Agreement
    post_mortem: Mapping[str, Plain]
    ante_mortem: Mapping[str, Plain]


NOT_RECORDED = Finding("not_recorded", Agreement.NOT_RECORDED, {}, {})


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One line of evidence of one pair: a finding and what it weighs (log10, after weighting)."""

    line: LineName
    level: str
    agreement: Agreement
    log10_lr: float
    post_mortem: Mapping[str, Plain]
    ante_mortem: Mapping[str, Plain]

    def as_plain(self) -> dict[str, Plain]:
        """Return the line as JSON-ready data, to be stored and put into any language later."""
        return {
            "line": self.line.value,
            "level": self.level,
            "agreement": self.agreement.value,
            "log10_lr": self.log10_lr,
            "post_mortem": dict(self.post_mortem),
            "ante_mortem": dict(self.ante_mortem),
        }


@dataclass(frozen=True, slots=True)
class Candidate:
    """One report suggested for one set of remains. A suggestion, never an identification.

    `posterior` is the probability that the report is about this person, given the prior and that
    the person may be in none of the reports.
    """

    remains: str
    report: str
    rank: int
    log10_lr: float
    posterior: float
    lines: tuple[EvidenceLine, ...]
