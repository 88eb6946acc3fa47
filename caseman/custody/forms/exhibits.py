"""What the list of exhibits is asked."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import SelectField
from wtforms.validators import Optional

from caseman.custody.codes import ExhibitKind, Standing, Unmoved
from caseman.custody.forms.fields import PlaceField, WrittenField
from caseman.custody.models import StoragePlace
from caseman.custody.queries import ExhibitFilter, within
from caseman.web.forms import CodeField, FilterForm
from caseman.web.words import lazy_gettext as _


class ExhibitFilterForm(FilterForm):
    """Narrows the list."""

    q = WrittenField(_("Number, or how it begins"), longest=60)
    site = SelectField(_("Site"), [Optional()], validate_choice=False)
    kind = CodeField(_("What lies in the bag"), ExhibitKind)
    standing = CodeField(_("Where it stands"), [*Unmoved, *Standing])
    place = PlaceField(_("Place, with all within"))

    def offer(self, sites: Iterable[str], places: Sequence[StoragePlace]) -> None:
        """Offer ``sites`` by code and ``places``."""
        self.site.choices = [("", "—"), *((code, code) for code in sites)]
        self.place.offer(places)
        self._places = {place.id: place for place in places}

    def wanted(self) -> ExhibitFilter:
        """Return the answers; what could not be read narrows nothing."""
        return ExhibitFilter(
            text=self.q.data,
            site=(self.site.data or "").upper(),
            kind=self.kind.data,
            standing=self.standing.data,
            place_ids=self._place_ids(self.place.data),
        )

    def _place_ids(self, place_id: Any) -> frozenset[int] | None:  # noqa: ANN401 - an id or None
        place = self._places.get(place_id)
        return None if place is None else frozenset(within(self._places.values(), place))
