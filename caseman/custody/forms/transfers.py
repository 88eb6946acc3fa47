"""What the list of hand-overs is asked."""

from caseman.custody.forms.fields import WrittenField
from caseman.web.forms import FilterForm
from caseman.web.words import lazy_gettext as _


class TransferFilterForm(FilterForm):
    """Finds one hand-over by its number."""

    q = WrittenField(_("Number of the hand-over"), longest=20)
