"""The pages of families: no account, no script needed, and nothing of what was found.

A match, a death or a grave never appears here. What a page tells of the search is how far the
report has been read; everything else is told by a person.
"""

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.state import hasher
from caseman.audit.codes import Action
from caseman.audit.recorder import PUBLIC, note_act
from caseman.permissions import Permission
from caseman.reports import services
from caseman.reports.forms import AddForm, FamilyForm, ReturnForm, another_form
from caseman.reports.numbers import LONGEST_TYPED, in_groups, new_secret, read_code, read_secret
from caseman.reports.views import visits
from caseman.reports.views.answers import effect_text, lines, mark_text
from caseman.reports.views.photos import received
from caseman.web import language
from caseman.web.guards import requires
from caseman.web.installation import installation
from caseman.web.limits import at_most
from caseman.web.qr import drawing
from caseman.web.throttle import allow
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _

family = Blueprint("family", __name__, url_prefix="/family")

WINDOW = timedelta(minutes=15)
TRIES_OF_A_REFERENCE = 10
TRIES_OF_AN_ADDRESS = 60
"""An internet café or a camp's office sends many families from one address."""
SUBMISSIONS = "60/hour"


@family.get("")
@requires(Permission.PUBLIC)
def start() -> ResponseReturnValue:
    return render_template("family/start.html")


@family.route("/report", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
@at_most(SUBMISSIONS)
def report() -> ResponseReturnValue:
    form = FamilyForm()
    if form.wants_more() or not form.validate_on_submit():
        return render_template("family/form.html", form=form), 422 if form.errors else 200
    secret = new_secret()
    secret_hash = hasher().hash(secret)  # before the transaction: hashing is slow
    if (files := received(form.photos)) is None:
        return render_template("family/form.html", form=form), 422
    operation = services.public_operation(session, installation().config.public_operation)
    if operation is None:
        form.form_errors.append(_("The fault is ours, not yours. Nothing was stored."))
        return render_template("family/form.html", form=form), 503
    intake = services.family_intake(operation, language.current().code)
    stored = services.receive(session, form.answers(), secret_hash, intake)
    services.add_photographs(session, stored, files)
    visits.begin(stored.id, secret, renew=False)
    return redirect(url_for(".receipt"))


@family.get("/receipt")
@requires(Permission.PUBLIC)
def receipt() -> ResponseReturnValue:
    """Show the two numbers as long as the visit lasts; ``print`` as a paper.

    Who came back with the secret number sees the reference alone: the secret is kept nowhere.
    """
    visit = visits.current()
    if visit is None or visit.first.family_access is None:
        return redirect(url_for(".come_back"))
    reference = visit.first.family_access.reference
    template = "family/paper.html" if "print" in request.args else "family/receipt.html"
    return render_template(
        template,
        reference=in_groups(reference),
        secret=visit.secret and in_groups(visit.secret),
        names=[services.full_name(each) for each in visit.reports],
        called=[each.name_given or services.full_name(each) for each in visit.reports],
        qr=drawing(f"{url_for('.come_back', _external=True)}?reference={reference}"),
    )


@family.route("/return", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def come_back() -> ResponseReturnValue:
    form = ReturnForm(data={"reference": request.args.get("reference", "")})
    if not form.validate_on_submit():
        return render_template("family/return.html", form=form), 422 if form.errors else 200
    if not _may_try(form.reference.data):
        return render_template("family/wait.html"), 429
    report_id = _opened_by(form.reference.data, form.secret.data)
    if report_id is None:
        form.secret.errors = [
            _("The two numbers do not belong together. Compare both with your receipt.")
        ]
        return render_template("family/return.html", form=form), 422
    visits.begin(report_id, renew=True)
    return redirect(url_for(".own"))


def _may_try(reference: str) -> bool:
    """Count the try before anything is looked up or hashed, whether or not the reference exists."""
    sessions = installation().sessions
    code = read_code(reference) or reference[:LONGEST_TYPED]
    return all(
        allow(sessions, key, limit=limit, window=WINDOW)
        for key, limit in (
            (f"family|address|{request.remote_addr}", TRIES_OF_AN_ADDRESS),
            (f"family|reference|{code}", TRIES_OF_A_REFERENCE),
        )
    )


def _opened_by(reference: str, secret: str) -> int | None:
    """Return the report that the two numbers open; as slow and as silent where there is none."""
    with installation().sessions.read() as reader:
        access = services.access_of(reader, reference)
        stored, report_id = (access.secret_hash, access.report_id) if access else (None, None)
    if hasher().verify(stored, read_secret(secret)):
        return report_id
    with installation().sessions.transaction(actor=PUBLIC) as log:
        note_act(log, Action.REFUSED, "family reference", reason="secret")
    return None


@family.route("/another", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
@at_most(SUBMISSIONS)
def another() -> ResponseReturnValue:
    """Report one more person who was lost with those told of before."""
    visit = visits.current(idle=visits.LONGEST)
    if visit is None:
        return _alone() if request.method == "POST" else redirect(url_for(".come_back"))
    latest = visit.reports[-1]
    form = another_form(latest, services.full_name(latest))
    files = None
    if not form.wants_more() and form.validate_on_submit():
        files = received(form.photos)
    if files is None:
        names = [services.full_name(each) for each in visit.reports]
        page = render_template("family/form.html", form=form, names=names)
        return page, 422 if form.errors else 200
    intake = services.family_intake(latest.missing_person.operation, language.current().code)
    stored = services.receive_another(session, visit.reports, form.answers(), intake)
    services.add_photographs(session, stored, files)
    return redirect(url_for(".receipt"))


def _alone() -> ResponseReturnValue:
    """Offer to send what was typed by itself: the visit has ended meanwhile."""
    form = FamilyForm()
    form.form_errors.append(
        _(
            "The page was open for so long that we closed your earlier report on this phone. "
            "Send this one by itself, and write into it who was with them and how we reach you."
        )
    )
    return render_template("family/form.html", form=form), 422


@family.route("/own", methods=["GET", "POST"], defaults={"place": 1})
@family.route("/own/<int:place>", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
@at_most(SUBMISSIONS)
def own(place: int) -> ResponseReturnValue:
    """Show one of the reports that the two numbers open, by its ``place`` among them."""
    visit = visits.current()
    if visit is None:
        return redirect(url_for(".come_back"))
    report = found(next(iter(visit.reports[place - 1 : place]), None))
    form = AddForm()
    if form.validate_on_submit() and (files := received(form.photos)) is not None:
        services.add_from_family(session, report, form.text.data, files)
        return redirect(url_for(".own", place=place))
    page = render_template(
        "family/own.html",
        form=form,
        place=place,
        names=[services.full_name(each) for each in visit.reports],
        report=report,
        stage=services.stage_of(report),
        lines=lines([report]),
        effect_text=effect_text,
        mark_text=mark_text,
    )
    return page, 422 if form.errors else 200


@family.post("/leave")
@requires(Permission.PUBLIC)
def leave() -> ResponseReturnValue:
    visits.end()
    return redirect(url_for(".start"))
