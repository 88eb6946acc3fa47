"""The pages of incidents."""

from caseman.incidents.views import on_site, pages, tying  # noqa: F401 - they add their pages
from caseman.incidents.views.blueprint import incidents

__all__ = ["incidents"]
