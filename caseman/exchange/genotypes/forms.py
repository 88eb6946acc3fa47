"""What of genotypes shall leave, to whom and why; and until when it may be fetched."""

from collections.abc import Mapping
from datetime import timedelta

import wtforms

from caseman.database import now
from caseman.exchange.codes import GenotypeFile
from caseman.exchange.exports.services import SHORTEST_PURPOSE
from caseman.web.forms import Answered, CodeField, DayField, Form, LinesField, TextField
from caseman.web.words import gettext, series
from caseman.web.words import lazy_gettext as _

MOST_DAYS = 30
USUAL_DAYS = 7


class AskForm(Form):
    """One export of a submission."""

    file = CodeField(_("Kind of file"), GenotypeFile, required=True)
    recipient = TextField(
        _("Who receives it"),
        required=True,
        longest=300,
        description=_("The laboratory or office and the person there who gets it."),
    )
    is_abroad = wtforms.BooleanField(
        _("The recipient is in another country: only who agreed to that goes along.")
    )
    purpose = LinesField(
        _("Purpose"), required=True, longest=1000, description=_("What the recipient does with it.")
    )
    reason = LinesField(
        _("Reason"),
        required=True,
        longest=1000,
        description=_("Why it must leave at all: the agreement, order or request behind it."),
    )

    def validate_purpose(self, field: LinesField) -> None:
        """Refuse a purpose that says nothing."""
        _says_something(field)

    def validate_reason(self, field: LinesField) -> None:
        """Refuse a reason that says nothing."""
        _says_something(field)


class AskFamilyForm(AskForm):
    """One export of a family, perhaps with remains beside it."""

    family = wtforms.SelectField(_("Which family"), [Answered()], coerce=int)
    beside = TextField(
        _("Remains beside the family"),
        longest=20,
        description=_("The code of the source, such as D-7K3M9Q2T. May be empty."),
    )

    def offer(self, families: Mapping[int, list[str]]) -> None:
        """Offer families by the codes in them, where a source stands in several."""
        self._only = next(iter(families)) if len(families) == 1 else None
        if self._only is not None:
            del self.family
            return
        self.family.choices = [(row_id, series(codes)) for row_id, codes in families.items()]

    @property
    def family_id(self) -> int:
        """The family that was chosen, or the only one."""
        return int(self.family.data) if "family" in self else int(self._only or 0)


class ReleaseForm(Form):
    """Until when it may be fetched."""

    until = DayField(_("May be fetched until"), [Answered()], render_kw={"autocomplete": "off"})

    def validate_until(self, field: DayField) -> None:
        """Refuse a day that is over or too far away."""
        today = now().date()
        if field.data and not today <= field.data <= today + timedelta(days=MOST_DAYS):
            raise wtforms.ValidationError(
                gettext("Choose a day from today on, at most %(days)s days away.", days=MOST_DAYS)
            )


class RefuseForm(Form):
    """Why it is not released."""

    reason = LinesField(_("Why"), required=True, longest=1000)


class FetchForm(Form):
    """Only the token."""


def _says_something(field: LinesField) -> None:
    if len(field.data) < SHORTEST_PURPOSE:
        raise wtforms.ValidationError(
            gettext("Say it in at least %(count)s characters.", count=SHORTEST_PURPOSE)
        )
