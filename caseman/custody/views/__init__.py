"""The pages of custody."""

from caseman.custody.views import places  # noqa: F401 - it adds its pages to the blueprint
from caseman.custody.views.blueprint import custody

__all__ = ["custody"]
