"""Measurements of bones, and what published methods say from them and from scores."""

from itertools import groupby
from typing import Any, cast

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import Field

from caseman.accounts.models import User
from caseman.accounts.reading import opened
from caseman.coding import SexEstimate
from caseman.database import now
from caseman.osteology import OwnMethods
from caseman.permissions import Permission
from caseman.remains import queries, services
from caseman.remains.adapters import lengths_of, methods_of_own
from caseman.remains.codes import EstimateKind, RemainsKind
from caseman.remains.forms.combining import TakeForm
from caseman.remains.forms.methods import (
    AppliedForm,
    MeasurementForm,
    method_form,
    say_refusal,
)
from caseman.remains.method_names import PART_HINTS, PARTS, SITES, named
from caseman.remains.methods import (
    Applied,
    Offered,
    by_measurements,
    offered,
    offered_with,
    run,
    taken_over,
)
from caseman.remains.models import Remains
from caseman.remains.views.blueprint import ask, record, remains
from caseman.remains.views.method_words import Said, measurement_words, said
from caseman.web.forms import FilterForm, Form
from caseman.web.guards import requires
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _

SEXES = {
    SexEstimate.MALE: "M",
    SexEstimate.PROBABLE_MALE: "M",
    SexEstimate.FEMALE: "F",
    SexEstimate.PROBABLE_FEMALE: "F",
}


def one_person(number: str) -> Remains:
    """Return remains of one person, or answer 404: the bones of a lot tell nobody's age."""
    row = record(number)
    return found(None if row.kind is RemainsKind.COMMINGLED else row)


@remains.get("/remains/<number>/methods")
@requires(Permission.EXAMINATION_WRITE)
def methods(number: str) -> ResponseReturnValue:
    row = one_person(number)
    opened(row)
    measured = queries.measurements_of(session, row)
    sex = SEXES.get(row.profile.sex, "") if row.profile and row.profile.sex else ""
    form = AppliedForm(data={"sex": sex})
    chosen = request.args.get("sex", sex) if form.validate() else sex
    applied = [
        said(each, row.number)
        for each in by_measurements(lengths_of(measured), chosen, _own(row))
        if form.about.data in {None, each.method.about}
    ]
    return render_template(
        "remains/methods.html",
        remains=row,
        form=form,
        measured=[(each, measurement_words(each)) for each in measured],
        applied=_by_kind(applied),
        scored=_scored(),
    )


def _own(row: Remains) -> OwnMethods:
    """Return the methods that the operation of these remains has of its own."""
    ours = [row.site.operation_id]
    return methods_of_own(queries.own_equations(session, ours), queries.own_tables(session, ours))


def _by_kind(applied: list[Said]) -> list[tuple[EstimateKind, list[Said]]]:
    order = list(EstimateKind)
    ranked = sorted(applied, key=lambda each: order.index(each.about))
    return [(about, list(some)) for about, some in groupby(ranked, key=lambda each: each.about)]


def _scored() -> list[tuple[EstimateKind, list[tuple[str, str, str]]]]:
    """Return the methods of scores and phases: name, title and site."""
    return [
        (
            about,
            [
                (each.name, each.title, named(SITES, each.site))
                for each in offered().values()
                if each.about is about and not each.is_measured
            ],
        )
        for about in (EstimateKind.SEX, EstimateKind.AGE)
    ]


@remains.route("/remains/<number>/measurements/new", methods=["GET", "POST"])
@requires(Permission.EXAMINATION_WRITE)
def add_measurement(number: str) -> ResponseReturnValue:
    row = one_person(number)
    person = cast("User", current_user)
    form = MeasurementForm(data={"taken_by": person.name, "taken_on": now().date()})
    if not form.validate_on_submit():
        return ask(row, form, _("Add a measurement"))
    services.measure(session, row, form.to(services.Measured))
    return redirect(url_for(".methods", number=row.number))


@remains.route(
    "/remains/<number>/measurements/<int:measurement_id>/remove", methods=["GET", "POST"]
)
@requires(Permission.EXAMINATION_WRITE)
def remove_measurement(number: str, measurement_id: int) -> ResponseReturnValue:
    row = one_person(number)
    measured = queries.measurements_of(session, row)
    each = found(next((each for each in measured if each.id == measurement_id), None))
    form = Form()
    if not form.validate_on_submit():
        notes = [
            _("It leaves the record; the audit trail keeps what it said and who removed it."),
            _("An estimate that was taken over keeps the length it was made with."),
        ]
        return ask(
            row,
            form,
            _("Remove this measurement?"),
            what=measurement_words(each),
            consequences=notes,
            submit=_("Remove"),
        )
    services.remove_measurement(session, each)
    return redirect(url_for(".methods", number=row.number))


@remains.route("/remains/<number>/methods/<method>", methods=["GET", "POST"])
@requires(Permission.EXAMINATION_WRITE)
def method(number: str, method: str) -> ResponseReturnValue:
    row = one_person(number)
    if request.method == "GET":
        opened(row)
    asked = found(offered_with(_own(row)).get(method))
    form = method_form(asked)
    applied = _applied(row, asked, form)
    version = row.profile.version if row.profile else 0
    take = TakeForm(data={"version": version})
    taken = taken_over(applied) if applied is not None else None
    if taken is not None and take.validate_on_submit():
        take.expects(version)
        if take.only_kept.data:
            services.keep(session, row, taken, cast("User", current_user))
            return redirect(url_for(".combination", number=row.number))
        services.take_over(session, row, taken, cast("User", current_user))
        return redirect(url_for(".show", number=row.number) + "#examination")
    page = render_template(
        "remains/method.html",
        remains=row,
        method=asked,
        site=named(SITES, asked.site),
        form=form,
        parts=_parts(asked, form),
        take=take,
        said=said(applied) if applied is not None and applied.estimate is not None else None,
        may_take=taken is not None,
    )
    return page, 422 if form.errors or take.errors else 200


def _parts(asked: Offered, form: FilterForm) -> list[tuple[str, str, list[Field]]]:
    """Return the questions under title and hint of their group; most methods have no groups."""
    return [
        (named(PARTS, part), named(PART_HINTS, part), [form[question.name] for question in some])
        for part, some in groupby(asked.questions, key=lambda question: question.part)
    ]


def _applied(row: Remains, asked: Offered, form: FilterForm) -> Applied | None:
    """Return what the method says to the answers in the address; a refusal goes to its field."""
    names = {question.name for question in asked.questions}
    if not names & request.args.keys() or not form.validate():
        return None
    answers: dict[str, Any] = {name: str(form[name].data or "") for name in names}
    measured = queries.measurements_of(session, row) if asked.is_measured else ()
    applied = run(asked, answers, lengths_of(measured))
    if applied.refused is not None:
        say_refusal(form, applied.refused)
    return applied
