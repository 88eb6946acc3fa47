"""What the ante-mortem and the post-mortem form of INTERPOL share: items, sections, effects.

Items are numbered as in the form's edition of sections A to G, which both forms share; beside each
section stands the series of the 2018 edition. An item that caseman does not record is left to be
written in by hand: other systems expect its place.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from caseman.coding.belongings import EffectCategory
from caseman.coding.kinds import EffectKind
from caseman.coding.physical import MarkKind
from caseman.web.words import gettext as _
from caseman.web.words import lazy_gettext, series

ON_THE_SKIN = frozenset(
    {
        MarkKind.SCAR,
        MarkKind.TATTOO,
        MarkKind.BIRTHMARK,
        MarkKind.AMPUTATION,
        MarkKind.CONGENITAL,
        MarkKind.PROSTHESIS,
    }
)
"""Marks of item 53; the others are medical findings."""
UNRECORDED = (
    ("33", lazy_gettext("Weight")),
    ("34", lazy_gettext("Build, shape of the head")),
    ("35", lazy_gettext("Complexion")),
    ("37-40", lazy_gettext("Forehead, eyebrows, eyes, nose")),
    ("41-44", lazy_gettext("Facial hair, ears, mouth, lips")),
    ("46", lazy_gettext("Signs of smoking")),
    ("47-52", lazy_gettext("Chin, neck, hands, feet, body hair")),
)
"""What only a body with its soft tissue shows, and what families are not asked."""


class Belonging(Protocol):
    """An effect found, or one that a family tells of."""

    category: EffectCategory
    kind: str


B = TypeVar("B", bound=Belonging)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the form: its number, what it asks for, and the lines that answer it."""

    number: str
    caption: str
    lines: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the form; ``series`` is its place in the 2018 edition."""

    letter: str
    title: str
    series: str
    items: Sequence[Item]
    drawing: str = field(default="")
    """What is drawn under it: ``skeleton``, ``teeth``, or nothing."""


def unrecorded(*numbers: str) -> Iterator[Item]:
    """Yield those of the items that nobody records, to be filled in by hand."""
    return (Item(number, caption) for number, caption in UNRECORDED if number in numbers)


def effect_items(effects: Iterable[B], words: Callable[[B], str]) -> Iterator[Item]:
    """Yield items 24 to 30: what was worn and carried, sorted as the form sorts it."""
    by_item: dict[str, list[str]] = {}
    for effect in effects:
        by_item.setdefault(_item_of(effect), []).append(words(effect))
    for number, caption in (
        ("24", _("Clothing")),
        ("25", _("Shoes")),
        ("26", _("Watch")),
        ("27", _("Glasses or contact lenses")),
        ("28", _("Identity documents")),
        ("29", _("Other effects")),
        ("30", _("Jewellery")),
    ):
        yield Item(number, caption, by_item.get(number, []))


def _item_of(effect: Belonging) -> str:
    by_kind = {EffectKind.WATCH.value: "26", EffectKind.GLASSES.value: "27"}
    by_category = {
        EffectCategory.CLOTHING: "24",
        EffectCategory.FOOTWEAR: "25",
        EffectCategory.DOCUMENT: "28",
        EffectCategory.JEWELLERY: "30",
    }
    is_known = effect.kind in set(EffectKind) and effect.kind != EffectKind.OTHER
    category = EffectKind(effect.kind).category if is_known else effect.category
    return by_kind.get(effect.kind) or by_category.get(category, "29")


def said(*parts: str | None) -> tuple[str, ...]:
    """Return one line of the parts that are known, or none."""
    told = series(parts)
    return (told,) if told else ()
