"""A form that asks to look again at what hardly can be so, and then believes it."""

from collections.abc import Sequence

from wtforms import BooleanField

from caseman.values import Doubt
from caseman.web.forms.base import Form
from caseman.web.words import gettext as _
from caseman.web.words import lazy_gettext


class LookAgainForm(Form):
    """Shows doubts once, with a tick that it is so nevertheless."""

    checked = BooleanField(lazy_gettext("I have looked again: it is as written here."))
    doubts: Sequence[str] = ()

    def is_doubtful(self, doubts: Sequence[Doubt]) -> bool:
        """Keep ``doubts`` for the page; say whether the reader has still to look again."""
        self.doubts = [_(doubt.message, **doubt.values) for doubt in doubts]
        return bool(doubts) and not self.checked.data
