"""The pages of custody."""

from caseman.custody.views import (  # noqa: F401 - they add their pages
    exhibits,
    figures,
    handing,
    places,
    plots,
    receiving,
    traces,
)
from caseman.custody.views.blueprint import custody

__all__ = ["custody"]
