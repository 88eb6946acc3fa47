"""The pages of custody."""

from caseman.custody.views import exhibits, places  # noqa: F401 - they add their pages
from caseman.custody.views.blueprint import custody

__all__ = ["custody"]
