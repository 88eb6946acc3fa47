"""Pages for anybody: how it all works, and telling of a place without a name."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.permissions import Permission
from caseman.reports import services
from caseman.reports.forms.public import TipForm
from caseman.reports.views.family import SUBMISSIONS, family
from caseman.reports.views.photos import received_without_traces
from caseman.sites.services import NewTip, receive_tip
from caseman.web import language
from caseman.web.guards import requires
from caseman.web.installation import installation
from caseman.web.limits import at_most
from caseman.web.unit_of_work import session
from caseman.web.words import gettext as _


@family.get("/how")
@requires(Permission.PUBLIC)
def how() -> ResponseReturnValue:
    return render_template("family/how.html")


@family.route("/place", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
@at_most(SUBMISSIONS)
def tip() -> ResponseReturnValue:
    """Take what somebody tells of a place; nothing of who they are is asked or kept."""
    form = TipForm()
    if not form.validate_on_submit():
        return render_template("family/tip.html", form=form), 422 if form.errors else 200
    operation = services.public_operation(session, installation().config.public_operation)
    if operation is None:
        form.form_errors.append(_("The fault is ours, not yours. Nothing was stored."))
        return render_template("family/tip.html", form=form), 503
    if (files := received_without_traces(form.photos)) is None:
        return render_template("family/tip.html", form=form), 422
    receive_tip(session, operation, form.to(NewTip), language.current().code, files)
    return redirect(url_for(".tip_sent"))


@family.get("/place/sent")
@requires(Permission.PUBLIC)
def tip_sent() -> ResponseReturnValue:
    return render_template("family/tip_sent.html")
