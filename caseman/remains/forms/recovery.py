"""The forms of the grave's edge: for untrained people, a phone, the sun, and one free hand."""

from wtforms.validators import Optional

from caseman.coding import OF_FINDS
from caseman.media.receiving import PhotographsForm
from caseman.remains.codes import BodyCondition, BodyPosition, Completeness, RemainsKind
from caseman.remains.drafts import NewPhotograph
from caseman.remains.forms.numbers import TeamForm
from caseman.remains.recovery_codes import (
    Arms,
    Articulation,
    Ballistic,
    BallisticPlace,
    Blindfold,
    BodyDirection,
    BoundPlace,
    BoundWith,
    HeadFacing,
    InFrame,
    Legs,
    Preservation,
    Weathering,
)
from caseman.web.forms import (
    CodeField,
    CodesField,
    DayField,
    LinesField,
    NumberField,
    TextField,
    WholeField,
)
from caseman.web.forms.doubts import LookAgainForm
from caseman.web.words import lazy_gettext as _

FOUND = ("recovered_on", "recovered_by", "completeness", "articulation", "condition")
BONE = ("preservation", "weathering")
LYING = ("body_position", "head_facing", "arms", "legs", "direction", "orientation_deg")
PLACE = ("grid_e_m", "grid_n_m", "depth_m")
VIOLENCE = ("blindfold", "bound_places", "bound_with", "ballistic", "ballistic_places")


class RecoveryForm(LookAgainForm):
    """How a find was lifted."""

    answerable = (*FOUND, *BONE, *LYING, "depth_m", *VIOLENCE)
    absence_codes = OF_FINDS

    recovered_on = DayField(_("Day of recovery"), [Optional()])
    recovered_by = TextField(_("Recovered by"), longest=200)
    completeness = CodeField(_("How much is there"), Completeness)
    articulation = CodeField(_("Do the joints hold together?"), Articulation)
    condition = CodeField(_("Condition"), BodyCondition)
    preservation = CodeField(
        _("Surface of the bone"),
        Preservation,
        description=_("Grades of McKinley 2004 (reference, unverified)."),
    )
    weathering = CodeField(
        _("Weathering of the bone"),
        Weathering,
        description=_("Only of bone that lay open. Behrensmeyer 1978 (reference, unverified)."),
    )
    grid_e_m = NumberField(_("East of the datum"), lowest=-1000, highest=1000, unit=_("m"))
    grid_n_m = NumberField(_("North of the datum"), lowest=-1000, highest=1000, unit=_("m"))
    depth_m = NumberField(_("Depth below the surface"), lowest=0, highest=100, unit=_("m"))
    body_position = CodeField(_("How the body lay"), BodyPosition)
    head_facing = CodeField(_("Where the face looks"), HeadFacing)
    arms = CodeField(_("Arms"), Arms)
    legs = CodeField(_("Legs"), Legs)
    direction = CodeField(_("To where do the feet point?"), BodyDirection)
    orientation_deg = WholeField(
        _("Direction from head to feet"),
        lowest=0,
        highest=359,
        unit="°",
        description=_("As the compass shows: 0 is north, 90 east, 180 south, 270 west."),
    )
    blindfold = CodeField(_("Are the eyes covered?"), Blindfold)
    bound_places = CodesField(_("Is anything tied, and where?"), BoundPlace)
    bound_with = CodesField(
        _("With what is it tied?"),
        BoundWith,
        description=_("Leave it in place, keep the knot whole, photograph it."),
    )
    ballistic = CodesField(_("Bullets, cartridges, shrapnel"), Ballistic)
    ballistic_places = CodesField(_("Where do they lie?"), BallisticPlace)
    notes = LinesField(_("Notes"), description=_("Anything else, in contact with which other."))


class NewFindForm(RecoveryForm, PhotographsForm, TeamForm):
    """A find that gets its number now."""

    kind = CodeField(_("What have you found?"), RemainsKind, required=True)
    sequence = WholeField(
        _("Number on the printed form"),
        lowest=1,
        highest=999_999,
        description=_("Only where a form with a printed number is used: its last digits."),
    )
    in_frame = CodesField(_("What can be seen in every photograph?"), InFrame)

    def photograph(self) -> NewPhotograph:
        """Return what is said of each photograph; where nothing is ticked, nothing is said."""
        seen = self.seen_in_frame
        if not seen:
            return NewPhotograph()
        return NewPhotograph(
            shows_number=InFrame.NUMBER in seen,
            shows_scale=InFrame.SCALE in seen,
            shows_north=InFrame.NORTH in seen,
        )

    @property
    def seen_in_frame(self) -> frozenset[InFrame]:
        """What is ticked to be seen in every photograph."""
        return frozenset(self.in_frame.data or ())
