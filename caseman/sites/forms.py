"""Forms of the sites pages."""

from wtforms import SelectField

from caseman.coding import Absence
from caseman.sites.codes import FeatureKind, NumberKind, SiteKind, SiteStatus
from caseman.web.forms import (
    Answered,
    CodeField,
    Form,
    LinesField,
    Matches,
    NumberField,
    PositionField,
    TextField,
    WholeField,
)
from caseman.web.words import lazy_gettext as _


class SiteForm(Form):
    """Correct a site; its code stays for ever."""

    answerable = ("position", "hazards", "authority", "informed_by")
    absence_codes = (Absence.NOT_ASKED, Absence.UNKNOWN, Absence.DECLINED, Absence.DEFERRED)

    name = TextField(_("Name"), [Answered()], longest=200)
    name_ar = TextField(_("Name in Arabic"), longest=200)
    name_ku = TextField(_("Name in Kurdish"), longest=200)
    name_en = TextField(_("Name in English"), longest=200)
    kind = CodeField(_("What kind of place"), SiteKind, required=True)
    status = CodeField(_("Where the work stands"), SiteStatus, required=True)
    region = TextField(_("Region"), longest=120)
    hazards = LinesField(
        _("Hazards"), description=_("Unexploded ordnance first, then walls, water, people.")
    )
    position = PositionField(_("Position"))
    authority = TextField(_("Authority or warrant"), longest=300)
    informed_by = TextField(
        _("Who told of the site"),
        longest=300,
        description=_("Stored encrypted; shown to nobody without a written reason."),
    )
    notes = LinesField(_("Notes"))


class NewSiteForm(SiteForm):
    """Register a site."""

    code = TextField(
        _("Site code"),
        [Answered(), Matches(r"[A-Z]{2,4}[0-9]{2,4}", "RQA01")],
        description=_("Two to four capital letters and two digits. It begins every number here."),
    )


class FeatureForm(Form):
    """Open or correct a feature."""

    answerable = ("length_m", "width_m", "depth_m")
    absence_codes = (Absence.UNKNOWN, Absence.NOT_VISIBLE, Absence.NOT_EXAMINED)

    kind = CodeField(_("What kind of grave or deposit"), FeatureKind, required=True)
    name = TextField(_("Name or description"), longest=200)
    length_m = NumberField(_("Length"), lowest=0, highest=1000, unit="m")
    width_m = NumberField(_("Width"), lowest=0, highest=1000, unit="m")
    depth_m = NumberField(_("Depth"), lowest=0, highest=100, unit="m")
    notes = LinesField(_("Notes"))


class AssignForm(Form):
    """Let a team work on a site."""

    team_id = SelectField(_("Team"), coerce=int, validators=[Answered()])


class BlockForm(Form):
    """Reserve numbers for a team."""

    team_id = SelectField(_("Team"), coerce=int, validators=[Answered()])
    kind = CodeField(_("Numbers for"), NumberKind, required=True)
    size = WholeField(_("How many"), [Answered()], lowest=1, highest=1000, default=100)
