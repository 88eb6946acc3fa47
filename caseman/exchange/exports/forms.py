"""What is to be taken out, and for what."""

from wtforms.validators import Optional, ValidationError

from caseman.effects.forms.plan import DatumForm
from caseman.effects.plan_files import PlanFile
from caseman.exchange.exports.services import SHORTEST_PURPOSE, Request
from caseman.exchange.exports.tables import ExportKind, FileFormat, Narrowing
from caseman.reports.codes import RECIPIENTS
from caseman.web.forms import CodeField, DayField, Form, LinesField, TextField
from caseman.web.words import gettext as _
from caseman.web.words import lazy_gettext


class PurposeForm(Form):
    """What is asked wherever records leave."""

    purpose = LinesField(
        lazy_gettext("Purpose"),
        required=True,
        longest=1000,
        description=lazy_gettext("Who needs it, and for what. The audit trail keeps it."),
    )

    def validate_purpose(self, field: LinesField) -> None:
        """Refuse a purpose that says nothing."""
        if len(field.data) < SHORTEST_PURPOSE:
            raise ValidationError(
                _("Say the purpose in at least %(count)s characters.", count=SHORTEST_PURPOSE)
            )


class ExportForm(PurposeForm):
    """One table."""

    kind = CodeField(lazy_gettext("What to export"), ExportKind, required=True)
    file = CodeField(lazy_gettext("Kind of file"), FileFormat, required=True)
    site = TextField(
        lazy_gettext("Only this site"),
        longest=8,
        description=lazy_gettext("Its code, such as RQA01. It does not narrow missing persons."),
    )
    since = DayField(lazy_gettext("Registered or decided from"), validators=[Optional()])
    until = DayField(lazy_gettext("Registered or decided to"), validators=[Optional()])
    recipient = CodeField(
        lazy_gettext("To whom it goes"),
        RECIPIENTS,
        description=lazy_gettext(
            "Left open: it stays in this office. Otherwise it holds those missing persons whose "
            "families agreed, none of whom one family refused."
        ),
    )

    def validate_recipient(self, field: CodeField) -> None:
        """Refuse a recipient for what has families in it and no consent of theirs to go by."""
        if field.data and self.kind.data is ExportKind.DECISIONS:
            raise ValidationError(
                _("Decisions stay in this office: hand over the report of each one instead.")
            )

    def validate_until(self, field: DayField) -> None:
        """Refuse a period that ends before it begins."""
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError(_("The last day lies before the first."))

    def request(self) -> Request:
        """Return what was asked for."""
        wanted = Narrowing(
            self.site.data.upper(), self.recipient.data, self.since.data, self.until.data
        )
        return Request(self.kind.data, self.file.data, self.purpose.data, wanted)


class PlanExportForm(PurposeForm, DatumForm):
    """The plan of a grave as a file."""

    file = CodeField(
        lazy_gettext("Kind of file"),
        PlanFile,
        required=True,
        description=lazy_gettext("A file in degrees tells where the grave is: guard it."),
    )

    def validate_file(self, field: CodeField) -> None:
        """Ask for the datum where the file is in degrees."""
        if field.data and field.data.is_on_earth and None in self._degrees():
            raise ValidationError(
                _("A file in degrees needs the latitude and longitude of the datum.")
            )

    def _degrees(self) -> tuple[float | None, float | None]:
        return self.latitude.data, self.longitude.data
