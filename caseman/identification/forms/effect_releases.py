"""Forms of effects given out on their own."""

from collections.abc import Iterable

from wtforms import SelectMultipleField, ValidationError

from caseman.effects.models import PersonalEffect
from caseman.effects.words import kind_of
from caseman.identification.codes import EffectReleaseBasis
from caseman.identification.forms.recipient import HasRecipient
from caseman.web.forms import (
    Answered,
    CodeField,
    Form,
    LinesField,
    PartialDateField,
    TextField,
    not_to_come,
)
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


class ReceiveForm(Form, HasRecipient):
    """Who received them."""

    name = TextField(_("Who received it"), [Answered()], longest=200)
    relation = TextField(_("Relation to the person, or office"), [Answered()], longest=120)
    identity_document = TextField(_("Identity document shown"), longest=120)
    contact = TextField(_("How to reach them"), longest=200)
    released_on = PartialDateField(_("Handed over on"), [Answered(), not_to_come])


class ReturnForm(Form):
    """The effects came back."""

    returned_on = PartialDateField(_("Came back on"), [Answered(), not_to_come])
    reason = LinesField(_("Why"), [Answered()], longest=3000)
