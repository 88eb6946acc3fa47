"""The pages of this slice."""

from caseman.effects.views import (  # noqa: F401 - each adds its pages to the blueprint
    adding,
    bags,
    changing,
    listing,
    photographs,
    record,
)
from caseman.effects.views.blueprint import effects

BLUEPRINTS = (effects,)

__all__ = ["BLUEPRINTS", "effects"]
