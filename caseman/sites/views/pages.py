"""Sites: the list, one site, registering, correcting, its status and its position."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from caseman.accounts.reading import opened
from caseman.permissions import Permission
from caseman.sites import queries, services
from caseman.sites.codes import SiteStatus
from caseman.sites.forms import (
    CorrectSiteForm,
    NewSiteForm,
    PositionForm,
    SiteFilterForm,
    StatusForm,
    position_answers,
    site_answers,
)
from caseman.sites.models import Site
from caseman.sites.views.blueprint import figures, site_of, site_parts, sites
from caseman.web.forms.conflicts import conflict
from caseman.web.guards import current_scope, requires
from caseman.web.paging import paginate
from caseman.web.unit_of_work import session
from caseman.web.words import gettext as _
from caseman.web.words import refusal


@sites.get("")
@requires(Permission.SITE_READ)
def index() -> ResponseReturnValue:
    form = SiteFilterForm()
    valid = form.validate()
    columns = {"code": Site.code, "name": Site.name, "region": Site.region}
    wanted = form.wanted()
    page = paginate(
        session,
        queries.as_listed(session, current_scope(), wanted),
        columns,
        Site.id,
        filters=queries.conditions(session, wanted),
    )
    rows = [{"site": site, "url": url_for(".show", code=site.code)} for site in page.items]
    html = render_template("sites/index.html", page=page.showing(rows), form=form)
    return html, 200 if valid else 422


@sites.get("/<code>")
@requires(Permission.SITE_READ)
def show(code: str) -> ResponseReturnValue:
    site = site_of(code)
    opened(site)
    counted = [figure(session, current_scope(), site) for figure in figures]
    return render_template(
        "sites/site.html",
        site=site,
        history=queries.status_history(session, site),
        last_visit=queries.last_visit(session, site),
        teams=queries.teams_on(session, site),
        numbers=queries.numbers_given(session, site),
        figures=[figure for figure in counted if figure is not None],
        parts=[Markup(part(site)) for part in site_parts],  # noqa: S704 - our own templates
    )


@sites.route("/new", methods=["GET", "POST"])
@requires(Permission.SITE_WRITE)
def new() -> ResponseReturnValue:
    form = _new_form()
    if not form.validate_on_submit():
        return render_template("sites/new.html", form=form), 422 if form.errors else 200
    try:
        site = services.register_site(
            session,
            form.to(services.NewSite, **form.facts()),
            by_teams=current_scope().team_ids,
        )
    except services.DuplicateSiteCodeError as refused:
        form.code.errors = [refusal(refused)]
        return render_template("sites/new.html", form=form), 409
    flash(_("The site %(code)s is registered.", code=site.code), "done")
    return redirect(url_for(".show", code=site.code))


def _new_form() -> NewSiteForm:
    form = NewSiteForm(data={"status": SiteStatus.REPORTED})
    form.operation_id.choices = [
        (operation.id, f"{operation.code} {operation.name}")
        for operation in queries.operations(session, current_scope())
    ]
    return form


@sites.route("/<code>/correct", methods=["GET", "POST"])
@requires(Permission.SITE_WRITE)
def correct(code: str) -> ResponseReturnValue:
    site = site_of(code)
    form = CorrectSiteForm(data=site_answers(site))
    if not form.validate_on_submit():
        page = render_template("sites/correct.html", form=form, site=site)
        return page, 422 if form.errors else 200
    stored = CorrectSiteForm(formdata=None, data=site_answers(site))
    if differences := conflict(form, stored, site.version):
        page = render_template("sites/correct.html", form=form, site=site, differences=differences)
        return page, 409
    services.correct_site(site, form.to(services.SiteFacts, **form.facts()))
    return redirect(url_for(".show", code=code))


@sites.route("/<code>/status", methods=["GET", "POST"])
@requires(Permission.SITE_WRITE)
def status(code: str) -> ResponseReturnValue:
    site = site_of(code)
    form = StatusForm(data={"status": site.status, "version": site.version})
    if not form.validate_on_submit():
        page = render_template("sites/status.html", form=form, site=site)
        return page, 422 if form.errors else 200
    stored = StatusForm(formdata=None, data={"status": site.status})
    if differences := conflict(form, stored, site.version):
        page = render_template("sites/status.html", form=form, site=site, differences=differences)
        return page, 409
    services.change_status(site, form.status.data)
    return redirect(url_for(".show", code=code))


@sites.get("/<code>/position")
@requires(Permission.POSITION_READ)
def position(code: str) -> ResponseReturnValue:
    """Show where the site is; that the reader saw it is on record."""
    site = site_of(code)
    opened(site, what=_("Exact position"))
    form = PositionForm(data=position_answers(site))
    return render_template("sites/position.html", form=form, site=site, is_on_record=True)


@sites.post("/<code>/position")
@requires(Permission.SITE_WRITE, beside=Permission.POSITION_READ)
def correct_position(code: str) -> ResponseReturnValue:
    site = site_of(code)
    form = PositionForm()
    if not form.validate_on_submit():
        return render_template("sites/position.html", form=form, site=site), 422
    stored = PositionForm(formdata=None, data=position_answers(site))
    if differences := conflict(form, stored, site.version):
        page = render_template("sites/position.html", form=form, site=site, differences=differences)
        return page, 409
    services.set_position(site, form.position.data, form.absences().get("position"))
    return redirect(url_for(".show", code=code))
