"""Forms of the effects pages."""

from collections.abc import Iterable
from typing import Any, ClassVar

from wtforms import BooleanField, SelectField
from wtforms.validators import Length, Optional

from caseman.coding import OF_FINDS
from caseman.coding.belongings import Colour, EffectCategory, Material
from caseman.coding.kinds import EffectKind
from caseman.effects.codes import (
    BodyPlace,
    DamageBeneath,
    EffectSide,
    Pattern,
    SizeSystem,
    Trace,
    WearLayer,
)
from caseman.effects.drafts import SHORTEST_REASON, Description
from caseman.effects.models import PersonalEffect
from caseman.effects.queries import EffectFilter
from caseman.effects.words import kind_of
from caseman.media.receiving import PhotographsForm
from caseman.remains.forms.numbers import TeamForm
from caseman.web.forms import (
    CodeField,
    CodesField,
    FilterForm,
    Form,
    LinesField,
    NumberField,
    TextField,
    WholeField,
)
from caseman.web.words import gettext as _
from caseman.web.words import lazy_gettext

ON_BODY = tuple(place for place in BodyPlace if place is not BodyPlace.LOOSE)
FIRST = ("kind", "category", "colour", "body_place", "inscription")
MORE = ("second_colour", "material", "brand", "size", "descriptor", "description")
CLOSER = (
    "wear_layer",
    "side",
    "quantity",
    "pattern",
    "size_system",
    "traces",
    "damage_beneath",
    "trace_note",
    "inside",
)
PLACE = ("grid_e_m", "grid_n_m", "depth_m")
NAMELESS = EffectKind.OTHER
NOWHERE = 0


