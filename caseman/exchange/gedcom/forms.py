"""For whom and in which version a tree leaves."""

import wtforms

from caseman.exchange.exports.forms import PurposeForm
from caseman.exchange.gedcom.writing import GedcomFile
from caseman.reports.codes import RECIPIENTS
from caseman.web.forms import CodeField
from caseman.web.words import gettext
from caseman.web.words import lazy_gettext as _


class TakeOutForm(PurposeForm):
    """A family tree as a file."""

    file = CodeField(_("Kind of file"), GedcomFile, required=True)
    recipient = CodeField(
        _("To whom it goes"),
        RECIPIENTS,
        description=_(
            "Left open: it stays in this office. Otherwise it leaves only where every family that "
            "reported this person agreed."
        ),
    )
    with_names = wtforms.BooleanField(
        _("With the names of relatives"),
        description=_("Only for a file that stays in this office. Relatives have numbers anyway."),
    )

    def validate_with_names(self, field: wtforms.BooleanField) -> None:
        """Keep the names of relatives in this office."""
        if field.data and self.recipient.data:
            raise wtforms.ValidationError(
                gettext("The names of relatives stay in this office: leave them out.")
            )
