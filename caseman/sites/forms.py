"""Forms of the sites pages."""

from datetime import timedelta
from typing import Any, ClassVar

from wtforms import SelectField
from wtforms.validators import Optional, ValidationError

from caseman.calendars import PartialDate
from caseman.coding import Absence
from caseman.database import now
from caseman.sites.codes import (
    FeatureKind,
    HazardState,
    NumberKind,
    SiteKind,
    SiteStatus,
    TipState,
    VisitPurpose,
)
from caseman.sites.models import BLOCK_SIZE, Feature, Site, SiteVisit
from caseman.sites.queries import SiteFilter
from caseman.values import Position
from caseman.web.forms import (
    Answered,
    CodeField,
    DayField,
    FilterForm,
    Form,
    LinesField,
    Matches,
    NumberField,
    PartialDateField,
    PositionField,
    TextField,
    WholeField,
)
from caseman.web.language import TONGUES
from caseman.web.words import gettext
from caseman.web.words import lazy_gettext as _

CODE = r"[A-Z]{2,4}[0-9]{2,4}"
NAMED = tuple(TONGUES)
"""Languages in which a site may have a name of its own."""


class SiteFilterForm(FilterForm):
    """Narrows the list of sites."""

    q = TextField(_("Code, name in any script, or region"))
    kind = CodeField(_("What kind of place"), SiteKind)
    status = CodeField(_("Where the work stands"), SiteStatus)

    def wanted(self) -> SiteFilter:
        """Return the answers; one that could not be read narrows nothing."""
        return SiteFilter(text=self.q.data, kind=self.kind.data, status=self.status.data)


class SiteForm(Form):
    """What is known of a site."""

    answerable: ClassVar[tuple[str, ...]] = ("hazards", "authority")
    absence_codes = (Absence.NOT_ASKED, Absence.UNKNOWN, Absence.DECLINED, Absence.DEFERRED)

    hazards = LinesField(
        _("Hazards"),
        description=_(
            "Unexploded ordnance first, then walls, water, people. "
            "If it was cleared: by whom and when."
        ),
    )
    name = TextField(_("Name"), required=True, longest=200)
    name_ar = TextField(_("Name in Arabic"), longest=200, render_kw={"lang": "ar", "dir": "rtl"})
    name_kmr = TextField(_("Name in Kurmanji"), longest=200, render_kw={"lang": "kmr"})
    name_ckb = TextField(_("Name in Sorani"), longest=200, render_kw={"lang": "ckb", "dir": "rtl"})
    name_en = TextField(_("Name in English"), longest=200, render_kw={"lang": "en"})
    kind = CodeField(_("What kind of place"), SiteKind, required=True)
    region = TextField(_("Region"), longest=120)
    deposited_from = PartialDateField(_("Bodies were left here from"))
    deposited_to = PartialDateField(_("until"))
    reported_on = DayField(_("Told of on"), [Optional()])
    authority = TextField(
        _("Authority or warrant"),
        longest=300,
        description=_("Number of the order, who gave it, when."),
    )
    notes = LinesField(_("Notes"))

    def validate_deposited_to(self, _field: PartialDateField) -> None:
        """Refuse a period that ends before it begins."""
        first, last = self.deposit()
        if first is not None and last is not None and first > last:
            raise ValidationError(gettext("The period must not end before it begins."))

    def deposit(self) -> tuple[Any, Any]:
        """Return the first and the last day on which bodies can have been left."""
        first, last = self.deposited_from.data, self.deposited_to.data
        if first is None and last is None:
            return None, None
        return (first or last).earliest, (last or first).latest

    def facts(self) -> dict[str, Any]:
        """Return what ``to`` cannot take from a field of the same name."""
        first, last = self.deposit()
        names = {tongue: self[f"name_{tongue}"].data for tongue in NAMED}
        return {
            "names": {tongue: name for tongue, name in names.items() if name},
            "deposit_from": first,
            "deposit_to": last,
        }


class NewSiteForm(SiteForm):
    """Register a site."""

    answerable = ("position", "hazards", "authority", "informed_by")

    code = TextField(
        _("Site code"),
        [Matches(CODE, "RQA01")],
        required=True,
        longest=8,
        description=_("Two to four capital letters and two digits. It begins every number here."),
        render_kw={"autocapitalize": "characters", "autocomplete": "off", "dir": "ltr"},
    )
    operation_id = SelectField(_("Operation"), [Answered()], coerce=int)
    status = CodeField(_("Where the work stands"), SiteStatus, required=True)
    position = PositionField(_("Position"))
    informed_by = TextField(
        _("Who told of the site"),
        longest=300,
        description=_("Stored encrypted; shown to nobody without a written reason."),
    )


class CorrectSiteForm(SiteForm):
    """Correct a site; its code stays for ever, status and position have pages of their own."""

    informed_by = TextField(
        _("Who told of the site"),
        longest=300,
        description=_("Never shown here. Leave it empty to keep what is stored."),
    )


class StatusForm(Form):
    """Say where the work on a site stands."""

    status = CodeField(_("Where the work stands"), SiteStatus, required=True)
    reason = LinesField(
        _("Why, or on whose order"),
        required=True,
        longest=1000,
        description=_("Stays in the history."),
    )


class SettleTipForm(Form):
    """Say what becomes of what a stranger told."""

    state = CodeField(_("Where it stands"), TipState, required=True)
    site_code = TextField(
        _("Site"), longest=8, description=_("Its code, where the tip is linked to one")
    )
    why = LinesField(_("What was done, or why it is closed"), longest=2000)


