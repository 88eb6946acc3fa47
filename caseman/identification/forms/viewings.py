"""Forms of viewings."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectField

from caseman.database import now
from caseman.effects.models import BelongingsCatalogue
from caseman.identification.codes import RecognitionAnswer
from caseman.identification.drafts import Looking, Said
from caseman.reports.codes import Relation
from caseman.reports.models import AnteMortemReport
from caseman.web.filters import label
from caseman.web.forms import Answered, CodeField, Form, LinesField, MomentField, TextField
from caseman.web.words import gettext
from caseman.web.words import lazy_gettext as _

SOMEBODY_ELSE = 0


class ViewingForm(Form):
    """Who looks at which catalogue."""

    catalogue = SelectField(_("Catalogue"), [Answered()])
    report = SelectField(_("Who looks"), coerce=int)
    viewer = TextField(
        _("Name, if somebody else looks"),
        longest=200,
        description=_("Kept sealed: only those who may see contacts can read it."),
    )
    relation = CodeField(_("What they are to the missing person"), Relation)
    looked_at = MomentField(_("When"), required=True)
    place = TextField(_("Where"), longest=200)
    present = TextField(
        _("Who else is present"), longest=500, description=_("Kept sealed, like the name.")
    )
    said_first = LinesField(
        _("What they tell of the belongings before they see a picture"),
        longest=3000,
        description=_("In their own words. Ask nothing that a picture could answer."),
    )

    def offer(
        self,
        catalogues: Sequence[BelongingsCatalogue],
        reports: Sequence[AnteMortemReport],
    ) -> None:
        """Offer what may be shown, and the informants of the person's reports."""
        self.catalogue.choices = [(each.number, each.number) for each in catalogues]
        told = [(each.id, _informant(each)) for each in reports if each.informant is not None]
        self.report.choices = [*told, (SOMEBODY_ELSE, gettext("Somebody else"))]
        if not self.is_submitted():
            self.looked_at.process_data(now())

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Ask for a name where it was not an informant who looked."""
        valid = super().validate(extra_validators)
        if self.report.data != SOMEBODY_ELSE or self.viewer.data or self.viewer.errors:
            return valid
        self.viewer.errors = [gettext("Write who looks, or choose an informant.")]
        return False

    def looking(self, reports: Sequence[AnteMortemReport]) -> Looking:
        """Return what was entered; the name is that of somebody else only."""
        report = next((each for each in reports if each.id == self.report.data), None)
        viewer = "" if report is not None else self.viewer.data
        return self.to(Looking, report=report, viewer=viewer)


class SaidForm(Form):
    """What is said of one picture."""

    answer = CodeField(_("What they say of it"), RecognitionAnswer, required=True)
    said = LinesField(
        _("In their own words"),
        longest=2000,
        description=_("Write it down before you ask anything more."),
    )


class CorrectSaidForm(SaidForm):
    """The same once more, with the reason."""

    reason = LinesField(_("Why the earlier answer is corrected"), [Answered()], longest=1000)


def said_in(form: SaidForm) -> Said:
    """Return what was entered."""
    return form.to(Said)


def _informant(report: AnteMortemReport) -> str:
    relation = report.informant.relation if report.informant is not None else None
    who = label(relation) if relation else gettext("relation not recorded")
    return gettext("The informant of %(number)s (%(relation)s)", number=report.number, relation=who)
