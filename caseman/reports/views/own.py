"""What a family does with its report: read it, add, correct, say who reads it, take it back.

Each page is one of the reports that the two numbers opened, by its ``place`` among them.
"""

from datetime import timedelta
from typing import NamedTuple

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.coding import Language
from caseman.permissions import Permission
from caseman.reports import queries, services
from caseman.reports.codes import AdditionKind
from caseman.reports.forms import (
    AddForm,
    ConsentForm,
    FamilyWithdrawForm,
    corrected_answers,
    family_correction_form,
)
from caseman.reports.models import AnteMortemReport
from caseman.reports.views import visits
from caseman.reports.views.answers import effect_text, lines, mark_text
from caseman.reports.views.consent import consent_form, decide
from caseman.reports.views.family import SUBMISSIONS, family
from caseman.reports.views.photos import received
from caseman.web import language
from caseman.web.forms import Form
from caseman.web.guards import requires
from caseman.web.headers import RECORDING, also
from caseman.web.limits import at_most
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _

BY_THE_FAMILY = "By the family, on its own page"
"""Stands as the reason in the trail where the family gave none, for readers of any language."""


class Own(NamedTuple):
    """The report on the page, and all that the two numbers open."""

    report: AnteMortemReport
    place: int
    reports: list[AnteMortemReport]
    has_begun: bool
    """Whether the family began to tell of one more person."""

    @property
    def loses_begun(self) -> bool:
        """Whether to take this report back throws away what was begun: no other one stands."""
        others = [each for each in self.reports if each is not self.report]
        return self.has_begun and all(each.withdrawn_at for each in others)

    @property
    def names(self) -> list[str]:
        """What the persons are called, in the order of the reports."""
        return [services.full_name(each) for each in self.reports]


@family.route("/own", methods=["GET", "POST"], defaults={"place": 1})
@family.route("/own/<int:place>", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
@at_most(SUBMISSIONS)
def own(place: int) -> ResponseReturnValue:
    """Show a report, and take what the family adds to it."""
    own, form = _own(place), AddForm()
    form.has_room = services.has_room(own.report)
    also(RECORDING)
    if form.validate_on_submit() and (files := received(form.photos)) is not None:
        _still_ours(own)
        services.add_from_family(session, own.report, form.text.data, files)
        services.add_voice(session, own.report, form.sound)
        return redirect(url_for(".own", place=place))
    page = render_template(
        "family/own.html",
        own=own,
        form=form,
        report=own.report,
        stage=services.stage_of(own.report),
        lines=lines([own.report]),
        effect_text=effect_text,
        mark_text=mark_text,
    )
    return page, 422 if form.errors else 200


def _own(place: int, idle: timedelta | None = None) -> Own:
    """Return the report of this page; lead to the two numbers where the visit has ended."""
    visit = visits.current(idle)
    if visit is None:
        abort(redirect(url_for(".come_back")))
    report = found(next(iter(visit.reports[place - 1 : place]), None))
    has_begun = services.draft_of_another(session, visit.first.id) is not None
    return Own(report, place, visit.reports, has_begun)


def _still_ours(own: Own) -> None:
    """Refuse to change a report that was taken back."""
    found(None if own.report.withdrawn_at else own.report)


@family.route("/own/<int:place>/correct", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
@at_most(SUBMISSIONS)
def correct_own(place: int) -> ResponseReturnValue:
    own = _own(place, visits.LONGEST)
    _still_ours(own)
    form = family_correction_form(own.report)
    if form.wants_more() or not form.validate_on_submit():
        page = render_template("family/correct.html", own=own, form=form)
        return page, 422 if form.errors else 200
    form.expects(own.report.version)
    answers, said = corrected_answers(form, own.report), form.note.data
    services.correct_report(session, own.report, answers, said or BY_THE_FAMILY)
    services.note_for_staff(own.report, AdditionKind.CORRECTED, said)
    flash(_("Your answers are changed. What you told us before stays on record."), "done")
    return redirect(url_for(".own", place=place))


@family.route("/own/<int:place>/withdraw", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
@at_most(SUBMISSIONS)
def withdraw_own(place: int) -> ResponseReturnValue:
    own = _own(place)
    _still_ours(own)
    form = FamilyWithdrawForm()
    if not form.validate_on_submit():
        page = render_template("family/withdraw.html", own=own, form=form)
        return page, 422 if form.errors else 200
    services.withdraw(session, own.report, form.note.data or BY_THE_FAMILY)
    services.note_for_staff(own.report, AdditionKind.WITHDREW, form.note.data)
    return redirect(url_for(".own", place=place))


@family.route("/own/<int:place>/voice/<int:note_id>", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
@at_most(SUBMISSIONS)
def take_voice_back(place: int, note_id: int) -> ResponseReturnValue:
    """Let a family take a recording back, also of a report that is taken back."""
    own = _own(place)
    standing = {each.id: each for each in own.report.voice_notes if each.taken_back_at is None}
    note, form = found(standing.get(note_id)), Form()
    if not form.validate_on_submit():
        page = render_template("family/voice.html", own=own, form=form, note=note)
        return page, 422 if form.errors else 200
    services.take_back(session, note)
    flash(_("Nobody can hear the recording any more, not even we."), "done")
    return redirect(url_for(".own", place=place))


@family.route("/own/<int:place>/consent", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
@at_most(SUBMISSIONS)
def consent_own(place: int) -> ResponseReturnValue:
    """Let the family say who else reads this report, and how it wants to be reached."""
    own = _own(place)
    _still_ours(own)
    form = consent_form(ConsentForm, own.report, several=len(own.reports) > 1)
    if not form.validate_on_submit():
        page = render_template("family/consent.html", own=own, form=form)
        return page, 422 if form.errors else 200
    code = language.current().code
    spoken = Language(code) if code in set(Language) else None
    teller = services.Teller(spoken, BY_THE_FAMILY)
    for report in own.reports if form.counts_for_all else [own.report]:
        if report.withdrawn_at is None and decide(report, form, teller):
            services.note_for_staff(report, AdditionKind.CHANGED_CONSENT)
    flash(_("It counts from this moment on."), "done")
    return redirect(url_for(".own", place=place))


@family.get("/own/<int:place>/opened")
@requires(Permission.PUBLIC)
def opened_own(place: int) -> ResponseReturnValue:
    """Show the family on which days its report was opened, and for whom."""
    own = _own(place)
    return render_template(
        "family/opened.html", own=own, openings=queries.openings(session, own.report)
    )
