"""Short forms: sort, close, withdraw, see a contact, filter the list."""

from collections.abc import Sequence
from datetime import date, timedelta

import wtforms

from caseman.coding import Sex
from caseman.database import now
from caseman.reports.codes import CLOSING, Channel, MissingPersonStatus, TriageState, YesNo
from caseman.reports.models import Relative
from caseman.reports.numbers import PERSON, read_number
from caseman.reports.queries import PersonFilter
from caseman.web.filters import label
from caseman.web.forms import (
    Answered,
    CodeField,
    DayField,
    Form,
    LinesField,
    PartialDateField,
    TextField,
    WholeField,
)
from caseman.web.forms.teeth import TeethForm
from caseman.web.words import gettext as _
from caseman.web.words import lazy_gettext, series


class TriageForm(Form):
    """What becomes of an incoming report."""

    state = CodeField(
        lazy_gettext("What now"),
        [each for each in TriageState if each not in {TriageState.NEW, TriageState.DUPLICATE}],
        required=True,
    )
    note = LinesField(
        lazy_gettext("Note"),
        longest=1000,
        description=lazy_gettext("When to call, or why it is out of scope or not real"),
    )


class ToldTeethForm(TeethForm):
    """What is told of single teeth, and by whom or what."""

    source = TextField(
        lazy_gettext("Where this is known from"),
        required=True,
        longest=300,
        description=lazy_gettext("For example: card of the dentist, X-ray of 2015, his sister"),
    )


class WithdrawForm(Form):
    """Why a report is withdrawn, and whose consent to DNA was given through it."""

    reason = LinesField(lazy_gettext("Who asks for it, and why?"), required=True, longest=1000)
    consents = wtforms.SelectMultipleField(
        lazy_gettext("Whose consent to DNA was given through this report and ends with it"),
        [wtforms.validators.Optional()],
        coerce=int,
        choices=[],
        option_widget=wtforms.widgets.CheckboxInput(),
        widget=wtforms.widgets.ListWidget(prefix_label=False),
        description=lazy_gettext(
            "Of those you tick nothing is compared any more, and the keys of their genotypes are "
            "destroyed: nobody can read them again, not even from a backup."
        ),
    )

    def offer(self, relatives: Sequence[Relative]) -> None:
        """Offer the consents in force; without any the question is not asked."""
        if not relatives:
            del self.consents
            return
        self.consents.choices = [
            (each.ordinal, series([each.number, label(each.kin)])) for each in relatives
        ]


class ShareForm(Form):
    """To which partner a report is opened, and on what consent."""

    team_id = wtforms.SelectField(lazy_gettext("Partner"), coerce=int, validators=[Answered()])
    consented_on = DayField(
        lazy_gettext("Day of the consent"), [Answered()], render_kw={"autocomplete": "off"}
    )
    consent_text = LinesField(
        lazy_gettext("Who consents, how, and to what?"), required=True, longest=1000
    )

    @property
    def day(self) -> date:
        """The day of the consent, once the form is valid."""
        day = self.consented_on.data
        if day is None:
            raise ValueError(self.consented_on.name)
        return day

    def validate_consented_on(self, field: DayField) -> None:
        """Refuse a consent that has not been given yet."""
        if field.data and field.data > now().date() + timedelta(days=1):
            raise wtforms.ValidationError(_("The day of the consent cannot lie in the future."))


class StopSharingForm(Form):
    """Why a partner may no longer read a report."""

    reason = LinesField(lazy_gettext("Who asks for it, and why?"), required=True, longest=1000)


class CloseForm(Form):
    """How a search ends."""

    status = CodeField(lazy_gettext("How it ends"), CLOSING, required=True)
    duplicate_of = TextField(
        lazy_gettext("If the same as another: whose number?"),
        longest=40,
        render_kw={"dir": "ltr", "autocomplete": "off"},
    )
    reason = LinesField(lazy_gettext("How do we know?"), required=True, longest=1000)

    def validate(self, extra_validators: object = None) -> bool:
        """Take another person's number for a duplicate, and for nothing else."""
        valid = super().validate(extra_validators)
        is_duplicate = self.status.data is MissingPersonStatus.CLOSED_DUPLICATE
        if is_duplicate == (self.other is not None):
            return valid
        self.duplicate_of.errors = [
            _("Enter the number of the other person, MP- and eight letters and digits.")
            if is_duplicate
            else _("A number belongs here only if the two are the same person.")
        ]
        return False

    @property
    def other(self) -> str | None:
        """The number of the person who is the same."""
        return read_number(self.duplicate_of.data, PERSON) if self.duplicate_of.data else None


class ReopenForm(Form):
    """Why a search is taken up again."""

    reason = LinesField(lazy_gettext("Why is it opened again?"), required=True, longest=1000)


class UnmaskForm(Form):
    """Why somebody needs to see an informant's contact."""

    reason = LinesField(
        lazy_gettext("Why do you need to see it?"),
        required=True,
        longest=1000,
        description=lazy_gettext("What you write is kept with your name."),
    )


class FilterForm(wtforms.Form):
    """What narrows the list; it is sent with GET and changes nothing."""

    status = CodeField(lazy_gettext("Status"), MissingPersonStatus)
    sex = CodeField(lazy_gettext("Sex"), Sex)
    born = WholeField(lazy_gettext("Born in"), lowest=1850, highest=2100)
    seen_from = PartialDateField(lazy_gettext("Last seen from"))
    seen_to = PartialDateField(lazy_gettext("Last seen until"))
    place = TextField(lazy_gettext("Place begins with"), longest=100)
    channel = CodeField(lazy_gettext("Reported by"), Channel)
    photo = CodeField(lazy_gettext("Photograph"), YesNo)

    def wanted(self) -> PersonFilter:
        """Return the answers; one that cannot be read narrows nothing and says so."""
        self.validate()
        earliest, latest = self.seen_from.data, self.seen_to.data
        photo: YesNo | None = self.photo.data
        return PersonFilter(
            status=self.status.data,
            sex=self.sex.data,
            born=None if self.born.errors else self.born.data,
            seen_from=earliest.earliest if earliest else None,
            seen_to=latest.latest if latest else None,
            place=self.place.data or "",
            channel=self.channel.data,
            has_photograph=None if photo is None else photo is YesNo.YES,
        )
