"""What strangers told of places: the list, one tip, and what becomes of it."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.media.codes import DerivativeKind
from caseman.media.sending import send_derivative
from caseman.permissions import Permission
from caseman.sites import queries, services
from caseman.sites.forms import SettleTipForm
from caseman.sites.models import SiteTip
from caseman.web.guards import current_scope, requires
from caseman.web.paging import paginate
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _

tips = Blueprint("tips", __name__, url_prefix="/tips")

BY_DAY = {"-told": SiteTip.told_at, "told": SiteTip.told_at, "state": SiteTip.state}


@tips.get("")
@requires(Permission.SITE_ASSIGN)
def index() -> ResponseReturnValue:
    page = paginate(session, queries.tips(current_scope()), BY_DAY, SiteTip.id)
    return render_template("sites/tips.html", page=page)


@tips.route("/<int(max=2147483647):tip_id>", methods=["GET", "POST"])
@requires(Permission.SITE_ASSIGN)
def show(tip_id: int) -> ResponseReturnValue:
    """Show what was told, and say what becomes of it."""
    tip = found(queries.tip(session, current_scope(), tip_id))
    opened(tip)
    form = SettleTipForm(data=_answers(tip))
    if form.validate_on_submit():
        form.expects(tip.version)
        code = form.site_code.data
        site = queries.site_by_code(session, current_scope(), code) if code else None
        if code and site is None:
            form.site_code.errors = [_("There is no site %(code)s here.", code=code)]
        else:
            services.settle_tip(session, tip, form.state.data, site, form.why.data)
            return redirect(url_for(".show", tip_id=tip_id))
    page = render_template("sites/tip.html", tip=tip, form=form)
    return page, 422 if form.errors else 200


@tips.get("/<int(max=2147483647):tip_id>/photographs/<int(max=2147483647):photograph_id>/<kind>")
@requires(Permission.SITE_ASSIGN)
def photograph(tip_id: int, photograph_id: int, kind: str) -> ResponseReturnValue:
    tip = found(queries.tip(session, current_scope(), tip_id))
    picture = found(next((each for each in tip.photographs if each.id == photograph_id), None))
    opened(picture)
    wanted = found(kind if kind in set(DerivativeKind) else None)
    return send_derivative(picture.media_file, DerivativeKind(wanted))


def _answers(tip: SiteTip) -> dict[str, object]:
    return {
        "version": tip.version,
        "state": tip.state,
        "site_code": tip.site.code if tip.site else "",
        "why": tip.state_note,
    }
