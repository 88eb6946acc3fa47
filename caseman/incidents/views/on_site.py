"""The incidents of a site, on its page."""

from flask import render_template

from caseman.incidents.queries import incidents_of_site
from caseman.permissions import Permission
from caseman.sites.models import Site
from caseman.sites.views.blueprint import site_parts
from caseman.web.guards import current_scope, may
from caseman.web.unit_of_work import session


@site_parts.append
def on_site(site: Site) -> str:
    """Draw what happened here as far as the reader may know; nothing for who may not."""
    if not may(Permission.INCIDENT_READ):
        return ""
    return render_template(
        "incidents/on_site.html",
        site=site,
        incidents=incidents_of_site(session, current_scope(), site),
    )
