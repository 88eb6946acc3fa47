"""The form of the receiver's end."""

from collections.abc import Iterable
from typing import Any

from caseman.custody.codes import ExhibitCondition, Finding
from caseman.custody.drafts import ItemFound, Receipt
from caseman.custody.forms.handing import MOST_COUNTED
from caseman.custody.forms.listing import ExhibitRow, ListForm, exhibit_rows
from caseman.custody.models import CustodyReceipt, Exhibit
from caseman.web.forms import CodeField, LinesField, MomentField, TextField, WholeField
from caseman.web.words import gettext
from caseman.web.words import lazy_gettext as _


class FoundRow(ExhibitRow):
    """One exhibit as the receiver finds it."""

    found = CodeField(_("Is it there?"), [Finding.THERE, *ExhibitCondition, Finding.NOT_THERE])


class ReceiptForm(ListForm):
    """Count what arrived."""

    rows = exhibit_rows(FoundRow)
    condition = CodeField(
        _("Condition of all that are there"),
        ExhibitCondition,
        description=_("Holds for each exhibit that is only marked as there."),
    )
    received_count = WholeField(
        _("How many bags arrived, counted"),
        required=True,
        lowest=0,
        highest=MOST_COUNTED,
        description=_("Count the bags themselves, not the list."),
    )
    received_by = TextField(
        _("Who receives"),
        required=True,
        description=_("A family stands here under the number of its release, never by name."),
    )
    received_at = MomentField(_("When they were received"), required=True)
    notes = LinesField(_("Notes"), longest=2000)

    def expect(self, expected: Iterable[Exhibit]) -> None:
        """Say which exhibits must be answered for."""
        self._expected = {exhibit.number: exhibit for exhibit in expected}

    def begin(self, last: CustodyReceipt | None) -> None:
        """List what must be answered for; a correction begins with what was said before."""
        said = {item.exhibit_id: item for item in last.items} if last is not None else {}
        for exhibit in self._expected.values():
            item = said.get(exhibit.id)
            found = None if item is None else item.condition or Finding.NOT_THERE
            self._append(exhibit.number, item.seal_number if item else "", found=found)
        self.moved = 0

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Ask of each exhibit whether it is there, and in which condition."""
        valid = super().validate(extra_validators)
        for entry in self.entries:
            if entry.found.data is None and not entry.found.errors:
                entry.found.errors = [
                    gettext("Say whether %(number)s is there.", number=entry.number.data)
                ]
                valid = False
        self.rows.errors = [entry.errors for entry in self.rows if entry.errors]
        bare = any(entry.found.data is Finding.THERE for entry in self.entries)
        if bare and self.condition.data is None and not self.condition.errors:
            self.condition.errors = [
                gettext("Say in which condition they arrived: for all of them here, or for each.")
            ]
            return False
        return valid

    def receipt(self, user_id: int) -> Receipt:
        """Return what was entered; the list holds known exhibits only."""
        items = [
            ItemFound(self.exhibits[entry.number.data], self._condition(entry), entry.seal.data)
            for entry in self.entries
            if entry.number.data in self.exhibits
        ]
        return self.to(Receipt, items=items, received_by_user_id=user_id)

    def is_fixed(self, number: str) -> bool:
        """Say whether the giver or an earlier receipt named ``number``."""
        return number in self._expected

    def _condition(self, entry: Any) -> ExhibitCondition | None:  # noqa: ANN401 - a FoundRow
        said = entry.found.data
        if said is Finding.NOT_THERE:
            return None
        chosen: ExhibitCondition | None = self.condition.data if said is Finding.THERE else said
        return chosen

    def _is_done(self, entry: Any) -> bool:  # noqa: ANN401 - a FoundRow
        return entry.found.data is not None

    def _meet(self, entry: Any, seal: str) -> None:  # noqa: ANN401 - a FoundRow
        if entry.found.data is None:
            entry.found.data = Finding.THERE
            entry.seal.data = entry.seal.data or seal
            self.moved += 1

    def _append(self, number: str, seal: str, **more: object) -> None:
        super()._append(number, seal, **{"found": Finding.THERE, **more})
