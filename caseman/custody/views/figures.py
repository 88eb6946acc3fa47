"""How many exhibits a site has, on its page."""

from sqlalchemy.orm import Session

from caseman.custody.codes import Standing
from caseman.custody.queries import ExhibitFilter, filtered, how_many_exhibits
from caseman.permissions import Permission, Scope
from caseman.sites.models import Site
from caseman.sites.views.blueprint import Figure, figures
from caseman.web.links import link
from caseman.web.words import gettext as _


def exhibits(session: Session, scope: Scope, site: Site) -> Figure | None:
    """Count the exhibits of ``site``, at most a thousand."""
    if not scope.may(Permission.CUSTODY_READ):
        return None
    count = how_many_exhibits(session, filtered(scope, ExhibitFilter(site=site.code)))
    return Figure(count, _("Exhibits"), link("custody.exhibits", site=site.code))


def missing(session: Session, scope: Scope, site: Site) -> Figure | None:
    """Count what is missing after a hand-over; a site where nothing is says nothing."""
    if not scope.may(Permission.CUSTODY_READ):
        return None
    wanted = ExhibitFilter(site=site.code, standing=Standing.MISSING)
    count = how_many_exhibits(session, filtered(scope, wanted))
    address = link("custody.exhibits", site=site.code, standing=Standing.MISSING.value)
    return Figure(count, _("Missing after a hand-over"), address) if count else None


figures += [exhibits, missing]
