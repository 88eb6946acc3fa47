"""The pages of this slice."""

from caseman.laboratory.views import (  # noqa: F401 - each adds its pages to the blueprint
    genotypes,
    importing,
    specimens,
    submissions,
    weighing,
)
from caseman.laboratory.views.blueprint import laboratory

BLUEPRINTS = (laboratory,)

__all__ = ["BLUEPRINTS", "laboratory"]
