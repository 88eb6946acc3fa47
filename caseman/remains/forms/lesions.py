"""Forms of injuries and diseases."""

from typing import Any

import wtforms
from wtforms import BooleanField

from caseman.remains.adapters import ELEMENTS, UNNUMBERED
from caseman.remains.bone_names import bone_name
from caseman.remains.codes import BoneSide
from caseman.remains.drafts import Disease, Injury
from caseman.remains.lesions import (
    Activity,
    Bevel,
    Criterion,
    FractureKind,
    Known,
    LesionKind,
    Mechanism,
    PathologyKind,
    Pattern,
    Segment,
    ShotWound,
    Timing,
    ToolClass,
)
from caseman.web.forms import (
    Answered,
    CodeField,
    CodesField,
    DayField,
    Form,
    LinesField,
    NumberField,
    TextField,
    WholeField,
)
from caseman.web.words import gettext
from caseman.web.words import lazy_gettext as _

PLACES = (*ELEMENTS, UNNUMBERED)
LONGEST_MM = 600


def _millimetres(label: str) -> NumberField:
    return NumberField(label, lowest=0, highest=LONGEST_MM, unit=_("mm"))


class LesionForm(Form):
    """Where something is seen on the skeleton, and by whom."""

    element = wtforms.SelectField(
        _("Bone"),
        [Answered()],
        choices=lambda: [("", "—"), *((each.code, bone_name(each.code)) for each in PLACES)],
    )
    side = CodeField(_("Side"), BoneSide, required=True)
    segment = CodeField(_("Part of the bone"), Segment)
    description = LinesField(
        _("Description"),
        longest=5000,
        description=_("What is seen, not what it means."),
    )
    is_x_rayed = BooleanField(_("There is an X-ray of it"))
    known = CodeField(
        _("Would a doctor or a relative know of it?"),
        Known,
        description=_(
            "If so, keep it as a mark next: then it is compared with what families tell."
        ),
    )
    described_by = TextField(_("Described by"), longest=200)
    described_on = DayField(_("Described on"))

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Ask for a side that the bone can have."""
        valid: bool = super().validate(extra_validators)
        sides = next((each.sides for each in PLACES if each.code == self.element.data), ())
        told = self.side.data
        if not valid or told is BoneSide.UNKNOWN or told in sides:
            return valid
        if BoneSide.MIDDLE in sides:
            said = gettext("It lies in the middle: choose “Middle” or “Side not known”.")
        else:
            said = gettext("There is one on each side: choose left, right or “Side not known”.")
        self.side.errors = [said]
        return False


class InjuryForm(LesionForm):
    """An injury."""

    timing = CodeField(_("When it came about"), Timing, required=True)
    criteria = CodesField(
        _("How that is told"), Criterion, description=_("Tick what is seen on the bone.")
    )
    mechanism = CodeField(_("What did it"), Mechanism, required=True)
    fractures = CodesField(_("How the bone broke"), FractureKind)
    length_mm = _millimetres(_("Length"))
    width_mm = _millimetres(_("Width"))
    depth_mm = _millimetres(_("Depth"))
    least_number = WholeField(_("At least so many shots, blows or cuts"), lowest=1, highest=200)
    wound = CodeField(_("The hole is an"), ShotWound)
    bevel = CodeField(_("It widens"), Bevel)
    projectile = TextField(
        _("Number of the projectile"),
        longest=120,
        description=_("As it is recorded among the effects."),
    )
    path = TextField(
        _("Way through the body, or direction of the cut"),
        longest=300,
        description=_("From front to back, right to left, up to down, in degrees where measured"),
    )
    tool = CodeField(_("Class of tool"), ToolClass)
    pattern = CodeField(
        _("Part of a pattern"),
        Pattern,
        description=_("It is recorded for a court to ask about. Nothing is concluded from it."),
    )

    def seen(self) -> Injury:
        """Return what was entered."""
        return self.to(Injury)


class DiseaseForm(LesionForm):
    """A disease or anomaly."""

    kind = CodeField(_("What it is"), PathologyKind, required=True)
    lesion = CodeField(_("What became of the bone"), LesionKind)
    activity = CodeField(_("At the time of death it was"), Activity)
    size_text = TextField(_("Size"), longest=120)
    differential = TextField(_("What else it could be"), longest=500)

    def seen(self) -> Disease:
        """Return what was entered."""
        return self.to(Disease)


class StrikeForm(Form):
    """Why a description is wrong."""

    reason = LinesField(_("Why"), [Answered()], longest=1000)


class CorrectInjuryForm(InjuryForm):
    """An injury described anew, with the reason."""

    reason = LinesField(_("Why it is corrected"), [Answered()], longest=1000)


class CorrectDiseaseForm(DiseaseForm):
    """A disease described anew, with the reason."""

    reason = LinesField(_("Why it is corrected"), [Answered()], longest=1000)
