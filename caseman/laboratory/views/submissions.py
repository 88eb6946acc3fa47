"""Submissions: what goes to a laboratory together, under codes; and the key to the codes."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.identity import own_account
from caseman.accounts.reading import opened
from caseman.database import now
from caseman.laboratory import holders, queries, services
from caseman.laboratory.forms import SendForm, SubmissionForm
from caseman.laboratory.models import Submission
from caseman.laboratory.views.blueprint import laboratory, say_why, submission_of
from caseman.permissions import Permission
from caseman.web.guards import current_scope, requires
from caseman.web.paging import paginate
from caseman.web.unit_of_work import session
from caseman.web.words import gettext as _

NEWEST_FIRST = {"-prepared": Submission.prepared_at, "prepared": Submission.prepared_at}


@laboratory.get("/submissions")
@requires(Permission.LABORATORY_READ)
def submissions() -> ResponseReturnValue:
    page = paginate(session, queries.submissions(current_scope()), NEWEST_FIRST, Submission.id)
    return render_template("laboratory/submissions.html", page=page)


@laboratory.get("/submissions/<number>")
@requires(Permission.LABORATORY_READ)
def submission(number: str) -> ResponseReturnValue:
    row = submission_of(number)
    opened(row)
    return render_template("laboratory/submission.html", submission=row)


@laboratory.get("/submissions/<number>/key")
@requires(Permission.CODE_LINK)
def key(number: str) -> ResponseReturnValue:
    """Show what each code stands for; that it was opened is kept."""
    row = submission_of(number)
    opened(row, what="codes")
    stands_for = holders.belongings(session, current_scope(), row.specimens)
    return render_template("laboratory/key.html", submission=row, stands_for=stands_for)


@laboratory.route("/submissions/new", methods=["GET", "POST"])
@requires(Permission.CODE_LINK)
def new_submission() -> ResponseReturnValue:
    waiting = holders.waiting(session, current_scope())
    form = SubmissionForm()
    form.offer(waiting)
    if form.validate_on_submit():
        chosen = set(form.samples.data or ())
        new = services.NewSubmission(
            form.laboratory.data,
            form.note.data,
            [each for each in waiting if each.number in chosen],
        )
        try:
            row = services.prepare(session, new, own_account())
        except services.EmptySubmissionError as refused:
            say_why(form, refused)
        else:
            flash(_("Write each code on its tube, then send them."), "done")
            return redirect(url_for(".key", number=row.number))
    page = render_template("laboratory/new_submission.html", form=form, waiting=waiting)
    return page, 422 if form.errors else 200


@laboratory.route("/submissions/<number>/send", methods=["GET", "POST"])
@requires(Permission.CODE_LINK)
def send(number: str) -> ResponseReturnValue:
    row = submission_of(number)
    form = SendForm(data={"version": row.version, "sent_on": now().date()})
    if form.validate_on_submit():
        form.expects(row.version)
        try:
            services.send(session, row, form.day, own_account())
        except services.StepRefusedError as refused:
            say_why(form, refused)
        else:
            return redirect(url_for(".submission", number=number))
    page = render_template("laboratory/send.html", form=form, submission=row)
    return page, 422 if form.errors else 200
