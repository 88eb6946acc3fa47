"""A form with a list of exhibits: numbers are put into it by typing, pasting or scanning.

Numbers in the box never go further unseen: they first become lines of the list, and what is not
known stays in the box with a sentence that names it.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, ClassVar

import wtforms
from wtforms import BooleanField, FieldList, FormField

from caseman.custody.forms.numbers import MOST, NumbersField, Pasted
from caseman.custody.models import Exhibit
from caseman.custody.numbers import several
from caseman.web.forms import TextField
from caseman.web.forms.doubts import LookAgainForm
from caseman.web.words import gettext as _
from caseman.web.words import lazy_gettext, ngettext


class ExhibitRow(wtforms.Form):
    """One exhibit of the list."""

    number = wtforms.HiddenField()
    seal = TextField(lazy_gettext("Seal"), longest=40, render_kw={"dir": "ltr"})
    remove = BooleanField(lazy_gettext("Take off the list"))


def exhibit_rows(row: type[ExhibitRow]) -> "FieldList[FormField[Any]]":
    """Return the field of the list."""
    return FieldList(FormField(row), lazy_gettext("Exhibits"))


class ListForm(LookAgainForm):
    """A form about a list of exhibits."""

    rows: ClassVar[Any]
    numbers = NumbersField(
        lazy_gettext("Numbers to put into the list"),
        description=lazy_gettext("Type, paste or scan them, one on a line, each with its seal."),
    )
    more = TextField()
    """The name of the button that puts the numbers into the list."""

    moved = 0
    """How many numbers went from the box into the list with this request."""

    def named(self) -> set[str]:
        """Return every number in the list and in the box."""
        return {entry.number.data or "" for entry in self.entries} | self.numbers.read.seals.keys()

    @property
    def entries(self) -> Iterator[Any]:
        """The lines of the list."""
        return (entry.form for entry in self.rows)

    def is_fixed(self, _number: str) -> bool:
        """Say whether a line of the list can not be taken off it."""
        return False

    def know(self, exhibits: Mapping[str, Exhibit]) -> None:
        """Put the numbers of the box that are among ``exhibits`` into the list."""
        self.exhibits = exhibits
        self.rows.entries = [each for each in self.rows.entries if not self._is_removed(each.form)]
        box = self.numbers.read
        listed = {entry.number.data: entry for entry in self.entries}
        done = {number for number, entry in listed.items() if self._is_done(entry)}
        self._faults = [*self._unknown(box.seals), *self._repeated(box, done)]
        left = {
            number: seal
            for number, seal in box.seals.items()
            if not self._place(number, seal, listed.get(number))
        }
        self._faults += self._too_many(left)
        self.numbers.data = "\n".join(f"{number} {seal}".strip() for number, seal in left.items())

    def _place(self, number: str, seal: str, entry: Any | None) -> bool:  # noqa: ANN401 - a row
        """Put one number into the list; say whether it has its place there."""
        if entry is not None:
            self._meet(entry, seal)
        elif not self._may_list(number) or len(self.rows.entries) >= MOST:
            return False
        else:
            self._append(number, seal)
        return True

    def _is_done(self, _entry: Any) -> bool:  # noqa: ANN401 - a row of any kind
        """Say whether to name a listed number again is once too often."""
        return True

    def _meet(self, _entry: Any, _seal: str) -> None:  # noqa: ANN401 - a row of any kind
        """Take notice that a listed number was named again."""

    def wants_more(self) -> bool:
        """Say whether the button was pressed that only puts numbers into the list."""
        if self.more.data != "numbers":
            return False
        self._tell_faults()
        return True

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Ask for a list, and for nothing that could not be put into it."""
        valid = super().validate(extra_validators)
        if not self.rows.entries and not self.numbers.errors:
            self._faults.append(_("The list is empty. Put at least one number into it."))
        return self._tell_faults() and valid

    def _tell_faults(self) -> bool:
        self.numbers.errors = [*self.numbers.errors, *self._faults]
        return not self._faults

    def _is_removed(self, entry: Any) -> bool:  # noqa: ANN401 - a row of any kind
        return bool(entry.remove.data) and not self.is_fixed(entry.number.data)

    def _may_list(self, number: str) -> bool:
        exhibit = self.exhibits.get(number)
        return exhibit is not None and exhibit.voided_at is None

    def _append(self, number: str, seal: str, **more: object) -> None:
        self.rows.append_entry({"number": number, "seal": seal, **more})
        self.moved += 1

    def _unknown(self, numbers: Iterable[str]) -> Iterator[str]:
        unknown = [number for number in numbers if number not in self.exhibits]
        voided = [
            number
            for number in numbers
            if number in self.exhibits and self.exhibits[number].voided_at is not None
        ]
        if unknown:
            yield ngettext(
                "There is no exhibit %(numbers)s, or none that is open to you. Check each sign.",
                "There are no exhibits %(numbers)s, or none that are open to you. Check each sign.",
                len(unknown),
                numbers=several(unknown),
            )
        if voided:
            yield _(
                "Voided numbers stand for nothing and cannot be listed: %(numbers)s.",
                numbers=several(voided),
            )

    def _too_many(self, left: Iterable[str]) -> Iterator[str]:
        if any(self._may_list(number) for number in left):
            yield _(
                "The list is full: at most %(most)s exhibits fit into one hand-over. Make several.",
                most=MOST,
            )

    def _repeated(self, box: Pasted, done: AbstractSet[str]) -> Iterator[str]:
        again = {*box.repeated, *(box.seals.keys() & done)} & self.exhibits.keys()
        if again:
            yield _(
                "Named more than once, listed once: %(numbers)s. "
                "Check that no bag was counted twice.",
                numbers=several(sorted(again)),
            )
