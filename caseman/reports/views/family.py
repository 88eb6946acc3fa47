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
from caseman.reports.forms import ReturnForm
from caseman.reports.models import FamilyAccess, FamilyDraft
from caseman.reports.numbers import LONGEST_TYPED, in_groups, new_secret, read_code, read_secret
from caseman.reports.views import drafts, visits
from caseman.reports.views.keeping import save_again
from caseman.reports.views.photos import received
from caseman.web import language
from caseman.web.guards import requires
from caseman.web.headers import RECORDING, also
from caseman.web.installation import installation
from caseman.web.limits import at_most
from caseman.web.qr import drawing
from caseman.web.throttle import allow
from caseman.web.unit_of_work import session
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
    form = drafts.form()
    also(RECORDING)
    if wants_more := form.wants_more():
        save_again()
    if wants_more or not form.validate_on_submit():
        page = render_template("family/form.html", form=form, is_kept=drafts.is_shown())
        return page, 422 if form.errors else 200
    secret, secret_hash = (None, "") if drafts.held() else _new_secret()
    if (files := received(form.photos)) is None:
        return render_template("family/form.html", form=form), 422
    operation = services.public_operation(session, installation().config.public_operation)
    if operation is None:
        form.form_errors.append(_("The fault is ours, not yours. Nothing was stored."))
        return render_template("family/form.html", form=form), 503
    intake = services.family_intake(operation, language.current().code)
    draft = drafts.stored()
    if draft is not None:
        stored = services.receive_draft(session, draft, form.answers(), intake)
        secret = (drafts.held() or {}).get("secret")
    else:
        secret, secret_hash = (secret, secret_hash) if secret else _new_secret()
        stored = services.receive(session, form.answers(), secret_hash, intake)
    drafts.end()
    services.add_photographs(session, stored, files)
    services.add_voice(session, stored, form.sound)
    visits.begin(stored.id, secret, renew=False)
    return redirect(url_for(".receipt"))


def _new_secret() -> tuple[str, str]:
    """Return a secret and its hash; best made before the transaction, for hashing is slow."""
    secret = new_secret()
    return secret, hasher().hash(secret)


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
    opened = _opened_by(form.reference.data, form.secret.data)
    if opened is None:
        form.secret.errors = [
            _("The two numbers do not belong together. Compare both with your receipt.")
        ]
        return render_template("family/return.html", form=form), 422
    if isinstance(opened, FamilyDraft):
        visits.give_new_id()
        drafts.begin(opened.id, None)
        return redirect(url_for(".report"))
    visits.begin(opened.report_id, renew=True)
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


def _opened_by(reference: str, secret: str) -> FamilyAccess | FamilyDraft | None:
    """Return what the two numbers open; as slow and as silent where there is nothing."""
    with installation().sessions.read() as reader:
        kept = services.access_of(reader, reference), services.draft_of(reader, reference)
        reader.expunge_all()
    opened = kept[0] or kept[1]
    if hasher().verify(opened.secret_hash if opened else None, read_secret(secret)):
        return opened
    with installation().sessions.transaction(actor=PUBLIC) as log:
        note_act(log, Action.REFUSED, "family reference", reason="secret")
    return None


@family.post("/leave")
@requires(Permission.PUBLIC)
def leave() -> ResponseReturnValue:
    """Close what is open in this browser; whoever leaves the site without a script is led on."""
    visits.leave()
    drafts.end()
    if "away" in request.form:
        return render_template("family/away.html")
    return redirect(url_for(".start"))
