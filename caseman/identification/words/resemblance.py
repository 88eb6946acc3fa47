"""In what two missing persons resemble each other, in words and in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from caseman.coding import N_
from caseman.identification.codes import Verdict
from caseman.web.words import gettext as _

_NAME: Final = (
    N_("The same name, in whatever spelling or script."),
    N_("The same name, in whatever spelling or script."),
    N_("May be the same name, misheard or miswritten."),
    N_("Another name."),
    N_("Another name."),
)
_NAMED: Final = (
    Verdict.AGREES,
    Verdict.AGREES,
    Verdict.EXPLAINABLE,
    Verdict.CONTRADICTS,
    Verdict.CONTRADICTS,
)
_SHARED: Final = (Verdict.AGREES, Verdict.NOT_RECORDED)
_OPPOSED: Final = (Verdict.AGREES, Verdict.CONTRADICTS)


@dataclass(frozen=True, slots=True)
class _Feature:
    label: str
    verdicts: tuple[Verdict, ...]
    """By level; ``NOT_RECORDED`` where a difference says nothing."""
    said: tuple[str, ...]


FEATURES: Final = {
    "given": _Feature(N_("Given name"), _NAMED, _NAME),
    "father": _Feature(N_("Father's name"), _NAMED, _NAME),
    "grandfather": _Feature(N_("Grandfather's name"), _NAMED, _NAME),
    "family": _Feature(N_("Family name"), _NAMED, _NAME),
    "mother": _Feature(N_("Mother's name"), _NAMED, _NAME),
    "phone": _Feature(
        N_("Telephone"),
        _SHARED,
        (N_("Both families gave the same telephone number."), ""),
    ),
    "sex": _Feature(N_("Sex"), _OPPOSED, (N_("The same."), N_("Not the same."))),
    "birth": _Feature(
        N_("Birth"),
        (
            Verdict.AGREES,
            Verdict.AGREES,
            Verdict.EXPLAINABLE,
            Verdict.EXPLAINABLE,
            Verdict.CONTRADICTS,
            Verdict.CONTRADICTS,
        ),
        (
            N_("Born within some months of each other."),
            N_("Born within a year and a half of each other."),
            N_("Born within three years of each other."),
            N_("Born within six years of each other."),
            N_("Born more than six years apart."),
            N_("Born more than twelve years apart."),
        ),
    ),
    "birth_day": _Feature(N_("Birthday"), _OPPOSED, (N_("The same day."), N_("Not the same day."))),
    "last_seen": _Feature(
        N_("Last seen"),
        (
            Verdict.AGREES,
            Verdict.AGREES,
            Verdict.EXPLAINABLE,
            Verdict.CONTRADICTS,
            Verdict.CONTRADICTS,
        ),
        (
            N_("The days agree."),
            N_("Within a week of each other."),
            N_("Within two months of each other."),
            N_("More than two months apart."),
            N_("More than a year apart."),
        ),
    ),
    "place": _Feature(
        N_("Place last seen"),
        (
            Verdict.AGREES,
            Verdict.AGREES,
            Verdict.EXPLAINABLE,
            Verdict.EXPLAINABLE,
            Verdict.CONTRADICTS,
        ),
        (
            N_("The same place."),
            N_("Within two kilometres of each other."),
            N_("Within six kilometres of each other."),
            N_("Within thirty kilometres of each other."),
            N_("More than thirty kilometres apart."),
        ),
    ),
    "circumstance": _Feature(
        N_("What was happening"), _OPPOSED, (N_("The same."), N_("Not the same."))
    ),
    "hair": _Feature(N_("Hair"), _OPPOSED, (N_("The same."), N_("Not the same."))),
    "stature": _Feature(
        N_("Height"),
        (Verdict.AGREES, Verdict.EXPLAINABLE, Verdict.CONTRADICTS, Verdict.CONTRADICTS),
        (
            N_("Within three centimetres of each other."),
            N_("Within eight centimetres of each other."),
            N_("More than eight centimetres apart."),
            N_("More than fifteen centimetres apart."),
        ),
    ),
    "marks": _Feature(
        N_("Marks, old injuries, operations"), _SHARED, (N_("Both tell of the same."), "")
    ),
    "effects": _Feature(N_("Clothes and things"), _SHARED, (N_("Both tell of the same."), "")),
}
ORDER: Final = (Verdict.AGREES, Verdict.EXPLAINABLE, Verdict.CONTRADICTS)


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for one person, or against it."""

    label: str
    verdict: Verdict
    said: str


def reasons(levels: Mapping[str, int]) -> list[Reason]:
    """Return what agrees, then what can be explained, then what contradicts."""
    told = [
        Reason(_(feature.label), verdict, _(feature.said[levels[name]]))
        for name, feature in FEATURES.items()
        if name in levels
        and (verdict := feature.verdicts[levels[name]]) is not Verdict.NOT_RECORDED
    ]
    return sorted(told, key=lambda reason: ORDER.index(reason.verdict))
