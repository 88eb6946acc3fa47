"""The pages of this slice."""

from caseman.effects.views import (  # noqa: F401 - each adds its pages to the blueprint
    adding,
    bags,
    changing,
    contexts,
    decoys,
    listing,
    photographs,
    plan,
    plan_photographs,
    record,
)
from caseman.effects.views.blueprint import effects
from caseman.effects.views.catalogues import catalogues
from caseman.effects.words import kind_of

BLUEPRINTS = (effects, catalogues)
effects.add_app_template_filter(kind_of)

__all__ = ["BLUEPRINTS", "catalogues", "effects"]
