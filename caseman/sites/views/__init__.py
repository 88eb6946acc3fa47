"""The pages of sites and features."""

from caseman.sites.views import features, pages, teams, visits  # noqa: F401 - they add their pages
from caseman.sites.views.blueprint import figures, sites
from caseman.sites.views.tips import tips

__all__ = ["figures", "sites", "tips"]
