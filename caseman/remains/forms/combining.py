"""What is asked where results are put together, set aside, or kept."""

from wtforms import BooleanField

from caseman.web.forms import FilterForm, Form, NumberField
from caseman.web.words import lazy_gettext as _


class TakeForm(Form):
    """Whether what a method says goes into the profile, or is only kept beside it."""

    only_kept = BooleanField(
        _("Only keep it beside the profile"),
        description=_("It counts where results are put together; the profile stays as it is."),
    )


class PriorForm(FilterForm):
    """How many of those who may lie here are men, before anything is examined."""

    prior = NumberField(
        _("Men among those who may lie here"),
        required=True,
        lowest=1,
        highest=99,
        default=50.0,
        unit="%",
    )
