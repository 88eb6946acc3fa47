"""How an effect is worded."""

from collections.abc import Iterator

from caseman.coding import Absence
from caseman.coding.kinds import EffectKind
from caseman.effects.codes import Trace
from caseman.effects.models import CatalogueItem, Decoy, PersonalEffect
from caseman.web.filters import absence, label, number
from caseman.web.words import gettext as _
from caseman.web.words import series

Fact = tuple[str, str | None, Absence | None]


def kind_of(effect: PersonalEffect) -> str:
    """Return what the effect is, in one or two words."""
    known = effect.kind in set(EffectKind) and effect.kind != EffectKind.OTHER
    return label(EffectKind(effect.kind)) if known else effect.kind or label(effect.category)


def neutral(item: CatalogueItem | Decoy) -> str:
    """Return the only words that stand beside a picture in a catalogue: what the thing is.

    No colour, which the picture shows: where it was recorded of one kind of item alone, it would
    tell the decoys.
    """
    known = item.kind in set(EffectKind) and item.kind != EffectKind.OTHER
    return label(EffectKind(item.kind) if known else item.category)


def coloured(item: CatalogueItem | Decoy) -> str:
    """Return what the thing is and its colour, for those who choose decoys that are alike."""
    return series((neutral(item), item.colour and label(item.colour)))


def facts(effect: PersonalEffect) -> list[Fact]:
    """Return everything that was described, with the reason where something was not."""
    colours = (effect.colour and label(effect.colour), effect.second_colour)
    grid = (effect.grid_e_m, effect.grid_n_m)
    told = {
        "kind": (_("What it is"), kind_of(effect)),
        "category": (_("Group"), label(effect.category)),
        "colour": (_("Colour"), series(colours)),
        "material": (_("Material"), effect.material and label(effect.material)),
        "brand": (_("Brand or label"), effect.brand),
        "size": (_("Size"), effect.size),
        "inscription": (_("What is written on it"), effect.inscription),
        "descriptor": (_("What sets it apart"), effect.descriptor),
        "body_place": (_("Where it was"), effect.body_place and label(effect.body_place)),
        "depth_m": (_("Depth below the surface"), _metres(effect.depth_m)),
        "grid_e_m": (_("From the datum"), _grid(*grid)),
        "description": (_("Description"), effect.description),
        **{name: (text, value) for name, text, value in _closer(effect)},
    }
    return [
        (name, value or None, absence(effect.absences.get(field)))
        for field, (name, value) in told.items()
        if value or field in effect.absences or field not in RARE
    ]


def traces_of(effect: PersonalEffect) -> str:
    """Return traces and damage in words, and what lies beneath; empty where nothing was said."""
    known = [label(each) for each in Trace if each in (effect.traces or ())]
    beneath = effect.damage_beneath and label(effect.damage_beneath)
    return series((*known, beneath, effect.trace_note))


def _closer(effect: PersonalEffect) -> Iterator[tuple[str, str, str | None]]:
    """Yield what only a closer look tells: its name, caption and value."""
    size = effect.size_system and label(effect.size_system)
    yield "wear_layer", _("How far from the skin"), effect.wear_layer and label(effect.wear_layer)
    yield "side", _("Left or right"), effect.side and label(effect.side)
    yield "quantity", _("How many alike"), number(effect.quantity) if effect.quantity else None
    yield "pattern", _("Pattern"), effect.pattern and label(effect.pattern)
    yield "size_system", _("How its size is counted"), size
    yield "traces", _("Traces and damage"), traces_of(effect)


RARE = frozenset(
    {"brand", "size", "descriptor", "depth_m", "grid_e_m", "description", "wear_layer", "side"}
    | {"quantity", "pattern", "size_system", "traces"}
)
"""What is left out where nothing was said."""


def _metres(value: float | None) -> str | None:
    return None if value is None else number(value, _("m"))


def _grid(east: float | None, north: float | None) -> str | None:
    if east is None and north is None:
        return None
    metre = _("m")
    return _("%(east)s east, %(north)s north", east=number(east, metre), north=number(north, metre))
