"""The pages of this slice."""

from caseman.remains.views import (  # noqa: F401 - each adds its pages to the blueprint
    bags,
    bones,
    coded,
    counting,
    examination,
    findings,
    listing,
    measuring,
    numbers,
    photographs,
    printing,
    record,
    recovery,
    samples,
    sorting,
)
from caseman.remains.views.blueprint import remains

BLUEPRINTS = (remains,)

__all__ = ["BLUEPRINTS", "remains"]
