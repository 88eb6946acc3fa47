"""Answers of which there may be several: one row each, and a button for a further row.

The button posts the whole form and gets it back with another row, so it works without a script
and keeps everything typed.
"""

from collections.abc import Sequence
from typing import Any

import wtforms
from wtforms import FieldList, FormField

from caseman.coding.belongings import Colour, Material
from caseman.coding.kinds import EffectKind
from caseman.coding.physical import BodyRegion, MarkKind
from caseman.reports.drafts import NewEffect, NewMark
from caseman.reports.models import ReportedEffect, ReportedMark
from caseman.web.forms import CodeField, TextField
from caseman.web.words import lazy_gettext
from caseman.writing import clean_line

MOST_ROWS = 40
WORN = tuple(
    EffectKind(value)
    for value in (
        "shirt", "t-shirt", "sweater", "dress", "abaya", "jallabiya", "shal_u_shapik", "jacket",
        "coat", "trousers", "jeans", "shorts", "skirt", "shirwal", "belt", "hijab", "niqab",
        "keffiyeh", "cap", "prayer_cap", "sports_shoe", "leather_shoe", "boot", "sandal",
        "slipper", "socks",
    )
)  # fmt: skip
CARRIED = tuple(
    EffectKind(value)
    for value in (
        "ring", "necklace", "earrings", "bracelet", "amulet", "watch", "glasses", "prayer_beads",
        "phone", "keys", "wallet", "money", "lighter", "cigarettes", "medicine", "toy",
    )
)  # fmt: skip
DOCUMENTS = (EffectKind.ID_CARD, EffectKind.PASSPORT, EffectKind.FAMILY_BOOKLET)
"""Kinds there is a drawing of; every other one is told in a row."""


class EffectRow(wtforms.Form):
    """A piece of clothing or a thing."""

    kind = CodeField(lazy_gettext("What"), EffectKind)
    colour = CodeField(lazy_gettext("Colour"), Colour)
    material = CodeField(lazy_gettext("Made of"), Material)
    inscription = TextField(lazy_gettext("Name, word or number on it"), longest=500)
    description = TextField(lazy_gettext("What makes it special"), longest=1000)
    told_kind = wtforms.HiddenField()
    """A kind from outside our list, carried along unchanged."""
    descriptor = wtforms.HiddenField()

    def draft(self) -> NewEffect | None:
        """Return what was told, or None for an empty row."""
        kind: EffectKind | None = self.kind.data
        told = clean_line(self.told_kind.data or "")[:60]
        answers = (kind, self.colour.data, self.material.data, self.inscription.data)
        if not any((*answers, self.description.data, told)):
            return None
        known = kind or EffectKind.OTHER
        return NewEffect(
            category=known.category,
            kind=kind.value if kind else told,
            slot=known.slot,
            colour=self.colour.data,
            descriptor=clean_line(self.descriptor.data or "")[:200],
            material=self.material.data,
            inscription=self.inscription.data,
            description=self.description.data,
        )


class MarkRow(wtforms.Form):
    """A mark, an old injury, an operation."""

    kind = CodeField(lazy_gettext("What"), [each for each in MarkKind if "perimortem" not in each])
    region = CodeField(lazy_gettext("Where on the body"), BodyRegion)
    description = TextField(lazy_gettext("In your words"), longest=500)
    code = wtforms.HiddenField()

    def draft(self) -> NewMark | None:
        """Return what was told, or None for an empty row."""
        if not any((self.kind.data, self.region.data, self.description.data)):
            return None
        region: BodyRegion | None = self.region.data
        return NewMark(
            kind=self.kind.data or MarkKind.OTHER,
            code=clean_line(self.code.data or "")[:60],
            region=region.value if region else "",
            description=self.description.data,
        )


def effect_rows(label: str) -> "FieldList[FormField[Any]]":
    """Return the field of all effects."""
    return FieldList(FormField(EffectRow), label, min_entries=2, max_entries=MOST_ROWS)


def mark_rows(label: str) -> "FieldList[FormField[Any]]":
    """Return the field of all marks."""
    return FieldList(FormField(MarkRow), label, min_entries=1, max_entries=MOST_ROWS)


def effect_of(kind: EffectKind) -> NewEffect:
    """Return the thing that was pointed at, of which nothing more was said."""
    return NewEffect(category=kind.category, kind=kind.value, slot=kind.slot)


def add_effects(rows: "FieldList[FormField[Any]]", kinds: Sequence[EffectKind]) -> list[EffectKind]:
    """Give each kind a row of its own, empty ones first; return those there is no room for."""
    told = {entry.form.kind.data for entry in rows}
    wanted = [kind for kind in kinds if kind not in told]
    empty = [entry.form for entry in rows if entry.form.draft() is None]
    for form, kind in zip(empty, wanted, strict=False):
        form.kind.data = kind
    left = wanted[len(empty) :]
    room = MOST_ROWS - len(rows.entries)
    for kind in left[:room]:
        rows.append_entry({"kind": kind})
    return left[room:]


def drafts_of(rows: "FieldList[FormField[Any]]") -> tuple[Any, ...]:
    """Return what the rows that are not empty tell."""
    drafts = (entry.form.draft() for entry in rows)
    return tuple(draft for draft in drafts if draft is not None)


def effect_values(effect: ReportedEffect) -> dict[str, Any]:
    """Return what the row of a stored effect shows."""
    known = effect.kind in set(EffectKind)
    return {
        "kind": EffectKind(effect.kind) if known else None,
        "told_kind": "" if known else effect.kind,
        "colour": effect.colour,
        "material": effect.material,
        "inscription": effect.inscription,
        "description": effect.description,
        "descriptor": effect.descriptor,
    }


def mark_values(mark: ReportedMark) -> dict[str, Any]:
    """Return what the row of a stored mark shows."""
    known = mark.region in set(BodyRegion)
    return {
        "kind": mark.kind,
        "region": BodyRegion(mark.region) if known else None,
        "description": mark.description,
        "code": mark.code,
    }
