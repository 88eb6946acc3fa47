"""The form of a sample that was cut."""

from typing import Any

import wtforms

from caseman.laboratory.codes import OF_REMAINS, SampleMaterial
from caseman.remains.adapters import ELEMENTS, UNNUMBERED
from caseman.remains.bone_names import bone_name
from caseman.remains.codes import BoneSide
from caseman.remains.forms.numbers import TeamForm
from caseman.web.forms import (
    Answered,
    CodeField,
    DayField,
    LinesField,
    NumberField,
    TextField,
    WholeField,
    not_to_come,
)
from caseman.web.words import gettext
from caseman.web.words import lazy_gettext as _

HEAVIEST_G = 1000
BONES = (*ELEMENTS, UNNUMBERED)


class SampleForm(TeamForm):
    """What was cut, from which bone or tooth, by whom."""

    material = CodeField(_("What was cut or taken"), OF_REMAINS, required=True)
    element = wtforms.SelectField(
        _("From which bone"),
        [wtforms.validators.Optional()],
        choices=lambda: [("", "—"), *((each.code, bone_name(each.code)) for each in BONES)],
    )
    side = CodeField(_("Side"), BoneSide)
    fdi = WholeField(
        _("Which tooth"),
        lowest=11,
        highest=85,
        description=_("Its two digits, as in the dental chart (FDI), for example 36"),
    )
    weight_g = NumberField(_("Weight"), lowest=0.001, highest=HEAVIEST_G, unit=_("g"))
    cut_on = DayField(_("Cut on"), [Answered(), not_to_come], render_kw={"autocomplete": "off"})
    cut_by = TextField(_("Cut by"), required=True)
    note = LinesField(
        _("Note"), longest=1000, description=_("Where it was cut, state of the bone, tools")
    )

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Ask which bone or tooth it was."""
        valid: bool = super().validate(extra_validators)
        if self.material.data is SampleMaterial.BONE and not self.element.data:
            self.element.errors = [gettext("Choose the bone that the sample is of.")]
            return False
        if self.material.data is SampleMaterial.TOOTH and self.fdi.data is None:
            self.fdi.errors = [gettext("Write which tooth it is, for example 36.")]
            return False
        return valid

    def validate_fdi(self, field: WholeField) -> None:
        """Refuse what is no tooth."""
        if field.data is not None and not 1 <= field.data % 10 <= 8:
            raise wtforms.ValidationError(
                gettext("There is no tooth of this number. The second digit runs from 1 to 8.")
            )
