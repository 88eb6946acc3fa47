"""What is asked before labels are printed."""

from typing import Any

from wtforms.validators import Optional

from caseman.custody.forms.numbers import pasted
from caseman.documents.labels import SHEET_PLACES, LabelSize
from caseman.web.forms import CodeField, FilterForm, LinesField, WholeField
from caseman.web.words import lazy_gettext as _

MOST_COPIES = 10


class LabelsForm(FilterForm):
    """Which numbers, how large, how many of each."""

    numbers = LinesField(
        _("Numbers"),
        [Optional()],
        longest=20_000,
        description=_("One on a line, typed, pasted or scanned."),
    )
    size = CodeField(_("Size"), LabelSize, required=True)
    copies = WholeField(
        _("Labels of each number"),
        lowest=1,
        highest=MOST_COPIES,
        description=_("One for the bag, one for inside it."),
    )
    skip = WholeField(
        _("Places used on the first sheet"),
        lowest=0,
        highest=SHEET_PLACES - 1,
        description=_("So many places of a begun A4 sheet stay empty, from the top left."),
    )

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.size.data = self.size.data or LabelSize.SHEET

    def wanted(self) -> tuple[str, ...]:
        """Return the numbers, each once, in their order."""
        return tuple(pasted(self.numbers.data or "").seals)
