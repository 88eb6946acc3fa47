"""The pages of this slice."""

from caseman.effects.views import (  # noqa: F401 - each adds its pages to the blueprint
    adding,
    bags,
    changing,
    listing,
    photographs,
    plan,
    record,
)
from caseman.effects.views.blueprint import effects
from caseman.effects.views.words import kind_of

BLUEPRINTS = (effects,)
effects.add_app_template_filter(kind_of)

__all__ = ["BLUEPRINTS", "effects"]
