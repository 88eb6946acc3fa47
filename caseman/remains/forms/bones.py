"""The forms of the inventory of bones."""

from typing import Any

import wtforms

from caseman.osteology import zones_of
from caseman.remains.adapters import ELEMENTS, UNNUMBERED
from caseman.remains.bone_names import bone_name, zone_name
from caseman.remains.codes import MOST_ALIKE, AgeClass, BoneSide, BoneState
from caseman.remains.drafts import BoneFound
from caseman.remains.models import BoneFinding
from caseman.remains.recovery_codes import Preservation, Weathering
from caseman.web.forms import Answered, CodeField, Form, LinesField, TextField, WholeField
from caseman.web.words import gettext
from caseman.web.words import lazy_gettext as _

BONE = "bone_{}_{}"
"""Name of the field of an element and side."""
LOOSE = (*ELEMENTS, UNNUMBERED)
"""What may be found loose."""
PRESENT = (BoneState.WHOLE, BoneState.PART, BoneState.FRAGMENT)


class BonesForm(Form):
    """The inventory of one person, one field for each bone that an adult has."""

    @property
    def found(self) -> list[BoneFound]:
        """The bones of which something was said."""
        return [
            BoneFound(element.code, side, state)
            for element in ELEMENTS
            for side in element.sides
            if (state := self[BONE.format(element.code, side.value)].data) is not None
        ]


for _element in ELEMENTS:
    for _side in _element.sides:
        setattr(BonesForm, BONE.format(_element.code, _side.value), CodeField(_("Bone"), BoneState))


class LotForm(Form):
    """Bones of a lot, so many alike."""

    element = wtforms.SelectField(
        _("Bone"),
        [Answered()],
        choices=lambda: [("", "—"), *((each.code, bone_name(each.code)) for each in LOOSE)],
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
    def _sides(self) -> tuple[BoneSide, ...]:
        return next(each.sides for each in LOOSE if each.code == self.element.data)


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
