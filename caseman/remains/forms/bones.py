"""The forms of the inventory of bones."""

from collections.abc import Sequence
from typing import Any, ClassVar

import wtforms

from caseman.osteology import parts_of, zones_of
from caseman.remains.adapters import ELEMENTS, UNNUMBERED, Part
from caseman.remains.bone_names import bone_name, part_name, side_name, zone_name
from caseman.remains.codes import MOST_ALIKE, AgeClass, BoneSide, BoneState
from caseman.remains.drafts import BoneFound
from caseman.remains.models import BoneFinding
from caseman.remains.recovery_codes import Preservation, Weathering
from caseman.web.forms import Answered, CodeField, Form, LinesField, TextField, WholeField
from caseman.web.words import gettext
from caseman.web.words import lazy_gettext as _

BONE = "bone_{}_{}"
"""Name of the field of an element and side."""
PART = "part_{}_{}_{}"
"""Name of the field of a part of a young bone."""
LOOSE = (*ELEMENTS, UNNUMBERED)
"""What may be found loose."""
LOOSE_PARTS = tuple((each.code, part) for each in LOOSE for part in parts_of(each.code))
PRESENT = (BoneState.WHOLE, BoneState.PART, BoneState.FRAGMENT)
OF_BONE = (*PRESENT, BoneState.ABSENT)
"""What can be said of a bone, and of that part of a young one that others fuse to."""


class BonesForm(Form):
    """The inventory of one person, one field for each bone that an adult has."""

    parts: ClassVar[Sequence[Part]] = ()
    """Those parts of young bones that have a field too."""

    @property
    def found(self) -> list[BoneFound]:
        """The bones, and parts of young ones, of which something was said."""
        bones = [
            BoneFound(element.code, side, state)
            for element in ELEMENTS
            for side in element.sides
            if (state := self[BONE.format(element.code, side.value)].data) is not None
        ]
        parts = [
            BoneFound(part.element, part.side, state, part=part.name)
            for part in self.parts
            if (state := self[part_field(part)].data) is not None
        ]
        return bones + parts

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Refuse a bone that is said to be there as one and in parts."""
        valid: bool = super().validate(extra_validators)
        in_parts = dict.fromkeys(
            (each.element, each.side)
            for each in self.found
            if each.part and each.state is not BoneState.ABSENT
        )
        for element, side in in_parts:
            whole = self[BONE.format(element, side.value)]
            if whole.data in PRESENT:
                said = gettext(
                    "%(bone)s is there as one bone and in parts. Empty one of the two.",
                    bone=side_name(element, side),
                )
                whole.errors, valid = [said], False
        return valid


for _element in ELEMENTS:
    for _side in _element.sides:
        setattr(BonesForm, BONE.format(_element.code, _side.value), CodeField(_("Bone"), OF_BONE))


def part_field(part: Part) -> str:
    """Return the name of the field of a part of a young bone."""
    return PART.format(part.element, part.side.value, part.name.replace(" ", "-"))


def bones_form(parts: Sequence[Part]) -> type[BonesForm]:
    """Return the inventory of one person with a field for each of these parts of young bones."""
    fields = {part_field(each): CodeField(_("Bone"), _states(each)) for each in parts}
    return type("YoungBonesForm", (BonesForm,), {"parts": tuple(parts), **fields})


def _states(part: Part) -> Sequence[BoneState]:
    is_first = part.name == parts_of(part.element)[0]
    return OF_BONE if is_first else tuple(BoneState)


class LotForm(Form):
    """Bones of a lot, so many alike."""

    element = wtforms.SelectField(
        _("Bone"),
        [Answered()],
        choices=lambda: [
            ("", "—"),
            *((each.code, bone_name(each.code)) for each in LOOSE),
            *((f"{code}/{part}", part_name(code, part)) for code, part in LOOSE_PARTS),
        ],
        description=_("After the bones stand the parts of young bones that have not fused."),
    )
    side = CodeField(_("Side"), BoneSide, required=True)
    state = CodeField(_("How much of each is there"), PRESENT, required=True)
    age_class = CodeField(_("Of which age, by its growth"), AgeClass)
    pieces = WholeField(_("How many"), required=True, lowest=1, highest=MOST_ALIKE)
    preservation = CodeField(_("Surface of the bone"), Preservation)
    weathering = CodeField(
        _("Weathering of the bone"), Weathering, description=_("Only of bone that lay open.")
    )

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Ask for a side that the bone can have."""
        valid: bool = super().validate(extra_validators)
        if valid and self.side.data is not BoneSide.UNKNOWN and self.side.data not in self._sides:
            if BoneSide.MIDDLE in self._sides:
                said = gettext("It lies in the middle: choose “Middle” or “Side not known”.")
            else:
                said = gettext("There is one on each side: choose left, right or “Side not known”.")
            self.side.errors = [said]
            return False
        return valid

    @property
    def chosen(self) -> dict[str, str]:
        """The bone, and the part where it is one of a young bone."""
        element, _slash, part = self.element.data.partition("/")
        return {"element": element, "part": part}

    @property
    def _sides(self) -> tuple[BoneSide, ...]:
        return next(each.sides for each in LOOSE if each.code == self.chosen["element"])


class BoneForm(Form):
    """What else is seen of one bone, or of so many alike."""

    zones = wtforms.SelectMultipleField(
        _("Which zones are there?"),
        widget=wtforms.widgets.ListWidget(),
        option_widget=wtforms.widgets.CheckboxInput(),
        description=_(
            "Fragments of one bone, side and age without a zone in common may be of one bone, and "
            "count as one. Where nothing is ticked, each fragment counts."
        ),
    )
    preservation = CodeField(_("Surface of the bone"), Preservation)
    weathering = CodeField(
        _("Weathering of the bone"), Weathering, description=_("Only of bone that lay open.")
    )
    joins = TextField(
        _("Fits to a fragment of these remains"),
        longest=300,
        description=_(
            "Numbers of remains of this site, with spaces between; the number of the lot itself "
            "for another fragment in it. Fragments of this bone that fit together count as one."
        ),
    )
    note = LinesField(_("Note"), longest=500)

    def __init__(self, row: BoneFinding) -> None:
        super().__init__(
            data={
                "version": row.remains.version,
                "zones": row.zones or [],
                "preservation": row.preservation,
                "weathering": row.weathering,
                "joins": " ".join(row.joins or ()),
                "note": row.note or "",
            }
        )
        self.zones.choices = [(each, zone_name(each)) for each in zones_of(row.element)]
        if not self.zones.choices:
            del self.zones

    @property
    def numbers(self) -> list[str]:
        """The numbers of remains that were written, each once."""
        return list(dict.fromkeys(self.joins.data.upper().replace(",", " ").split()))
