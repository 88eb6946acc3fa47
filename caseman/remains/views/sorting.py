"""What may belong with some remains, by size; and what people hold to be of one person."""

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import BadRequest

from caseman.accounts.models import User
from caseman.accounts.reading import opened
from caseman.osteology import Comparison, Match, matches
from caseman.permissions import Permission
from caseman.remains import queries, services
from caseman.remains.adapters import unit_of
from caseman.remains.bone_names import bone_name
from caseman.remains.codes import BoneSide, ReassociationState
from caseman.remains.forms.numbers import ReasonForm
from caseman.remains.measures import measure_name
from caseman.remains.models import Reassociation, Remains
from caseman.remains.views.blueprint import remains, say_why
from caseman.remains.views.measuring import one_person
from caseman.web.filters import label
from caseman.web.forms import Form
from caseman.web.guards import current_scope, requires
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _

SUSPECT = 0.1
"""Below this p size speaks against one person (Byrd & LeGarde 2014 sort at 0.1)."""

MOST_SHOWN = 50

SIDES = {"left": BoneSide.LEFT, "right": BoneSide.RIGHT}


class Suggested(NamedTuple):
    """Another unit and what was found between the two."""

    remains: Remains
    match: Match
    standing: Reassociation | None

    @property
    def repeated(self) -> list[str]:
        """Names of the whole bones that both have."""
        return sorted(_named(*bone) for bone in self.match.repeated)


class Tested(NamedTuple):
    """One test in words."""

    relation: str
    first: str
    second: str
    t: float
    p: float
    source: str


@remains.get("/remains/<number>/belongs")
@requires(Permission.EXAMINATION_WRITE)
def belongs(number: str) -> ResponseReturnValue:
    row = one_person(number)
    opened(row)
    others = queries.units_measured_beside(session, current_scope(), row)
    suggested = _suggested(row, others)
    tested = [each for each in suggested if each.match.comparisons and not each.repeated]
    return render_template(
        "remains/belongs.html",
        remains=row,
        tested=tested[:MOST_SHOWN],
        repeated=[each for each in suggested if each.repeated][:MOST_SHOWN],
        counts={"units": len(others), "tested": len(tested)},
        is_measured=bool(queries.measurements_of(session, row)),
        held=queries.reassociations(session, current_scope(), row),
        suspect=SUSPECT,
    )


def _suggested(row: Remains, others: Sequence[Remains]) -> list[Suggested]:
    by_number = {each.number: each for each in others}
    measured = queries.measured_lengths(session, [row, *others])
    own, *beside = (unit_of(e.number, measured.get(e.id, ()), e.bones) for e in (row, *others))
    standing = {
        each.beside(row).id: each
        for each in queries.reassociations(session, current_scope(), row)
        if each.undone_at is None
    }
    return [
        Suggested(by_number[each.key], each, standing.get(by_number[each.key].id))
        for each in matches(own, beside)
    ]


@remains.get("/remains/<number>/belongs/<other>")
@requires(Permission.EXAMINATION_WRITE)
def compare(number: str, other: str) -> ResponseReturnValue:
    row, second = _two(number, other)
    opened(row, second)
    return _page(row, second, _fresh(row, second))


@remains.post("/remains/<number>/belongs/<other>")
@requires(Permission.EXAMINATION_WRITE)
def propose(number: str, other: str) -> ResponseReturnValue:
    row, second = _two(number, other)
    form = ReasonForm()
    if not form.validate():
        return _page(row, second, form)
    (suggested,) = _suggested(row, [second])
    tests = [_kept(each) for each in suggested.match.comparisons]
    proposal = services.Proposal(form.reason.data, tests)
    try:
        services.propose(session, row, second, proposal, _person())
    except services.RemainsError as refused:
        say_why(form, refused)
        return _page(row, second, form)
    flash(_("It is proposed. Another person has to sign."), "done")
    return redirect(url_for(".belongs", number=row.number))


@remains.post("/remains/<number>/belongs/<other>/sign")
@requires(Permission.EXAMINATION_WRITE)
def sign_reassociation(number: str, other: str) -> ResponseReturnValue:
    row, second = _two(number, other)
    standing = found(services.standing_between(session, row, second))
    form = Form()
    if not form.validate_on_submit():
        raise BadRequest
    form.expects(standing.version)
    try:
        services.sign(session, standing, _person())
    except services.RemainsError as refused:
        asked = _fresh(row, second)
        say_why(asked, refused)
        return _page(row, second, asked)
    flash(_("It is signed: the two are held to be of one person."), "done")
    return redirect(url_for(".belongs", number=row.number))


@remains.post("/remains/<number>/belongs/<other>/undo")
@requires(Permission.EXAMINATION_WRITE)
def undo_reassociation(number: str, other: str) -> ResponseReturnValue:
    row, second = _two(number, other)
    standing = found(services.standing_between(session, row, second))
    form = ReasonForm()
    if not form.validate():
        return _page(row, second, form)
    form.expects(standing.version)
    services.undo(session, standing, form.reason.data, _person())
    flash(_("It is undone, and stays on the record."), "done")
    return redirect(url_for(".belongs", number=row.number))


def _two(number: str, other: str) -> tuple[Remains, Remains]:
    row, second = one_person(number), one_person(other)
    return row, found(second if second.id != row.id else None)


def _fresh(row: Remains, second: Remains) -> ReasonForm:
    standing = services.standing_between(session, row, second)
    return ReasonForm(formdata=None, data={"version": standing.version if standing else 0})


def _page(row: Remains, second: Remains, form: ReasonForm) -> ResponseReturnValue:
    (suggested,) = _suggested(row, [second])
    standing = suggested.standing
    page = render_template(
        "remains/belongs_pair.html",
        remains=row,
        other=second,
        suggested=suggested,
        tests=[_tested(each) for each in suggested.match.comparisons],
        form=form,
        sign=Form(formdata=None, data={"version": standing.version if standing else 0}),
        may_sign=standing is not None
        and standing.state is ReassociationState.PROPOSED
        and standing.proposed_by_id != _person().id,
        history=[
            each
            for each in queries.reassociations(session, current_scope(), row)
            if each.beside(row).id == second.id
        ],
        suspect=SUSPECT,
    )
    return page, 422 if form.errors or form.form_errors else 200


def _person() -> User:
    return session.get_one(User, cast("User", current_user).id)


def _named(element: str, side: str) -> str:
    if side not in SIDES:
        return bone_name(element)
    return _("%(bone)s, %(side)s", bone=bone_name(element), side=label(SIDES[side]))


def _tested(each: Comparison) -> Tested:
    relations = {
        "pair": _("Left and right of one pair"),
        "joint": _("One joint"),
        "size": _("Size for size"),
    }
    return Tested(
        relations[each.relation.value],
        _measured(each.first, each.first_side),
        _measured(each.second, each.second_side),
        each.test.t,
        each.test.p,
        each.test.provenance.source,
    )


def _measured(measures: Sequence[str], side: str) -> str:
    names = " + ".join(measure_name(each) for each in measures)
    if side not in SIDES:
        return names
    return _("%(bone)s, %(side)s", bone=names, side=label(SIDES[side]))


def _kept(each: Comparison) -> dict[str, Any]:
    return {
        "relation": each.relation.value,
        "first": [each.first_side, *each.first],
        "second": [each.second_side, *each.second],
        "t": each.test.t,
        "p": each.test.p,
    }
