"""Forms of catalogues and decoys."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, SelectField, SelectMultipleField

from caseman.accounts.models import Operation
from caseman.coding.belongings import Colour, EffectCategory
from caseman.coding.kinds import EffectKind
from caseman.effects.codes import Fitness
from caseman.effects.drafts import LookedLike
from caseman.media.receiving import PhotographsForm
from caseman.sites.models import Site
from caseman.web.forms import Answered, CodeField, Form, TextField, WholeField
from caseman.web.words import gettext as _
from caseman.web.words import lazy_gettext


class Ticked(SelectMultipleField):
    """Rows of a list that are ticked, by id; what is no number, or not offered, is not taken."""

    def __init__(self, label: str = "", **options: Any) -> None:  # noqa: ANN401
        super().__init__(label, coerce=int, choices=[], validate_choice=False, **options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        numbers = [each for each in valuelist if each.isascii() and each.isdigit()]
        self.data = [int(each) for each in numbers if len(each) < 10]


class EmptyForm(Form):
    """A button that changes something: token, version and idempotency key."""


class CatalogueForm(Form):
    """Begin a catalogue."""

    title = TextField(
        lazy_gettext("Title"),
        [Answered()],
        longest=120,
        description=lazy_gettext("Only for those who put it together: it is never shown."),
    )
    sites = SelectMultipleField(
        lazy_gettext("Sites whose effects it may hold"), coerce=int, validators=[Answered()]
    )

    def offer(self, sites: Iterable[Site]) -> None:
        """Offer ``sites``; a single one is chosen already."""
        offered = {site.id: f"{site.code} {site.name}" for site in sites}
        self.sites.choices = list(offered.items())
        if not self.is_submitted() and len(offered) == 1:
            self.sites.data = list(offered)


class ChooseForm(Form):
    """What goes into a catalogue."""

    chosen = Ticked(lazy_gettext("What goes into the catalogue"))


class LeaveOutForm(Form):
    """What does not stay in it."""

    item = WholeField(lazy_gettext("Item"), lowest=1, highest=10**9, required=True)


class FitForm(Form):
    """Whether a photograph may be shown to families."""

    answer = CodeField(lazy_gettext("May families see this photograph?"), Fitness, required=True)


class DecoyForm(PhotographsForm):
    """Pictures of a thing that was not found here."""

    operation_id = SelectField(lazy_gettext("Operation"), [Answered()], coerce=int)
    kind = CodeField(lazy_gettext("What is it?"), EffectKind)
    category = CodeField(lazy_gettext("Not in the list? Then its group"), EffectCategory)
    colour = CodeField(lazy_gettext("Main colour"), Colour)
    origin = TextField(
        lazy_gettext("Where the picture comes from"),
        [Answered()],
        longest=300,
        description=lazy_gettext("A shop, a volunteer's wardrobe: never a grave."),
    )
    elsewhere = BooleanField(
        lazy_gettext("This thing was not found with anybody, and the picture shows it alone."),
        [Answered()],
    )

    def offer(self, operations: Iterable[Operation]) -> None:
        """Offer the operations whose catalogues may show it."""
        self.operation_id.choices = [(each.id, f"{each.code} {each.name}") for each in operations]

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Ask for what it is, and for a picture of it."""
        valid = super().validate(extra_validators)
        if not self.kind.errors and not (self.kind.data or self.category.data):
            self.kind.errors = [_("Say what it is: choose from the list, or its group.")]
            valid = False
        if self.is_without and not self.photographs.errors:
            self.photographs.errors = [_("Choose at least one photograph.")]
            valid = False
        return valid

    def like(self) -> LookedLike:
        """Return in which words it may be spoken of."""
        kind: EffectKind | None = self.kind.data
        listed = kind is not None and kind is not EffectKind.OTHER
        other = self.category.data or EffectKind.OTHER.category
        return LookedLike(
            category=kind.category if kind is not None and listed else other,
            kind=kind.value if kind else "",
            colour=self.colour.data,
            origin=self.origin.data,
        )
