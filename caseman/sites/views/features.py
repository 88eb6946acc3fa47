"""Features of a site, and the blocks of numbers reserved in them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from caseman.accounts.reading import opened
from caseman.permissions import Permission
from caseman.sites import queries, services
from caseman.sites.forms import BlockForm, FeatureForm, feature_answers
from caseman.sites.models import Feature
from caseman.sites.views.blueprint import feature_of, feature_parts, site_of, sites
from caseman.web.forms.conflicts import conflict
from caseman.web.guards import current_scope, requires
from caseman.web.unit_of_work import session
from caseman.web.words import gettext as _


@sites.route("/<code>/features/new", methods=["GET", "POST"])
@requires(Permission.SITE_WRITE)
def new_feature(code: str) -> ResponseReturnValue:
    site = site_of(code)
    form = FeatureForm()
    if not form.validate_on_submit():
        page = render_template("sites/feature_form.html", form=form, site=site)
        return page, 422 if form.errors else 200
    feature = services.add_feature(session, site, form.to(services.NewFeature))
    flash(_("This is %(code)s. Write it on its board.", code=feature.audit_subject), "done")
    return redirect(url_for(".feature", code=code, number=feature.number))


@sites.get("/<code>/features/<int:number>")
@requires(Permission.SITE_READ)
def feature(code: str, number: int) -> ResponseReturnValue:
    row = feature_of(code, number)
    opened(row)
    return _feature_page(row, _block_form(row))


def _feature_page(feature: Feature, form: BlockForm) -> str:
    blocks = queries.blocks_of(session, feature)
    parts = [Markup(part(feature)) for part in feature_parts]  # noqa: S704 - our own templates
    return render_template(
        "sites/feature.html",
        feature=feature,
        site=feature.site,
        blocks=blocks,
        form=form,
        parts=parts,
    )


def _block_form(feature: Feature) -> BlockForm:
    form = BlockForm()
    teams = queries.teams_of(session, feature.site)
    own = [team.id for team in teams if team.id in current_scope().team_ids]
    form.team_id.choices = [(team.id, f"{team.code} {team.name}") for team in teams]
    if not form.is_submitted() and own:
        form.team_id.data = own[0]
    return form


@sites.route("/<code>/features/<int:number>/correct", methods=["GET", "POST"])
@requires(Permission.SITE_WRITE)
def correct_feature(code: str, number: int) -> ResponseReturnValue:
    row = feature_of(code, number)
    form = FeatureForm(data=feature_answers(row))
    if not form.validate_on_submit():
        page = render_template("sites/feature_form.html", form=form, site=row.site, feature=row)
        return page, 422 if form.errors else 200
    stored = FeatureForm(formdata=None, data=feature_answers(row))
    if differences := conflict(form, stored, row.version):
        page = render_template(
            "sites/feature_form.html",
            form=form,
            site=row.site,
            feature=row,
            differences=differences,
        )
        return page, 409
    services.correct_feature(row, form.to(services.NewFeature))
    return redirect(url_for(".feature", code=code, number=number))


@sites.post("/<code>/features/<int:number>/blocks")
@requires(Permission.SITE_WRITE)
def reserve(code: str, number: int) -> ResponseReturnValue:
    row = feature_of(code, number)
    form = _block_form(row)
    if not form.validate_on_submit():
        return _feature_page(row, form), 422
    block = services.reserve_block(
        session, row, form.team_id.data, form.kind.data, size=form.size.data
    )
    numbers = [
        services.format_number(row.site.code, row.code, block.kind, sequence)
        for sequence in (block.first, block.last)
    ]
    flash(_("Reserved: %(first)s to %(last)s.", first=numbers[0], last=numbers[1]), "done")
    return redirect(url_for(".feature", code=code, number=number))
