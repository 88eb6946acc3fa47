"""Forms of storage places."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import SelectField
from wtforms.validators import ValidationError

from caseman.accounts.models import Operation
from caseman.custody.codes import StorageKind
from caseman.custody.forms.fields import PlaceField, WrittenField
from caseman.custody.models import StoragePlace
from caseman.web.forms import (
    Answered,
    CodeField,
    Form,
    LinesField,
    Matches,
    TextField,
    WholeField,
)
from caseman.web.words import gettext
from caseman.web.words import lazy_gettext as _

CODE = r"[A-Z0-9](?:[A-Z0-9-]*[A-Z0-9])?"


class PlaceForm(Form):
    """What is known of a storage place."""

    code = WrittenField(
        _("Code"),
        [Matches(CODE, "MORTUARY-2")],
        required=True,
        longest=20,
        description=_("Short, as it stands on the door or the shelf: letters, digits, hyphens."),
    )
    name = TextField(_("Name"), required=True)
    kind = CodeField(_("What kind of place"), StorageKind, required=True)
    parent_id = PlaceField(
        _("Lies in"), description=_("A shelf lies in a room, a room in a mortuary.")
    )
    capacity = WholeField(
        _("How many exhibits it holds"),
        lowest=1,
        highest=1_000_000,
        description=_(
            "With all the places within it. Leave it empty where nobody knows; a full place is "
            "said to be full and takes more all the same."
        ),
    )
    notes = LinesField(_("Notes"), longest=2000)

    def offer(self, places: Iterable[StoragePlace]) -> None:
        """Offer ``places`` to lie in."""
        self.parent_id.offer(places)


class NewPlaceForm(PlaceForm):
    """A storage place that is added now."""

    operation_id = SelectField(_("Operation"), [Answered()], coerce=int)

    def ask(self, operations: Sequence[Operation], places: Sequence[StoragePlace]) -> None:
        """Ask for the operation, only of those who work in several."""
        self.offer(places)
        self._operation_of = {place.id: place.operation_id for place in places}
        self._only = operations[0].id if len(operations) == 1 else None
        if self._only is not None:
            del self.operation_id
        else:
            self.operation_id.choices = [
                (each.id, f"{each.code} {each.name}") for each in operations
            ]

    @property
    def operation(self) -> int:
        """The operation in which the place is added."""
        return int(self.operation_id.data) if "operation_id" in self else int(self._only or 0)

    def validate_parent_id(self, field: PlaceField) -> None:
        """Refuse a place that would lie in one of another operation."""
        chosen = self.operation_id.data if "operation_id" in self else self._only
        if field.data is not None and self._operation_of.get(field.data, chosen) != chosen:
            raise ValidationError(
                gettext(
                    "The place it lies in belongs to another operation. Choose one of the same."
                )
            )


def place_answers(place: StoragePlace) -> dict[str, Any]:
    """Return what a form shows of ``place``."""
    names = ("version", "code", "name", "kind", "parent_id", "capacity", "notes")
    return {name: getattr(place, name) for name in names}
