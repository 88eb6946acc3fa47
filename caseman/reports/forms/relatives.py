"""Forms of the family tree, of consent and of samples."""

from collections.abc import Iterable
from typing import Any

import wtforms

from caseman.coding import Sex
from caseman.laboratory.codes import OF_PEOPLE, OWN, ConsentManner
from caseman.reports.codes import THROUGH, Bond, Kin, Living
from caseman.reports.drafts import ConsentGiven
from caseman.reports.numbers import PERSON, read_number
from caseman.web.filters import label
from caseman.web.forms import (
    Answered,
    CodeField,
    DayField,
    Form,
    LinesField,
    TextField,
    not_to_come,
)
from caseman.web.forms.codes import NO_CHOICE
from caseman.web.words import gettext
from caseman.web.words import lazy_gettext as _

NO_NUMBER = _("Enter the number of another missing person, MP- and eight letters and digits.")
ANSWERS = frozenset().union(*THROUGH.values())


def _id_or_none(value: Any) -> int | None:  # noqa: ANN401 - text that was posted, or an id
    return int(value) if value not in {None, ""} else None


class RelativeForm(Form):
    """Who belongs to the tree, and how."""

    kin = CodeField(_("What are they to the missing person?"), Kin, required=True)
    sex = CodeField(_("Sex"), Sex)
    through_id = wtforms.SelectField(
        _("Through whom"),
        [wtforms.validators.Optional()],
        coerce=_id_or_none,
        choices=[],
        description=_("A child's other parent; the brother whose son it is. Else leave empty."),
    )
    bond = CodeField(
        _("How they belong to the family"),
        Bond,
        description=_("Who was adopted or brought up here belongs to the tree, and not to DNA."),
    )
    living = CodeField(_("Are they alive?"), Living)
    own_record = TextField(
        _("Number of their own record"),
        longest=40,
        description=_("If they are missing too: under which number they are looked for."),
        render_kw={"dir": "ltr", "autocomplete": "off"},
    )
    name = TextField(
        _("Name"), longest=300, description=_("Stored sealed, as an informant's name is.")
    )
    note = LinesField(
        _("Note"),
        longest=1000,
        description=_("Milk kinship, twins: whatever makes the relation special"),
    )

    def validate_own_record(self, field: wtforms.StringField) -> None:
        """Take a number of ours, of somebody who is said to be missing."""
        if not field.data:
            return
        if self.living.data is not Living.MISSING:
            raise wtforms.ValidationError(
                gettext("Only who is missing has a record of that kind: choose “Missing too”.")
            )
        if self.record_number is None:
            raise wtforms.ValidationError(NO_NUMBER)

    @property
    def record_number(self) -> str | None:
        """The number of their own record that was typed, if it is one."""
        return read_number(self.own_record.data or "", PERSON)

    def offer(self, tree: Iterable[tuple[int, int, Kin]]) -> None:
        """Offer members of the tree (id, ordinal, kin) through whom others are related."""
        self.through_id.choices = [
            NO_CHOICE,
            *(
                (str(row_id), f"R{ordinal} {label(kin)}")
                for row_id, ordinal, kin in tree
                if kin in ANSWERS
            ),
        ]


class SampleForm(Form):
    """A sample of somebody whose consent is on record."""

    material = CodeField(_("What was taken"), OF_PEOPLE, required=True)
    taken_on = DayField(_("Taken on"), [Answered(), not_to_come], render_kw={"autocomplete": "off"})
    taken_by = TextField(_("Taken by"), required=True)
    note = LinesField(_("Note"), longest=1000)

    def of_own(self) -> None:
        """Ask for things of the missing person instead."""
        self.material.codes = {code.value: code for code in OWN}


class FirstSampleForm(SampleForm):
    """A sample together with the consent to it."""

    given_on = DayField(
        _("Consent given on"), [Answered(), not_to_come], render_kw={"autocomplete": "off"}
    )
    manner = CodeField(_("How was it given?"), ConsentManner, required=True)
    consent_text = LinesField(
        _("To what?"),
        required=True,
        longest=2000,
        description=_(
            "The words that were read out or signed: for which search, "
            "who may see the result, how long it is kept"
        ),
    )
    may_go_abroad = wtforms.BooleanField(_("The sample may go to a laboratory in another country"))

    @property
    def consent(self) -> ConsentGiven:
        """The consent, once the form is valid."""
        return self.to(ConsentGiven)


class WithdrawConsentForm(Form):
    """Why consent is withdrawn."""

    reason = LinesField(_("Who asks for it, and why?"), required=True, longest=1000)
