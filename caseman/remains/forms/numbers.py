"""Forms about numbers: mistakes with them, and numbers given out on paper."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectField
from wtforms.validators import Length

from caseman.accounts.models import Team
from caseman.remains.codes import RemainsKind
from caseman.sites.models import Feature
from caseman.web.forms import Answered, CodeField, Form, LinesField, WholeField
from caseman.web.words import lazy_gettext as _

SHORTEST_REASON = 5
MOST_PRINTED = 100


class ReasonForm(Form):
    """Why; it stays on the record."""

    reason = LinesField(
        _("Why"),
        [Length(min=SHORTEST_REASON, message=_("Write a few words more: the reason stays."))],
        required=True,
        longest=1000,
    )


class TeamForm(Form):
    """Asks for the team, only of those who belong to several."""

    team_id = SelectField(_("Team"), [Answered()], coerce=int)

    def ask_team(self, teams: Sequence[Team]) -> None:
        """Leave the question out where there is one answer only."""
        if len(teams) == 1:
            del self.team_id
        else:
            self.team_id.choices = [(team.id, f"{team.code} {team.name}") for team in teams]

    def team_of(self, teams: Sequence[Team]) -> int:
        """Return the team that gives the number."""
        return int(self.team_id.data) if "team_id" in self else teams[0].id


class MoveForm(ReasonForm):
    """Which feature the remains really come from."""

    feature_id = SelectField(_("They come from"), [Answered()], coerce=int)

    def __init__(self, features: Sequence[Feature], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.feature_id.choices = [
            (each.id, f"{each.audit_subject} {each.name}".strip()) for each in features
        ]


class SplitForm(ReasonForm, TeamForm):
    """What turned out to be another unit."""

    kind = CodeField(_("What is the other one?"), RemainsKind, required=True)
    notes = LinesField(_("What was taken out"))


class BlankFormsForm(TeamForm):
    """How many forms to print."""

    kind = CodeField(_("Forms for"), RemainsKind, required=True, default=RemainsKind.BODY)
    count = WholeField(_("How many"), required=True, lowest=1, highest=MOST_PRINTED, default=10)
