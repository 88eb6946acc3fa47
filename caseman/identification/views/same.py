"""Missing persons who may be one: proposed with reasons, side by side, linked or told apart."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.identification.forms.same import OtherForm, SameForm, UndoSameForm
from caseman.identification.models import Pairing
from caseman.identification.queries import open_pairings_about
from caseman.identification.queries.same import proposals, resemblance
from caseman.identification.views.blueprint import bp, signer
from caseman.identification.words.resemblance import reasons
from caseman.permissions import Permission
from caseman.reports import queries, services
from caseman.reports.codes import SameFinding
from caseman.reports.models import MissingPerson, SamePersonFinding
from caseman.reports.views import panels
from caseman.reports.views.answers import effect_text, lines, mark_text
from caseman.web.guards import current_scope, may, requires
from caseman.web.paging import asked_part, page_of
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _


@bp.get("/missing/<number>/same")
@requires(Permission.REPORT_WRITE)
def may_be_same(number: str) -> ResponseReturnValue:
    """Propose who may be the same person; with ``other``, go on to compare with that one."""
    person = _person(number)
    form = OtherForm(request.args)
    if "other" in request.args and form.validate():
        if form.number and form.number != person.number:
            return redirect(url_for(".same_pair", number=person.number, other=form.number))
        form.other.errors = [
            _("Enter the number of the other person, MP- and eight letters and digits.")
        ]
    opened(person)
    everybody, part = proposals(session, current_scope(), person), asked_part()
    page = render_template(
        "identification/same.html",
        person=person,
        page=page_of(everybody[part], part, len(everybody)),
        decided=queries.findings_of(session, person),
        form=form,
        reasons=reasons,
    )
    return page, 422 if form.errors else 200


@bp.route("/missing/<number>/same/<other>", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE)
def same_pair(number: str, other: str) -> ResponseReturnValue:
    """Show the two side by side, and write down what a person makes of them."""
    one, another, row = _two(number, other)
    form = SameForm(data={"version": _version(one, another, row)})
    form.offer((one, another))
    if not form.validate_on_submit():
        shown = UndoSameForm(formdata=None, data={"version": form.version.data}) if row else form
        return _pair(one, another, shown), 422 if form.errors else 200
    form.expects(_version(one, another, row))
    _judge(one, another, form)
    return redirect(url_for(".same_pair", number=number, other=other))


@bp.post("/missing/<number>/same/<other>/undo")
@requires(Permission.REPORT_WRITE)
def undo_same(number: str, other: str) -> ResponseReturnValue:
    one, another, row = _two(number, other)
    form = UndoSameForm()
    if row is not None and not form.validate():
        return _pair(one, another, form), 422
    form.expects(_version(one, another, row))
    services.end_finding(session, found(row), form.reason.data, signer())
    flash(_("It is taken back."), "done")
    return redirect(url_for(".same_pair", number=number, other=other))


def _two(number: str, other: str) -> tuple[MissingPerson, MissingPerson, SamePersonFinding | None]:
    one, another = _person(number), _person(other)
    found(one if one is not another and one.operation_id == another.operation_id else None)
    return one, another, queries.finding_between(session, one, another)


def _version(one: MissingPerson, another: MissingPerson, row: SamePersonFinding | None) -> int:
    return one.version + another.version + (row.version if row else 0)


def _judge(one: MissingPerson, another: MissingPerson, form: SameForm) -> None:
    if form.finding.data is SameFinding.TWO:
        services.tell_apart(session, one, another, form.reason.data, signer())
        flash(_("It is kept that they are two persons."), "done")
        return
    kept, closed = (one, another) if form.kept.data == one.number else (another, one)
    services.link_same(session, kept, closed, form.reason.data, signer())
    flash(_("The two are linked. Nothing that was told has changed."), "done")


def _pair(one: MissingPerson, another: MissingPerson, form: SameForm | UndoSameForm) -> str:
    opened(one, another)
    reports = sorted([*one.reports, *another.reports], key=lambda report: report.id)
    likeness = resemblance(session, one, another)
    made = queries.findings_between(session, one, another)
    return render_template(
        "identification/same_pair.html",
        one=one,
        another=another,
        reports=reports,
        lines=lines(reports),
        likeness=likeness,
        reasons=reasons(likeness.levels) if one.reports and another.reports else [],
        told_of=_told_of(one, another, made),
        made=made,
        in_force=next((row for row in made if row.undone_at is None), None),
        form=form,
        comparisons=_comparisons(one, another),
        effect_text=effect_text,
        mark_text=mark_text,
    )


def _told_of(
    one: MissingPerson, another: MissingPerson, made: Sequence[SamePersonFinding]
) -> dict[str, MissingPerson]:
    """Return of which of the two each report was told, by its number: also where it came over."""
    told_of = {report.number: person for person in (one, another) for report in person.reports}
    for row in made:
        if row.undone_at is None and row.kept_id is not None:
            kept = one if row.kept_id == one.id else another
            told_of |= dict.fromkeys(row.moved, row.other_than(kept))
    return told_of


def _comparisons(*persons: MissingPerson) -> list[Pairing]:
    """Return the open comparisons with remains, for those who may know of any."""
    if not may(Permission.CANDIDATE_READ):
        return []
    scope = current_scope()
    return [
        pairing
        for person in persons
        for pairing in open_pairings_about(session, scope, person=person).values()
    ]


def _person(number: str) -> MissingPerson:
    return found(queries.person_by_number(session, current_scope(), number))


@panels.add
def same_on_person(person: MissingPerson) -> str:
    """Draw the way to whoever may be the same person, and to whom it is linked."""
    if not may(Permission.REPORT_WRITE):
        return ""
    links = [row for row in queries.findings_of(session, person) if row.finding is SameFinding.SAME]
    return render_template("identification/on_person_same.html", person=person, links=links)
