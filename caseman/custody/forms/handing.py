"""The form of the giver's end."""

from collections.abc import Iterable
from typing import Any

from caseman.custody.codes import ExhibitCondition, TransferPurpose
from caseman.custody.drafts import HandOver, ItemGiven
from caseman.custody.forms.fields import PlaceField
from caseman.custody.forms.listing import ExhibitRow, ListForm, exhibit_rows
from caseman.custody.models import Exhibit
from caseman.custody.queries import Shelf
from caseman.web.forms import CodeField, LinesField, MomentField, TextField, WholeField
from caseman.web.words import gettext
from caseman.web.words import lazy_gettext as _

MOST_COUNTED = 10_000


class GivenRow(ExhibitRow):
    """One exhibit as it leaves."""

    condition = CodeField(_("Condition, where it differs"), ExhibitCondition)


class HandOverForm(ListForm):
    """Hand exhibits over."""

    rows = exhibit_rows(GivenRow)
    condition = CodeField(
        _("Condition of all the others"),
        ExhibitCondition,
        description=_("Holds for each exhibit of the list where nothing else is chosen."),
    )
    declared_count = WholeField(
        _("How many bags leave, counted"),
        required=True,
        lowest=0,
        highest=MOST_COUNTED,
        description=_("Count the bags themselves, not the list."),
    )
    given_by = TextField(_("Who gives"), required=True)
    given_to = TextField(
        _("Who takes them along"),
        required=True,
        description=_("A family stands here under the number of its release, never by name."),
    )
    purpose = CodeField(_("What for"), TransferPurpose, required=True)
    from_place_id = PlaceField(_("From"))
    to_place_id = PlaceField(_("To"))
    authority = TextField(
        _("On whose authority"), longest=300, description=_("Number of the order, who gave it.")
    )
    handed_over_at = MomentField(_("When they were handed over"), required=True)
    notes = LinesField(_("Notes"), longest=2000)

    def offer(self, shelves: Iterable[Shelf]) -> None:
        """Offer places to leave from and to go to; a full one is said to be full."""
        every = sorted(shelves, key=lambda each: (each.place.code, each.place.id))
        places = [each.place for each in every]
        self.from_place_id.offer(places)
        self.to_place_id.offer(places, {each.place.id for each in every if each.is_full})

    def begin(self, exhibits: Iterable[Exhibit]) -> None:
        """List what was chosen on the page before."""
        self.exhibits = {exhibit.number: exhibit for exhibit in exhibits}
        for exhibit in self.exhibits.values():
            self._append(exhibit.number, "")

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Ask for the condition of each, at least by one answer for all."""
        valid = super().validate(extra_validators)
        bare = any(entry.condition.data is None for entry in self.entries)
        if bare and self.condition.data is None and not self.condition.errors:
            self.condition.errors = [
                gettext("Say in which condition they leave: for all of them here, or for each.")
            ]
            return False
        return valid

    def hand_over(self, user_id: int) -> HandOver:
        """Return what was entered; the list holds known exhibits only."""
        items = [
            ItemGiven(
                self.exhibits[entry.number.data],
                entry.condition.data or self.condition.data,
                entry.seal.data,
            )
            for entry in self.entries
            if entry.number.data in self.exhibits
        ]
        operation_id = items[0].exhibit.site.operation_id if items else 0
        return self.to(HandOver, items=items, operation_id=operation_id, given_by_user_id=user_id)
