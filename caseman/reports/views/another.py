"""One more person of a family that has reported before: told, and kept while it is typed.

What is kept belongs to the family's first report. It is shown while a visit lasts; whoever types
on longer than that finds it again behind the two numbers that the family has.
"""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from caseman.audit.recorder import PUBLIC
from caseman.permissions import Permission
from caseman.reports import services
from caseman.reports.forms import FamilyForm, another_form
from caseman.reports.models import AnotherDraft
from caseman.reports.services.drafts import Typed
from caseman.reports.views import drafts, visits
from caseman.reports.views.family import SUBMISSIONS, family
from caseman.reports.views.keeping import SAVES
from caseman.reports.views.photos import received
from caseman.web import language
from caseman.web.forms import Form
from caseman.web.guards import requires
from caseman.web.headers import RECORDING, also
from caseman.web.installation import installation
from caseman.web.limits import at_most
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _


@family.route("/another", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
@at_most(SUBMISSIONS)
def another() -> ResponseReturnValue:
    """Report one more person who was lost with those told of before."""
    if request.form.get("more"):
        _keep(drafts.typed())
    visit = visits.current(idle=visits.LONGEST)
    if visit is None:
        return _alone() if request.method == "POST" else redirect(url_for(".come_back"))
    latest = visit.reports[-1]
    draft = None if request.method == "POST" else _begun(visit)
    also(RECORDING)
    form = another_form(latest, services.full_name(latest), draft.answers if draft else None)
    files = None
    if not form.wants_more() and form.validate_on_submit():
        files = received(form.photos)
    if files is None:
        names = [services.full_name(each) for each in visit.reports]
        page = render_template(
            "family/form.html", form=form, names=names, is_kept=draft is not None
        )
        return page, 422 if form.errors else 200
    intake = services.family_intake(latest.missing_person.operation, language.current().code)
    stored = services.receive_another(session, visit.reports, form.answers(), intake)
    services.add_photographs(session, stored, files)
    services.add_voice(session, stored, form.sound)
    return redirect(url_for(".receipt"))


def _alone() -> ResponseReturnValue:
    """Keep what was typed, and offer to send it by itself: the visit has ended meanwhile."""
    is_kept = _keep(drafts.typed())
    drafts.end()  # what is sent by itself must not take what another family began here
    form = FamilyForm()
    form.form_errors.append(
        _(
            "The page was open for so long that we closed your earlier report on this phone. "
            "What you typed is kept there: open it again with its two numbers to go on. Or send "
            "this one by itself, and write into it who was with them and how we reach you."
        )
        if is_kept
        else _(
            "The page was open for so long that we closed your earlier report on this phone. "
            "Send this one by itself, and write into it who was with them and how we reach you."
        )
    )
    return render_template("family/form.html", form=form), 422


@family.post("/another/draft")
@requires(Permission.PUBLIC)
@at_most(SAVES)
def save_another() -> ResponseReturnValue:
    """Keep what is posted, under the two numbers that the family has already."""
    if (typed := drafts.typed()) is None:
        raise RequestEntityTooLarge
    if not _keep(typed):
        return _alone()
    if request.accept_mimetypes.best == "application/json":
        return {"reference": None, "secret": None}
    return redirect(url_for(".kept_another"))


def _begun(visit: visits.Visit) -> AnotherDraft | None:
    """Return what this family began to tell of one more person."""
    return services.draft_of_another(session, visit.first.id)


def _keep(typed: Typed | None) -> bool:
    """Keep what was typed, in a transaction of its own; say whether there was a place for it."""
    first_report_id = visits.writer()
    if typed is None or first_report_id is None:
        return False
    with installation().sessions.transaction(actor=PUBLIC) as own:
        services.keep_another(own, first_report_id, typed)
    return True


@family.get("/another/kept")
@requires(Permission.PUBLIC)
def kept_another() -> ResponseReturnValue:
    return render_template("family/kept.html", days=services.DRAFTS_KEPT.days)


@family.route("/another/throw-away", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
@at_most(SUBMISSIONS)
def throw_away() -> ResponseReturnValue:
    """Let a family throw away what it began and did not send."""
    visit = visits.current()
    if visit is None:
        return redirect(url_for(".come_back"))
    found(_begun(visit))
    form = Form()
    if not form.validate_on_submit():
        page = render_template("family/throw_away.html", form=form)
        return page, 422 if form.errors else 200
    services.forget_another(session, visit.first.id)
    flash(_("What you began is thrown away. What you sent stays as it is."), "done")
    return redirect(url_for(".own"))
