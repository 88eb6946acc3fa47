"""The chart of the teeth: what state each is in, and which of its surfaces are meant."""

from collections.abc import Iterable, Mapping
from typing import Any

from caseman.coding.physical import ToothState
from caseman.coding.teeth import TEETH, Surface, surfaces_of
from caseman.web.forms.base import Form
from caseman.web.forms.codes import CodeField, CodesField
from caseman.web.words import gettext
from caseman.web.words import lazy_gettext as _

TOOTH = "tooth_{}"
SURFACES = "surfaces_{}"

Charted = Mapping[int, tuple[ToothState, str]]
"""FDI number -> state, and the letters of the surfaces."""


class TeethForm(Form):
    """The dental chart, two fields for each tooth by its FDI number."""

    @property
    def charted(self) -> dict[int, tuple[ToothState, str]]:
        """The state and surfaces of each tooth of which something was said."""
        return {
            fdi: (state, "".join(each.value for each in self[SURFACES.format(fdi)].data))
            for fdi in TEETH
            if (state := self[TOOTH.format(fdi)].data) is not None
        }

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Ask what is on surfaces that were marked."""
        valid: bool = super().validate(extra_validators)
        for fdi in TEETH:
            state = self[TOOTH.format(fdi)]
            if self[SURFACES.format(fdi)].data and state.data is None and not state.errors:
                said = gettext(
                    "Surfaces of tooth %(number)s are marked. Choose what was found on them.",
                    number=fdi,
                )
                state.errors, valid = [said], False
        return valid


for _fdi in TEETH:
    _name = _("Tooth %(number)s", number=_fdi)
    setattr(TeethForm, TOOTH.format(_fdi), CodeField(_name, ToothState))
    setattr(TeethForm, SURFACES.format(_fdi), CodesField(_name, Surface))


def shown(charted: Charted) -> dict[str, Any]:
    """Return the answers of the form that a chart begins with."""
    answers: dict[str, Any] = {}
    for fdi, (state, surfaces) in charted.items():
        answers |= {TOOTH.format(fdi): state, SURFACES.format(fdi): surfaces_of(surfaces)}
    return answers


def has_milk_teeth(charted: Iterable[int]) -> bool:
    """Say whether a chart speaks of teeth of the first set."""
    return any(fdi > 50 for fdi in charted)
