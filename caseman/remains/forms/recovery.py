"""The forms of the grave's edge: for untrained people, a phone, the sun, and one free hand."""

from collections.abc import Sequence

from wtforms import SelectField
from wtforms.validators import Optional

from caseman.accounts.models import Team
from caseman.coding import OF_FINDS
from caseman.media.receiving import PhotographsForm
from caseman.remains.codes import BodyCondition, BodyPosition, Completeness, RemainsKind
from caseman.web.forms import (
    Answered,
    CodeField,
    DayField,
    LinesField,
    NumberField,
    TextField,
    WholeField,
)
from caseman.web.forms.doubts import LookAgainForm
from caseman.web.words import lazy_gettext as _

FOUND = ("recovered_on", "recovered_by", "completeness", "condition")
PLACE = ("grid_e_m", "grid_n_m", "depth_m", "body_position", "orientation_deg")
ANSWERABLE = (*FOUND, "depth_m", "body_position", "orientation_deg")


class RecoveryForm(LookAgainForm):
    """How a find was lifted."""

    answerable = ANSWERABLE
    absence_codes = OF_FINDS

    recovered_on = DayField(_("Day of recovery"), [Optional()])
    recovered_by = TextField(_("Recovered by"), longest=200)
    completeness = CodeField(_("How much is there"), Completeness)
    condition = CodeField(_("Condition"), BodyCondition)
    grid_e_m = NumberField(_("East of the datum"), lowest=-1000, highest=1000, unit=_("m"))
    grid_n_m = NumberField(_("North of the datum"), lowest=-1000, highest=1000, unit=_("m"))
    depth_m = NumberField(_("Depth below the surface"), lowest=0, highest=100, unit=_("m"))
    body_position = CodeField(_("How the body lay"), BodyPosition)
    orientation_deg = WholeField(
        _("Direction from head to feet"),
        lowest=0,
        highest=359,
        unit="°",
        description=_("As the compass shows: 0 is north, 90 east, 180 south, 270 west."),
    )
    notes = LinesField(
        _("Notes"), description=_("Hands bound, blindfold, bullets, in contact with which other.")
    )


class NewFindForm(RecoveryForm, PhotographsForm):
    """A find that gets its number now."""

    kind = CodeField(_("What have you found?"), RemainsKind, required=True)
    team_id = SelectField(_("Team"), [Answered()], coerce=int)
    sequence = WholeField(
        _("Number on the printed form"),
        lowest=1,
        highest=999_999,
        description=_("Only where a form with a printed number is used: its last digits."),
    )

    def ask_team(self, teams: Sequence[Team]) -> None:
        """Ask for the team only of those who belong to several."""
        if len(teams) == 1:
            del self.team_id
        else:
            self.team_id.choices = [(team.id, f"{team.code} {team.name}") for team in teams]

    def team_of(self, teams: Sequence[Team]) -> int:
        """Return the team that gives the number."""
        return int(self.team_id.data) if "team_id" in self else teams[0].id