class PositionForm(Form):
    """Say where a site is."""

    answerable = ("position",)
    absence_codes = (Absence.NOT_ASKED, Absence.UNKNOWN, Absence.DECLINED, Absence.DEFERRED)

    position = PositionField(_("Position"))


def site_answers(site: Site) -> dict[str, Any]:
    """Return what a form shows of ``site``; nothing of it is sealed."""
    return {
        "version": site.version,
        "name": site.name,
        **{f"name_{tongue}": site.names.get(tongue, "") for tongue in NAMED},
        "kind": site.kind,
        "region": site.region,
        "deposited_from": _exact(site.deposit_from),
        "deposited_to": _exact(site.deposit_to),
        "reported_on": site.reported_on,
        "hazards": site.hazards,
        "authority": site.authority,
        "notes": site.notes,
        **_reasons(site),
    }


def position_answers(site: Site) -> dict[str, Any]:
    """Return what the form of the position shows; whoever sees it is on record."""
    place = site.position
    position = place and Position(place["lat"], place["lon"], site.precision_m)
    return {"version": site.version, "position": position, **_reasons(site)}


def feature_answers(feature: Feature) -> dict[str, Any]:
    """Return what a form shows of ``feature``."""
    names = ("version", "kind", "name", "length_m", "width_m", "depth_m", "opened_on", "closed_on")
    return {
        **{name: getattr(feature, name) for name in names},
        "notes": feature.notes,
        **_reasons(feature),
    }


def _reasons(row: Site | Feature) -> dict[str, Any]:
    return {f"{name}_absence": reason for name, reason in row.absences.items()}


def _exact(day: Any) -> PartialDate | None:  # noqa: ANN401 - a date or None
    return None if day is None else PartialDate(day.year, day.month, day.day)


class FeatureForm(Form):
    """Open or correct a feature."""

    answerable = ("length_m", "width_m", "depth_m")
    absence_codes = (Absence.UNKNOWN, Absence.NOT_VISIBLE, Absence.NOT_EXAMINED)

    kind = CodeField(_("What kind of grave or deposit"), FeatureKind, required=True)
    name = TextField(_("Name or description"), longest=200)
    length_m = NumberField(_("Length"), lowest=0, highest=1000, unit=_("m"))
    width_m = NumberField(_("Width"), lowest=0, highest=1000, unit=_("m"))
    depth_m = NumberField(_("Depth"), lowest=0, highest=100, unit=_("m"))
    opened_on = DayField(_("Opened on"), [Optional()])
    closed_on = DayField(_("Closed on"), [Optional()])
    notes = LinesField(_("Notes"))

    def validate_closed_on(self, field: DayField) -> None:
        """Refuse a feature that is closed before it is opened."""
        opened, closed = self.opened_on.data, field.data
        if opened and closed and closed < opened:
            raise ValidationError(gettext("It cannot be closed before it is opened."))


class VisitForm(Form):
    """Record a visit, or correct one."""

    hazard = CodeField(_("Explosives"), HazardState, required=True)
    hazards = LinesField(
        _("What is dangerous, and where"),
        description=_("If it was cleared: by whom, how far and how deep."),
    )
    first_day = DayField(_("First day"), [Answered()])
    last_day = DayField(
        _("Last day"), [Optional()], description=_("Leave it empty where it was one day.")
    )
    purpose = CodeField(_("What for"), VisitPurpose, required=True)
    team_id = SelectField(_("Team"), coerce=int)
    led_by = TextField(_("Led by"), required=True, longest=200)
    present = LinesField(
        _("Who was there"), description=_("One person in a line, with what they came as.")
    )
    authority = TextField(
        _("Authority or warrant"),
        longest=300,
        description=_("Number of the order, who gave it, when."),
    )
    notes = LinesField(_("What was done and seen"))

    def validate_last_day(self, field: DayField) -> None:
        """Refuse a visit that ends before it begins."""
        first, last = self.first_day.data, field.data
        if first and last and last < first:
            raise ValidationError(gettext("The last day must not lie before the first."))

    def validate_first_day(self, field: DayField) -> None:
        """Refuse a visit that is still to come."""
        if field.data and field.data > now().date() + timedelta(days=1):
            raise ValidationError(gettext("This day is still to come. Record a visit when it was."))

    def facts(self) -> dict[str, Any]:
        """Return what ``to`` cannot take from a field of the same name."""
        first = self.first_day.data
        return {"team_id": self.team_id.data or None, "last_day": self.last_day.data or first}


def visit_answers(visit: SiteVisit) -> dict[str, Any]:
    """Return what a form shows of ``visit``."""
    names = ("version", "hazard", "hazards", "first_day", "purpose", "led_by", "present")
    return {name: getattr(visit, name) for name in (*names, "authority", "notes")} | {
        "last_day": None if visit.last_day == visit.first_day else visit.last_day,
        "team_id": visit.team_id or 0,
    }


class AssignForm(Form):
    """Let a team work on a site."""

    team_id = SelectField(_("Team"), coerce=int, validators=[Answered()])


class UnassignForm(Form):
    """A button that needs nothing but its token."""


class BlockForm(Form):
    """Reserve numbers for a team."""

    team_id = SelectField(_("Team"), coerce=int, validators=[Answered()])
    kind = CodeField(_("Numbers for"), NumberKind, required=True)
    size = WholeField(_("How many"), [Answered()], lowest=1, highest=1000, default=BLOCK_SIZE)
