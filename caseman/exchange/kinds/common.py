"""What the tables of remains and of reports write alike: clothing, effects, marks."""

from collections.abc import Iterator
from dataclasses import dataclass

from caseman.coding import N_
from caseman.coding.belongings import Colour, EffectCategory, Slot
from caseman.coding.physical import MarkKind
from caseman.exchange.cells import Cells

JEWELLERY = frozenset({"ring", "necklace", "bracelet", "earrings", "amulet", "watch", "hair_clip"})
DOCUMENTS = frozenset({"id_card", "passport", "family_booklet", "document", "dog_tag"})
MEDICAL = frozenset({"medicine", "glasses", "hearing_aid", "prosthesis"})

MARK_KINDS = {
    "fx": MarkKind.HEALED_FRACTURE,
    "plate": MarkKind.IMPLANT,
    "screw": MarkKind.IMPLANT,
    "nail": MarkKind.IMPLANT,
    "implant": MarkKind.IMPLANT,
    "prosthesis": MarkKind.PROSTHESIS,
    "amputation": MarkKind.AMPUTATION,
    "surgery": MarkKind.SURGERY,
    "trepanation": MarkKind.SURGERY,
}
"""First word of a skeletal code -> kind of mark; what is not here is another kind."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A garment or an effect as both sides describe it."""

    category: EffectCategory
    kind: str
    slot: Slot | None = None
    colour: Colour | None = None
    descriptor: str = ""


@dataclass(frozen=True, slots=True)
class MarkTold:
    """A mark as both sides describe it."""

    kind: MarkKind
    code: str
    region: str


def garment(cells: Cells, column: str, slot: str, kind: str, colour: str) -> Thing:
    """Return a piece of clothing; an unknown slot or colour is kept as told."""
    worn, slot_told = cells.told(column, slot, Slot)
    hue, colour_told = cells.told(column, colour, Colour)
    category = EffectCategory.FOOTWEAR if worn is Slot.FEET else EffectCategory.CLOTHING
    told = " ".join(filter(None, (slot_told, colour_told)))
    return Thing(category, kind[:60], worn, hue, told[:200])


def belonging(kind: str, descriptor: str) -> Thing:
    """Return an effect that is not clothing."""
    category = EffectCategory.PERSONAL
    for group, codes in (
        (EffectCategory.JEWELLERY, JEWELLERY),
        (EffectCategory.DOCUMENT, DOCUMENTS),
        (EffectCategory.MEDICAL, MEDICAL),
    ):
        category = group if kind in codes else category
    return Thing(category, kind[:60], descriptor=descriptor[:200])


def things(cells: Cells) -> list[Thing]:
    """Return the garments and effects of the two list columns of a row."""
    return [*_garments(cells), *_belongings(cells)]


def _garments(cells: Cells) -> Iterator[Thing]:
    for text in cells.items("clothing"):
        parts = [part.strip() for part in text.split(":")]
        if len(parts) not in {2, 3}:
            cells.fault("clothing", N_("“%(text)s” is not SLOT:TYPE:COLOUR."), text=text[:40])
            continue
        slot, kind, colour = (*parts, "")[:3]
        yield garment(cells, "clothing", slot, kind, colour)


def _belongings(cells: Cells) -> Iterator[Thing]:
    for text in cells.items("effects"):
        kind, _, descriptor = text.partition(":")
        if not kind.strip():
            cells.fault("effects", N_("“%(text)s” is not KIND:DESCRIPTOR."), text=text[:40])
            continue
        yield belonging(kind.strip(), descriptor.strip())


def marks(cells: Cells) -> list[MarkTold]:
    """Return the skeletal marks of a row, written TYPE@REGION."""
    found = []
    for text in cells.items("skeletal"):
        code, _, region = text.partition("@")
        if not code.strip():
            cells.fault("skeletal", N_("“%(text)s” is not TYPE@REGION."), text=text[:40])
            continue
        first = code.strip().split("_")[0]
        kind = MARK_KINDS.get(first, MarkKind.OTHER)
        found.append(MarkTold(kind, code.strip()[:60], region.strip()[:40]))
    return found
