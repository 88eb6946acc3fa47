"""What is still to be asked about a missing person: first whatever would help the ranking most.

The weight of a topic is what a ranking loses without it: points of recall among the first twenty,
in tenths of a percent, on an invented city (matching.md 5.3; companions: its second pass). It says
in which order to ask, and nothing about how likely anybody is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from caseman.coding import N_, Absence
from caseman.coding.belongings import EffectCategory
from caseman.reports.codes import DatePrecision
from caseman.reports.models import AnteMortemReport

WORN: Final = frozenset({EffectCategory.CLOTHING, EffectCategory.FOOTWEAR})
ASKED: Final = frozenset({Absence.UNKNOWN, Absence.DECLINED})
"""Why nobody is asked again: they do not know, or do not want to say."""
SHARE_OF_DATE: Final = {
    DatePrecision.DAY: 1.0,
    DatePrecision.MONTH: 0.7,
    DatePrecision.SEASON: 0.4,
    DatePrecision.YEAR: 0.2,
}
"""How much of what a day would tell a wider date tells: assumed."""
VAGUE_DATE: Final = 0.2


@dataclass(frozen=True, slots=True)
class Topic:
    """Something the ranking weighs, how far a report tells of it, and why it matters."""

    key: str
    label: str
    weight: int
    told: Callable[[AnteMortemReport], float]
    """From 0, nothing that can be compared, to 1."""
    answers: tuple[str, ...]
    """The questions behind it, as a reason for no answer names them."""
    why: str
    closer: str = ""
    """What to ask where something is told already."""


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask next, and why."""

    label: str
    why: str
    points: float
    """What the answer would add, in the weights of the topics."""
    is_deferred: bool
    """The family asked to be asked later."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much is told of what the ranking weighs, and what to ask next."""

    share: float
    questions: tuple[Question, ...]


def completeness(report: AnteMortemReport) -> Completeness:
    """Return how complete ``report`` is for the ranking; the order of questions is the result."""
    told = {topic.key: topic.told(report) for topic in TOPICS}
    whole = sum(topic.weight for topic in TOPICS)
    reached = sum(topic.weight * told[topic.key] for topic in TOPICS)
    questions = [
        _question(report, topic, told[topic.key])
        for topic in TOPICS
        if told[topic.key] < 1 and not _was_asked(report, topic)
    ]
    return Completeness(
        reached / whole, tuple(sorted(questions, key=lambda question: -question.points))
    )


def _question(report: AnteMortemReport, topic: Topic, told: float) -> Question:
    deferred = any(report.absences.get(name) == Absence.DEFERRED for name in topic.answers)
    begun = told > 0 or (topic.key == "place" and report.last_seen_place)
    why = topic.closer if begun and topic.closer else topic.why
    return Question(topic.label, why, topic.weight * (1 - told), deferred)


def _was_asked(report: AnteMortemReport, topic: Topic) -> bool:
    return any(report.absences.get(name) in ASKED for name in topic.answers)


def _any(*values: object) -> float:
    return float(any(value not in {None, ""} for value in values))


def _effects(report: AnteMortemReport) -> float:
    return float(any(effect.category not in WORN for effect in report.effects))


def _clothing(report: AnteMortemReport) -> float:
    worn = [effect for effect in report.effects if effect.category in WORN and effect.slot]
    if not worn:
        return 0.0
    return 1.0 if any(effect.colour or effect.descriptor for effect in worn) else 0.6


def _age(report: AnteMortemReport) -> float:
    seen = report.last_seen_from is not None
    return float(report.birth_from is not None or (report.age_told_min is not None and seen))


def _date(report: AnteMortemReport) -> float:
    if report.last_seen_from is None:
        return 0.0
    precision = report.last_seen_precision
    if precision is None:
        return 1.0 if report.last_seen_from == report.last_seen_to else VAGUE_DATE
    return SHARE_OF_DATE.get(precision, VAGUE_DATE)


def _name(report: AnteMortemReport) -> float:
    parts = (report.name_given, report.name_father, report.name_family)
    if all(parts) or len(report.name_full.split()) >= len(parts):
        return 1.0
    return 0.5 if report.name_full or any(parts) else 0.0


TOPICS: Final = (
    Topic(
        "effects",
        N_("Things carried"),
        125,
        _effects,
        ("effects",),
        N_("A watch, a ring, keys, papers: nothing else brings out the right person so often."),
    ),
    Topic(
        "age",
        N_("Birth or age"),
        90,
        _age,
        ("birth", "age_told"),
        N_("Age is read from bones and teeth, and can be compared only with an age or a birth."),
    ),
    Topic(
        "date",
        N_("When last seen"),
        86,
        _date,
        ("last_seen",),
        N_("Each grave was filled in certain days. An event or a season helps as well."),
        N_("Known only roughly. What happened around that day, a feast, an attack, may narrow it."),
    ),
    Topic(
        "clothing",
        N_("Clothes worn"),
        56,
        _clothing,
        ("effects",),
        N_("Clothes last for decades. Ask from head to feet: kind, and colour or pattern."),
        N_("Ask for the colour or the pattern of what was worn."),
    ),
    Topic(
        "marks",
        N_("Old injuries, operations, marks"),
        49,
        lambda report: float(bool(report.marks)),
        ("medical_text",),
        N_("A healed fracture or an implant is seen on the bone, and few people share it."),
    ),
    Topic(
        "companions",
        N_("Who was with them"),
        40,
        lambda report: float(bool(report.companions)),
        ("companions",),
        N_("Who went missing together often lies together: one found leads to the other."),
    ),
    Topic(
        "name",
        N_("Full name"),
        32,
        _name,
        ("name_full", "name_given", "name_father", "name_family"),
        N_("Papers found carry given name, father's name and family name."),
        N_("Papers found carry given name, father's name and family name."),
    ),
    Topic(
        "place",
        N_("Where last seen"),
        22,
        lambda report: _any(report.last_seen_lat),
        ("last_seen_place",),
        N_("Graves near the place come first. A town is enough, on the map."),
        N_("The place is told in words. Only a point on the map is compared with graves."),
    ),
    Topic(
        "teeth",
        N_("Teeth"),
        21,
        lambda report: float(bool(report.dental_codes or report.teeth)),
        ("dental_text", "dental_codes"),
        N_("Missing, crowned or filled teeth. A dentist's card can identify by itself."),
    ),
    Topic(
        "sex",
        N_("Sex"),
        7,
        lambda report: _any(report.sex),
        ("sex",),
        N_("Often seen on bones of adults."),
    ),
    Topic(
        "stature",
        N_("Height"),
        4,
        lambda report: _any(report.stature_cm, report.stature_word),
        ("stature_cm", "stature_word"),
        N_("Helps a little, beside other things."),
    ),
    Topic(
        "hair",
        N_("Hair"),
        4,
        lambda report: _any(report.hair),
        ("hair",),
        N_("Helps a little, beside other things."),
    ),
)
