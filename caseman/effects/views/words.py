"""How an effect is worded."""

from caseman.coding import Absence
from caseman.coding.kinds import EffectKind
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
    }
    return [
        (name, value or None, absence(effect.absences.get(field)))
        for field, (name, value) in told.items()
        if value or field in effect.absences or field not in RARE
    ]


RARE = frozenset({"brand", "size", "descriptor", "depth_m", "grid_e_m", "description"})
"""What is left out where nothing was said."""


def _metres(value: float | None) -> str | None:
    return None if value is None else number(value, _("m"))


def _grid(east: float | None, north: float | None) -> str | None:
    if east is None and north is None:
        return None
    metre = _("m")
    return _("%(east)s east, %(north)s north", east=number(east, metre), north=number(north, metre))
