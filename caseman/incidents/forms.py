"""Forms of the pages of incidents."""

from typing import Any, ClassVar

from wtforms import SelectField
from wtforms.validators import Optional, ValidationError

from caseman.coding import Absence
from caseman.incidents.codes import IncidentKind
from caseman.incidents.models import Incident
from caseman.incidents.queries import IncidentFilter
from caseman.web.forms import (
    Answered,
    CodeField,
    DayField,
    FilterForm,
    Form,
    LinesField,
    PartialDateField,
    TextField,
)
from caseman.web.words import gettext
from caseman.web.words import lazy_gettext as _

WORDS = ("kind", "name", "place", "region", "happened", "munitions")


class IncidentFilterForm(FilterForm):
    """Narrows the list of incidents."""

    q = TextField(_("Number, or words of it"))
    kind = CodeField(_("What happened"), IncidentKind)
    site = TextField(_("Code of a site"), longest=8)
    since = DayField(_("Not before"), [Optional()])
    until = DayField(_("Not after"), [Optional()])

    def wanted(self) -> IncidentFilter:
        """Return the answers; one that could not be read narrows nothing."""
        return IncidentFilter(
            text=self.q.data,
            kind=self.kind.data,
            site=self.site.data.upper(),
            since=self.since.data,
            until=self.until.data,
        )


class IncidentForm(Form):
    """What is known of an incident."""

    absence_codes: ClassVar[tuple[Absence, ...]] = ()

    kind = CodeField(_("What happened"), IncidentKind, required=True)
    name = TextField(
        _("Short name"),
        required=True,
        longest=200,
        description=_("What people call it. Name no witness."),
    )
    began = PartialDateField(_("It began"))
    ended = PartialDateField(_("It ended"))
    place = TextField(
        _("Where, in words"),
        longest=300,
        description=_("A town, a street, a road. Coordinates belong to the site, under lock."),
    )
    region = TextField(_("Region"), longest=120)
    happened = LinesField(
        _("What is known of it"),
        description=_(
            "What was done to whom, and how many are missing since. Leave out who told it."
        ),
    )
    munitions = LinesField(
        _("Traces of munitions, in words"),
        description=_("Craters, fragments, markings. What was recovered is tied by its number."),
    )
    informed_by = TextField(
        _("Who told of it"),
        longest=300,
        description=_("Stored encrypted; shown to nobody without a written reason."),
    )

    def validate_ended(self, field: PartialDateField) -> None:
        """Refuse an incident that is over before it begins."""
        began, ended = self.began.data, field.data
        if began is not None and ended is not None and began.earliest > ended.latest:
            raise ValidationError(gettext("The period must not end before it begins."))


class NewIncidentForm(IncidentForm):
    """Register an incident."""

    operation_id = SelectField(_("Operation"), [Answered()], coerce=int)
    site_code = TextField(
        _("Code of the site it explains"),
        longest=8,
        description=_("As RQA01. More sites can be tied to it later."),
    )


class CorrectIncidentForm(IncidentForm):
    """Correct an incident; it stays in its operation."""

    informed_by = TextField(
        _("Who told of it"),
        longest=300,
        description=_("Never shown here. Leave it empty to keep what is stored."),
    )


class TieForm(Form):
    """Tie something to an incident, by its number."""

    target = TextField(_("Number"), required=True, longest=60)
    why = LinesField(_("What speaks for it"), longest=1000, description=_("Leave out who told it."))


class StepForm(Form):
    """A button that needs nothing but its token."""


def incident_answers(incident: Incident) -> dict[str, Any]:
    """Return what a form shows of ``incident``; nothing of it is sealed."""
    return {
        "version": incident.version,
        **{name: getattr(incident, name) for name in WORDS},
        "began": incident.period[0],
        "ended": incident.period[1],
    }
