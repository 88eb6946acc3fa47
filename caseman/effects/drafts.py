"""What the services take: an effect in typed values, without a form or a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from caseman.coding.belongings import Colour, EffectCategory, Material, Slot
from caseman.effects.codes import (
    BodyPlace,
    DamageBeneath,
    EffectSide,
    Pattern,
    SizeSystem,
    Trace,
    WearLayer,
)

SHORTEST_REASON = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What an effect is; every field may be empty."""

    category: EffectCategory
    kind: str = ""
    slot: Slot | None = None
    colour: Colour | None = None
    second_colour: str = ""
    descriptor: str = ""
    material: Material | None = None
    brand: str = ""
    size: str = ""
    inscription: str = ""
    body_place: BodyPlace | None = None
    grid_e_m: float | None = None
    grid_n_m: float | None = None
    depth_m: float | None = None
    description: str = ""
    quantity: int | None = None
    side: EffectSide | None = None
    wear_layer: WearLayer | None = None
    pattern: Pattern | None = None
    size_system: SizeSystem | None = None
    traces: Sequence[Trace] | None = None
    damage_beneath: DamageBeneath | None = None
    trace_note: str | None = None
    absences: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LookedLike:
    """A decoy in the words that may be said of an item."""

    category: EffectCategory
    kind: str = ""
    colour: Colour | None = None
    origin: str = ""
