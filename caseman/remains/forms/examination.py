"""The forms of the examination room."""

from typing import Any

from wtforms import BooleanField
from wtforms.validators import Optional

from caseman.coding import OF_FINDS, SexEstimate
from caseman.coding.kinds import DentalFeature
from caseman.coding.physical import BodyRegion, HairColour, Handedness, MarkKind, ToothState
from caseman.media.receiving import PhotographsForm
from caseman.remains.codes import (
    BY_HAND,
    TRANSITIONS,
    AgeMethod,
    Assessor,
    FoundNameKind,
    RemainsStatus,
    SexMethod,
    TeethState,
)
from caseman.web.forms import (
    CodeField,
    CodesField,
    DayField,
    Form,
    IntervalField,
    LinesField,
    NumberField,
    TextField,
    WholeField,
)
from caseman.web.forms.doubts import LookAgainForm
from caseman.web.words import lazy_gettext as _


class ExaminationForm(LookAgainForm):
    """The biological profile: estimates, each with its method."""

    answerable = ("sex", "age", "stature", "handedness", "hair", "dental_state")
    absence_codes = OF_FINDS

    assessor = CodeField(_("Is the examiner trained?"), Assessor)
    examined_by = TextField(_("Examined by"), longest=200)
    examined_on = DayField(_("Day of examination"), [Optional()])
    sex = CodeField(_("Sex, estimated"), SexEstimate)
    sex_method = CodeField(_("Sex: how it was estimated"), SexMethod)
    age = IntervalField(_("Age at death"), lowest=0, highest=120, unit=_("years"))
    age_method = CodeField(_("Age: how it was estimated"), AgeMethod)
    stature = IntervalField(_("Stature, limits"), lowest=20, highest=250, unit=_("cm"))
    stature_cm = NumberField(_("Stature, best estimate"), lowest=20, highest=250, unit=_("cm"))
    stature_se_cm = NumberField(_("Standard error"), lowest=0, highest=30, unit=_("cm"))
    stature_method = TextField(
        _("Stature: bone and formula"), longest=120, description=_("For example: femur, Trotter")
    )
    handedness = CodeField(_("Preferred hand"), Handedness)
    hair = CodeField(_("Hair"), HairColour)
    regions_present = CodesField(
        _("Parts of the body that are there"),
        BodyRegion,
        description=_("A healed injury means something by its absence only where the bone is."),
    )
    dental_state = CodeField(_("Teeth"), TeethState)
    dental_features = CodesField(_("What strikes one about the teeth"), DentalFeature)
    notes = LinesField(_("Notes"))


class ToothForm(Form):
    """What a dentist says of one tooth."""

    state = CodeField(_("State"), ToothState, required=True)
    surfaces = TextField(
        _("Surfaces"), longest=5, description=_("Letters M, O or I, D, V, L of what is filled")
    )
    material = TextField(_("Material"), longest=60)
    note = TextField(_("Note"), longest=300)


class MarkForm(Form):
    """A mark, healed injury, implant."""

    kind = CodeField(_("What kind"), MarkKind, required=True)
    region = CodeField(_("Where"), BodyRegion)
    description = TextField(_("Describe it"), longest=500)
    code = TextField(
        _("Code"),
        longest=60,
        description=_("Where one is known, such as fx_ribs; else leave it empty."),
        render_kw={"autocapitalize": "none"},
    )
    serial_number = TextField(
        _("Serial number"), longest=80, description=_("On an implant or plate, letter for letter")
    )
    maker = TextField(
        _("Maker"),
        longest=120,
        description=_("Name or sign of who made the implant, as it stands there"),
    )


class FoundNameForm(Form):
    """A name read or heard."""

    kind = CodeField(_("Where it was read"), FoundNameKind, required=True)
    name = TextField(
        _("Name"), required=True, longest=300, description=_("As written, letter for letter")
    )
    mother = TextField(_("Mother's name"), longest=200)
    birth_year = WholeField(_("Year of birth"), lowest=1850, highest=2100)


class StatusForm(Form):
    """Where the work stands."""

    status = CodeField(_("New status"), RemainsStatus, required=True)
    reason = LinesField(_("Why"), longest=1000)

    def __init__(self, before: RemainsStatus, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        following = TRANSITIONS[before] & BY_HAND
        self.status.codes = {each.value: each for each in RemainsStatus if each in following}


class CameraForm(Form):
    """Where the camera stood."""

    grid_e_m = NumberField(_("East of the datum"), lowest=-1000, highest=1000, unit=_("m"))
    grid_n_m = NumberField(_("North of the datum"), lowest=-1000, highest=1000, unit=_("m"))
    depth_m = NumberField(
        _("Camera below the surface"),
        lowest=-100,
        highest=100,
        unit=_("m"),
        description=_("With a minus where it was above: -1.6 is a person standing beside."),
    )
    facing_deg = WholeField(
        _("Direction of the camera"),
        lowest=0,
        highest=359,
        unit="°",
        description=_("As the compass shows: 0 is north, 90 east, 180 south, 270 west."),
    )


class MorePhotographsForm(CameraForm, PhotographsForm):
    """Photographs of remains already recorded."""

    caption = TextField(_("What they show"), longest=300)
    shows_number = BooleanField(_("The number can be read"))
    shows_scale = BooleanField(_("A scale lies beside"))
    shows_north = BooleanField(_("North is marked"))
