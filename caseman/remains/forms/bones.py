"""The forms of the inventory of bones."""

from typing import Any

import wtforms

from caseman.remains.adapters import ELEMENTS, UNNUMBERED
from caseman.remains.bone_names import bone_name
from caseman.remains.codes import MOST_ALIKE, AgeClass, BoneSide, BoneState
from caseman.remains.drafts import BoneFound
from caseman.web.forms import Answered, CodeField, Form, WholeField
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
