"""Lines of evidence in words, in the reader's language.

The engine gives a level and the values of both sides; the sentence is made here when it is shown,
so that a stored candidate reads in every language.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseman.coding import SexEstimate
from caseman.coding.belongings import Colour, Slot
from caseman.coding.physical import BodyRegion, HairColour, Handedness
from caseman.identification.codes import Verdict
from caseman.reports.codes import StatureWord
from caseman.web.filters import day, number
from caseman.web.words import gettext as _
from caseman.web.words import lazy_gettext as later

Side = Mapping[str, Any]

LINE_NAMES = {
    "names": later("Name found"),
    "dental": later("Teeth"),
    "marks": later("Marks and healed injuries"),
    "effects": later("Personal effects"),
    "clothing": later("Clothing"),
    "age": later("Age"),
    "sex": later("Sex"),
    "stature": later("Stature"),
    "last_seen": later("Last seen and deposition"),
    "place": later("Place"),
    "circumstance": later("Circumstance"),
    "hair": later("Hair"),
    "handedness": later("Handedness"),
    "companions": later("Companions"),
}

LEVELS = {
    "not_recorded": later("Not recorded on one side or on both."),
    "differ": later("The names differ. A document may have been carried by somebody else."),
    "partly": later("The names agree in part."),
    "agree": later("The names agree."),
    "none_common": later("Nothing in common was recorded."),
    "common": later("Both sides tell of the same."),
    "told_not_found": later("What was told of was looked for and not seen."),
    "found_not_told": later("What was seen was not told of."),
    "other_side": later("The same, on the other side of the body."),
    "same_kind": later("The same kind of thing."),
    "same_described": later("The same thing, described alike."),
    "different": later("Different from what was told."),
    "same_garment": later("The same garment in the same colour."),
    "inside": later("Within the estimated range."),
    "near": later("Near to each other."),
    "outside": later("Outside the estimated range."),
    "same": later("The same."),
    "other": later("Another than was told."),
    "opposite_definite": later("The opposite of a definite estimate."),
    "opposite_probable": later("The opposite of a probable estimate."),
    "close": later("Close to each other."),
    "far": later("Far from each other."),
    "same_time": later("Last seen at the time of deposition."),
    "soon_after": later("Deposited soon after the person was last seen."),
    "long_after": later("Deposited long after the person was last seen."),
    "found_shortly_before": later("Deposited shortly before the person was last seen, as told."),
    "found_long_before": later("Deposited long before the person was last seen, as told."),
}


@dataclass(frozen=True, slots=True)
class WordedLine:
    """One line of evidence as a page shows it."""

    line: str
    label: str
    verdict: Verdict
    weight: float | None
    """log10 of the likelihood ratio; None where nothing was compared."""
    detail: str
    post_mortem: str
    ante_mortem: str


def worded(plain: Mapping[str, Any]) -> WordedLine:
    """Return a stored line of the engine in words."""
    name, level = str(plain["line"]), str(plain["level"])
    verdict = Verdict(plain["agreement"])
    describe = _DESCRIBE.get(name, _anything)
    return WordedLine(
        line=name,
        label=line_name(name),
        verdict=verdict,
        weight=None if verdict is Verdict.NOT_RECORDED else float(plain["log10_lr"]),
        detail=str(LEVELS.get(level, level.replace("_", " "))),
        post_mortem=describe(plain["post_mortem"]),
        ante_mortem=describe(plain["ante_mortem"]),
    )


def worded_lines(lines: Sequence[Mapping[str, Any]]) -> list[WordedLine]:
    """Return the stored lines of a candidate in words, and those not recorded after them."""
    told = [worded(plain) for plain in lines]
    absent = LINE_NAMES.keys() - {line.line for line in told}
    return told + [_not_recorded(name) for name in LINE_NAMES if name in absent]


def _not_recorded(name: str) -> WordedLine:
    detail = str(LEVELS["not_recorded"])
    return WordedLine(name, line_name(name), Verdict.NOT_RECORDED, None, detail, "", "")


def line_name(name: str) -> str:
    """Return what a line of evidence is called."""
    return str(LINE_NAMES.get(name, name.replace("_", " ")))


def _joined(parts: Sequence[str]) -> str:
    return _("; ").join(part for part in parts if part)


def _coded(codes: type[Any], value: object) -> str:
    try:
        return _(codes(value).label)
    except ValueError:
        return str(value).replace("_", " ")


def _names(side: Side) -> str:
    if "names" in side:
        return _joined([str(each["name"]) for each in side["names"]])
    return str(side.get("name") or "")


def _codes_told(side: Side) -> str:
    return _joined([str(code).replace("_", " ") for code in side.get("codes", ())]) or _none()


def _none() -> str:
    return _("none")


def _marks(side: Side) -> str:
    if not side:
        return ""
    told = [
        f"{str(kind).replace('_', ' ')} ({_coded(BodyRegion, region)})"
        for kind, region in side.get("marks", ())
    ]
    return _joined(told) or _none()


def _effects(side: Side) -> str:
    if not side:
        return ""
    told = [
        " ".join(filter(None, map(str, pair))).replace("_", " ") for pair in side.get("effects", ())
    ]
    return _joined(told) or _none()


def _garments(side: Side) -> str:
    if not side:
        return ""
    told = [
        f"{_coded(Slot, slot)}: {str(kind).replace('_', ' ')} {_coded(Colour, colour)}".strip()
        for slot, kind, colour in side.get("garments", ())
    ]
    return _joined(told) or _none()


def _age(side: Side) -> str:
    if "low" in side:
        return _("%(low)s to %(high)s years", low=number(side["low"]), high=number(side["high"]))
    if side.get("years") is None:
        return ""
    return _("%(years)s years when last seen", years=number(side["years"]))


def _sex(side: Side) -> str:
    value = side.get("estimate") or side.get("sex")
    return "" if value is None else _coded(SexEstimate, value)


def _stature(side: Side) -> str:
    if side.get("centimetres") is not None:
        text = number(side["centimetres"], "cm")
        error = side.get("standard_error")
        return text if error is None else f"{text} ± {number(error, 'cm')}"
    return _coded(StatureWord, side["category"]) if side.get("category") else ""


def _period(side: Side) -> str:
    first, last = side.get("first"), side.get("last")
    if not first or not last:
        return ""
    if first == last:
        return day(date.fromisoformat(first))
    return _(
        "%(first)s to %(last)s",
        first=day(date.fromisoformat(first)),
        last=day(date.fromisoformat(last)),
    )


def _place(side: Side) -> str:
    if side.get("kilometres") is not None:
        return _("%(distance)s from the site", distance=number(side["kilometres"], "km"))
    return str(side.get("site") or "")


def _hair(side: Side) -> str:
    return _coded(HairColour, side["value"]) if side.get("value") else ""


def _hand(side: Side) -> str:
    return _coded(Handedness, side["value"]) if side.get("value") else ""


def _anything(side: Side) -> str:
    return _joined([str(value) for value in side.values() if value not in (None, "", [], {})])


_DESCRIBE: Mapping[str, Callable[[Side], str]] = {
    "names": _names,
    "dental": _codes_told,
    "marks": _marks,
    "effects": _effects,
    "clothing": _garments,
    "age": _age,
    "sex": _sex,
    "stature": _stature,
    "last_seen": _period,
    "place": _place,
    "hair": _hair,
    "handedness": _hand,
}
