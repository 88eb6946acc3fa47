"""How likely it is that a person found at a site is reported at all: read, and set."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman import matching
from caseman.identification.forms import PriorForm
from caseman.identification.queries import priors as queries
from caseman.identification.services import priors as services
from caseman.identification.views.blueprint import bp, signer
from caseman.permissions import Permission
from caseman.sites.models import Site
from caseman.sites.queries import site_by_code, sites
from caseman.web.guards import current_scope, requires
from caseman.web.paging import paginate
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _

BY_SITE = {"site": Site.code, "-site": Site.code}


@bp.get("/candidates/priors")
@requires(Permission.CANDIDATE_READ)
def priors() -> ResponseReturnValue:
    page = paginate(session, sites(current_scope()), BY_SITE, Site.id)
    shown = [site.id for site in page.items]
    return render_template(
        "identification/priors.html",
        page=page,
        last=queries.last_of_sites(session, shown),
        found=queries.found_at(session, shown),
        nothing=queries.Found(),
        usual=matching.DEFAULT_PRIOR.overlap,
    )


@bp.get("/candidates/priors/<code>")
@requires(Permission.CANDIDATE_READ)
def prior(code: str) -> ResponseReturnValue:
    site = _site(code)
    return _page(site, PriorForm(formdata=None, data={"version": _version(site)}))


@bp.post("/candidates/priors/<code>")
@requires(Permission.PRIOR_SET)
def set_prior(code: str) -> ResponseReturnValue:
    site, form = _site(code), PriorForm()
    if not form.validate():
        return _page(site, form)
    form.expects(_version(site))
    services.set_prior(session, site, form.share(), signer(), form.reason.data)
    flash(_("It is kept. Everything will be ranked with it in the background."), "done")
    return redirect(url_for(".prior", code=site.code))


def _site(code: str) -> Site:
    return found(site_by_code(session, current_scope(), code))


def _version(site: Site) -> int:
    last = queries.last_of_sites(session, [site.id]).get(site.id)
    return 0 if last is None else last.id


def _page(site: Site, form: PriorForm) -> ResponseReturnValue:
    page = render_template(
        "identification/prior.html",
        site=site,
        found=queries.found_at(session, [site.id]).get(site.id, queries.Found()),
        history=queries.history(session, site),
        usual=matching.DEFAULT_PRIOR.overlap,
        form=form,
    )
    return page, 422 if form.errors else 200