class EffectForm(Form):
    """What an effect is."""

    answerable: ClassVar[tuple[str, ...]] = ("colour", "material", "inscription", "body_place")
    absence_codes = OF_FINDS

    kind = CodeField(lazy_gettext("What is it?"), EffectKind)
    category = CodeField(
        lazy_gettext("Not in the list? Then its group"),
        EffectCategory,
        description=lazy_gettext("Ligatures, blindfolds and bullets are groups of their own."),
    )
    colour = CodeField(lazy_gettext("Main colour"), Colour)
    second_colour = TextField(lazy_gettext("Other colours, pattern"), longest=40)
    material = CodeField(lazy_gettext("Material"), Material)
    brand = TextField(lazy_gettext("Brand or label"), longest=120)
    size = TextField(lazy_gettext("Size"), longest=40)
    inscription = TextField(
        lazy_gettext("What is written on it"),
        longest=500,
        description=lazy_gettext("Letter for letter: names, numbers, words on a label"),
    )
    descriptor = TextField(lazy_gettext("What sets it apart"), longest=200)
    body_place = CodeField(lazy_gettext("Where it was"), ON_BODY)
    description = LinesField(lazy_gettext("Description"))
    wear_layer = CodeField(lazy_gettext("How far from the skin"), WearLayer)
    side = CodeField(lazy_gettext("Left or right"), EffectSide)
    quantity = WholeField(lazy_gettext("How many alike"), lowest=1, highest=10_000)
    pattern = CodeField(lazy_gettext("Pattern"), Pattern)
    size_system = CodeField(lazy_gettext("How its size is counted"), SizeSystem)
    traces = CodesField(lazy_gettext("Traces of wear, of people and of the ground"), Trace)
    damage_beneath = CodeField(lazy_gettext("Beneath the damage"), DamageBeneath)
    trace_note = TextField(
        lazy_gettext("About traces and damage"),
        longest=500,
        description=lazy_gettext("Where on it, how large, over which injury."),
    )
    inside = SelectField(
        lazy_gettext("In whose pocket, or inside what, it lay"),
        choices=[],
        coerce=int,
        validators=[Optional()],
    )
    grid_e_m = NumberField(
        lazy_gettext("East of the datum"), lowest=-1000, highest=1000, unit=lazy_gettext("m")
    )
    grid_n_m = NumberField(
        lazy_gettext("North of the datum"), lowest=-1000, highest=1000, unit=lazy_gettext("m")
    )
    depth_m = NumberField(
        lazy_gettext("Depth below the surface"), lowest=0, highest=100, unit=lazy_gettext("m")
    )

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Ask for a kind, or at least the group."""
        valid = super().validate(extra_validators)
        if self.kind.errors or self.kind.data or self.category.data:
            return valid
        self.kind.errors = [_("Say what it is: choose from the list, or its group.")]
        return False

    def described(self, before: PersonalEffect | None = None, **more: object) -> Description:
        """Return the description; a kind from elsewhere that the list lacks stays as told."""
        kind: EffectKind | None = self.kind.data
        listed = kind is not None and kind is not NAMELESS
        told = before.kind if before is not None and before.kind not in set(EffectKind) else ""
        slot = kind.slot if kind else before.slot if before else None
        category = self.category.data or (kind or NAMELESS).category
        return self.to(
            Description,
            kind=kind.value if kind else told,
            category=kind.category if kind and listed else category,
            slot=slot,
            traces=self.traces.data or None,
            trace_note=self.trace_note.data or None,
            **more,
        )

    @property
    def closer(self) -> list[str]:
        """The fields of a closer look that are asked."""
        return [name for name in CLOSER if name in self]

    @property
    def is_looked_at_closely(self) -> bool:
        """Whether one of them is answered, or was answered wrongly."""
        return any(self[name].data or self[name].errors for name in self.closer)

    def offer(self, others: Iterable[PersonalEffect]) -> None:
        """Offer ``others`` as what it may have lain in; with none the question is not asked."""
        choices = [(each.id, f"{each.number} {kind_of(each)}") for each in others]
        if not choices:
            del self.inside
            return
        self.inside.choices = [(NOWHERE, "—"), *choices]

    def lay_in(self, others: Iterable[PersonalEffect]) -> PersonalEffect | None:
        """Return the one of ``others`` that was chosen, if any."""
        chosen = self.inside.data if "inside" in self else NOWHERE
        return next((each for each in others if each.id == chosen), None)


class NewEffectForm(EffectForm, PhotographsForm):
    """An effect that is recorded now."""


class LooseEffectForm(NewEffectForm, TeamForm):
    """An effect found loose: its number comes from a team, and there is no body to say where."""

    answerable = ("colour", "material", "inscription")
    body_place = None  # type: ignore[assignment] # how WTForms leaves a field out
    body_place_absence = None


class MorePhotographsForm(PhotographsForm):
    """Photographs of an effect already recorded."""

    caption = TextField(lazy_gettext("What they show"), longest=300)


class ReasonForm(Form):
    """Why; it stays on the record."""

    reason = LinesField(
        lazy_gettext("Why"),
        [
            Length(
                min=SHORTEST_REASON,
                message=lazy_gettext("Write a few words more: the reason stays."),
            )
        ],
        required=True,
        longest=1000,
    )


class BelongsForm(ReasonForm):
    """With which remains an effect belongs."""

    remains = TextField(
        lazy_gettext("Number of the remains"),
        longest=40,
        description=lazy_gettext("Leave it empty if the effect belongs with none of them."),
        render_kw={"autocapitalize": "characters", "dir": "ltr"},
    )


class EffectFilterForm(FilterForm):
    """Narrows the list."""

    q = TextField(lazy_gettext("Number, inscription or word"), longest=80)
    kind = CodeField(lazy_gettext("What"), EffectKind)
    category = CodeField(lazy_gettext("Group"), EffectCategory)
    colour = CodeField(lazy_gettext("Colour"), Colour)
    site = SelectField(lazy_gettext("Site"), validators=[Optional()], validate_choice=False)
    loose = BooleanField(lazy_gettext("Found loose only"))

    def __init__(self, sites: list[str], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.site.choices = [("", "—"), *((code, code) for code in sites)]

    def wanted(self) -> EffectFilter:
        """Return the answers; what could not be read narrows nothing."""
        return EffectFilter(
            text=self.q.data,
            kind=self.kind.data.value if self.kind.data else "",
            category=self.category.data,
            colour=self.colour.data,
            site=(self.site.data or "").upper(),
            loose_only=self.loose.data,
        )
