"""Forms of telling a family: whom, who is left out, and that somebody was told."""

from collections.abc import Sequence

from wtforms import SelectField

from caseman.identification.codes import NotificationManner
from caseman.identification.drafts import Telling
from caseman.identification.models import RelativeToTell
from caseman.reports.codes import Relation
from caseman.web.filters import label
from caseman.web.forms import Answered, CodeField, Form, LinesField, PartialDateField, TextField
from caseman.web.words import gettext, series
from caseman.web.words import lazy_gettext as _

NOBODY_PLANNED = 0


class PlanForm(Form):
    """Who else of the family is to be told."""

    relation = CodeField(_("What they are to the person"), Relation)
    who = TextField(
        _("Name, and what whoever tells them should know"),
        [Answered()],
        longest=500,
        description=_("Kept sealed: only those who tell families can read it."),
    )


class LeaveOutForm(Form):
    """Why a relative is told nothing."""

    reason = LinesField(_("Why are they not told?"), required=True, longest=1000)


class TellForm(Form):
    """Record that the family was told."""

    relative = SelectField(_("Who of those to be told"), coerce=int, choices=[])
    told = TextField(_("Who was told, and who was there"), [Answered()], longest=500)
    told_by = TextField(_("Who told them"), [Answered()], longest=200)
    told_on = PartialDateField(_("When"), [Answered()])
    manner = CodeField(_("How"), NotificationManner, required=True)
    place = TextField(_("Where"), longest=200)
    wishes = LinesField(_("What the family wants done when more is found"))

    def offer(self, waiting: Sequence[RelativeToTell]) -> None:
        """Offer those who wait, the next one chosen; without any the question is not asked."""
        if not waiting:
            del self.relative
            return
        named = [(each.id, series([label(each.relation), each.who or ""])) for each in waiting]
        self.relative.choices = [*named, (NOBODY_PLANNED, gettext("Somebody else"))]

    @property
    def planned(self) -> int | None:
        """Who of those to be told was told."""
        chosen = self.relative.data if "relative" in self else NOBODY_PLANNED
        return None if chosen == NOBODY_PLANNED else chosen

    def telling(self) -> Telling:
        """Return what was entered."""
        return Telling(
            told=self.told.data,
            told_by=self.told_by.data,
            told_on=self.told_on.data.latest,
            manner=self.manner.data,
            place=self.place.data,
            wishes=self.wishes.data,
        )
