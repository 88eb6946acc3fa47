"""The values of one side of a line of evidence, as a person would say them.

A code becomes its label; what is no code of ours was told in free words and is shown as told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from caseman.coding import Code, SexEstimate
from caseman.coding.belongings import Colour
from caseman.coding.kinds import DentalFeature, EffectKind
from caseman.coding.physical import BodyRegion, HairColour, Handedness, MarkKind
from caseman.coding.teeth import read_chart
from caseman.reports.codes import Circumstance, StatureWord
from caseman.sites.codes import SiteKind
from caseman.web.filters import day, number, tooth_mark
from caseman.web.words import gettext as _
from caseman.web.words import ngettext

Side = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """The numbers, by id, of other remains and persons that the reader may see."""

    remains: Mapping[int, str] = field(default_factory=dict)
    persons: Mapping[int, str] = field(default_factory=dict)


NOBODY_NAMED = Named()


def post_mortem(line: str, side: Side, named: Named) -> str:
    """Return in words what the remains show on this line."""
    if line in _OTHERS:
        return named.remains.get(int(side.get("remains", 0)), "")
    return _DESCRIBE.get(line, _anything)(side)


def ante_mortem(line: str, side: Side, named: Named) -> str:
    """Return in words what the report tells on this line."""
    if line in _OTHERS:
        return named.persons.get(int(side.get("report", 0)), "")
    return _DESCRIBE.get(line, _anything)(side)


_OTHERS = frozenset({"companions", "rivals"})


def _joined(parts: Sequence[str]) -> str:
    return _("; ").join(part for part in parts if part)


def _coded(codes: type[Code], value: str) -> str:
    try:
        return _(codes(value).label)
    except ValueError:
        return value.replace("_", " ")


def _list(told: Sequence[str]) -> str:
    return _joined(told) or _("None told of or seen")


def _names(side: Side) -> str:
    if "names" in side:
        return _joined([str(each["name"]) for each in side["names"]])
    return str(side.get("name") or "")


def _teeth(side: Side) -> str:
    if "codes" not in side:
        return ""
    return _list([_coded(DentalFeature, code) for code in side["codes"]])


def _charted(side: Side) -> str:
    chart = read_chart(side.get("teeth", {}))
    return _joined(
        [
            _("%(tooth)s: %(state)s", tooth=fdi, state=tooth_mark(*said)["label"])
            for fdi, said in chart.items()
        ]
    )


def _marks(side: Side) -> str:
    if "marks" not in side:
        return ""
    return _list([_mark(kind, region) for kind, region in side["marks"]])


def _mark(kind: str, region: str) -> str:
    if not region:
        return _coded(MarkKind, kind)
    return _("%(mark)s (%(place)s)", mark=_coded(MarkKind, kind), place=_coded(BodyRegion, region))


def _effects(side: Side) -> str:
    if "effects" not in side:
        return ""
    return _list([_described(kind, how) for kind, how in side["effects"]])


def _garments(side: Side) -> str:
    if "garments" not in side:
        return ""
    return _list([_described(kind, colour) for _slot, kind, colour in side["garments"]])


def _described(kind: str, how: str) -> str:
    what = _coded(EffectKind, kind)
    return _("%(thing)s, %(description)s", thing=what, description=_look(how)) if how else what


def _look(how: str) -> str:
    return _coded(Colour, how).lower() if how in set(Colour) else how.replace("_", " ")


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
        text = number(side["centimetres"], _("cm"))
        error = side.get("standard_error")
        return text if error is None else f"{text} ± {number(error, _('cm'))}"
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
        return _("%(distance)s from the site", distance=number(side["kilometres"], _("km")))
    return str(side.get("site") or "")


def _circumstance(side: Side) -> str:
    if side.get("site_kind"):
        return _coded(SiteKind, side["site_kind"])
    return _coded(Circumstance, side["circumstance"]) if side.get("circumstance") else ""


def _hair(side: Side) -> str:
    return _coded(HairColour, side["value"]) if side.get("value") else ""


def _hand(side: Side) -> str:
    return _coded(Handedness, side["value"]) if side.get("value") else ""


def _profiles(side: Side) -> str:
    if (markers := side.get("markers")) is not None:
        return str(ngettext("%(num)s marker", "%(num)s markers", markers))
    if (relatives := side.get("relatives")) is not None:
        return str(
            ngettext("%(num)s profile of the family", "%(num)s profiles of the family", relatives)
        )
    return ""


def _anything(side: Side) -> str:
    return _joined([str(value) for value in side.values() if value not in (None, "", [], {})])


_DESCRIBE: Mapping[str, Callable[[Side], str]] = {
    "dna": _profiles,
    "names": _names,
    "dental": _teeth,
    "teeth": _charted,
    "marks": _marks,
    "effects": _effects,
    "clothing": _garments,
    "age": _age,
    "sex": _sex,
    "stature": _stature,
    "last_seen": _period,
    "place": _place,
    "circumstance": _circumstance,
    "hair": _hair,
    "handedness": _hand,
}
