"""Forms of effects given out on their own."""

from collections.abc import Iterable

from wtforms import SelectMultipleField, ValidationError

from caseman.database import now
from caseman.effects.models import PersonalEffect
from caseman.effects.words import kind_of
from caseman.identification.codes import EffectReleaseBasis
from caseman.identification.models import Recipient
from caseman.web.forms import Answered, CodeField, Form, LinesField, PartialDateField, TextField
from caseman.web.words import gettext
from caseman.web.words import lazy_gettext as _


class GiveOutForm(Form):
    """Which effects shall leave, and why."""

    effects = SelectMultipleField(_("Which effects"), coerce=int)
    basis = CodeField(_("On what ground"), EffectReleaseBasis, required=True)
    why = LinesField(
        _("Why"),
        required=True,
        longest=2000,
        description=_("Who asks for it, and on what it rests: a recognition, an order."),
    )

    def offer(self, effects: Iterable[PersonalEffect], asked: PersonalEffect) -> None:
        """Offer ``effects``; the one that was asked for is chosen."""
        offered = {effect.id: f"{effect.number} {kind_of(effect)}" for effect in effects}
        self.effects.choices = list(offered.items())
        if not self.is_submitted():
            self.effects.data = [asked.id] if asked.id in offered else []

    def validate_effects(self, field: SelectMultipleField) -> None:
        """Ask for at least one."""
        if not field.data:
            raise ValidationError(gettext("Choose at least one effect."))


class ReceiveForm(Form):
    """Who received them."""

    name = TextField(_("Who received it"), [Answered()], longest=200)
    relation = TextField(_("Relation to the person, or office"), [Answered()], longest=120)
    identity_document = TextField(_("Identity document shown"), longest=120)
    contact = TextField(_("How to reach them"), longest=200)
    released_on = PartialDateField(_("Handed over on"), [Answered()])

    def validate_released_on(self, field: PartialDateField) -> None:
        """Refuse a day to come."""
        if field.data and field.data.earliest > now().date():
            raise ValidationError(gettext("This day is still to come."))

    @property
    def recipient(self) -> Recipient:
        """Who it was."""
        return Recipient(
            name=self.name.data,
            relation=self.relation.data,
            identity_document=self.identity_document.data,
            contact=self.contact.data,
        )


class ReturnForm(Form):
    """The effects came back."""

    returned_on = PartialDateField(_("Came back on"), [Answered()])
    reason = LinesField(_("Why"), [Answered()], longest=3000)

    def validate_returned_on(self, field: PartialDateField) -> None:
        """Refuse a day to come."""
        if field.data and field.data.earliest > now().date():
            raise ValidationError(gettext("This day is still to come."))
