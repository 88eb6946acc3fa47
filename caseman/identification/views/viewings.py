"""Viewings of catalogues: recorded picture by picture, shown beside what they may bear on.

While pictures are shown nothing says which of them are decoys; afterwards only those learn it who
may compare reports with remains.
"""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.effects.models import CatalogueItem, PersonalEffect
from caseman.effects.queries.catalogues import catalogue_by_number, to_be_shown
from caseman.effects.views import panels as panels_of_effect
from caseman.effects.words import neutral
from caseman.identification.errors import ReconciliationError
from caseman.identification.forms import EmptyForm, ReasonForm
from caseman.identification.forms.viewings import CorrectSaidForm, SaidForm, ViewingForm, said_in
from caseman.identification.models import BelongingsViewing
from caseman.identification.queries import viewings as queries
from caseman.identification.services import viewings as services
from caseman.identification.views.blueprint import bp, signer
from caseman.permissions import Permission
from caseman.remains.models import Remains
from caseman.remains.views import panels as panels_of_remains
from caseman.reports.models import MissingPerson
from caseman.reports.queries import person_by_number
from caseman.reports.views import panels as panels_of_person
from caseman.web.guards import current_scope, may, requires
from caseman.web.unit_of_work import found, session
from caseman.web.words import ngettext, refusal


@bp.route("/missing/<number>/viewings/new", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE)
def new_viewing(number: str) -> ResponseReturnValue:
    scope, form = current_scope(), ViewingForm()
    person = found(person_by_number(session, scope, number))
    catalogues = to_be_shown(session, scope, person.operation_id)
    reports = [each for each in person.reports if each.withdrawn_at is None]
    form.offer(catalogues, reports)
    if form.validate_on_submit():
        catalogue = found(catalogue_by_number(session, scope, form.catalogue.data))
        looking = form.looking(reports)
        row = services.record_viewing(session, catalogue, person, looking, signer())
        return redirect(url_for(".viewing", number=row.number))
    page = render_template(
        "identification/new_viewing.html", person=person, form=form, catalogues=catalogues
    )
    return page, 422 if form.is_submitted() else 200


@bp.get("/viewings/<number>")
@requires(Permission.REPORT_WRITE, Permission.CANDIDATE_READ)
def viewing(number: str) -> ResponseReturnValue:
    row = _viewing(number)
    opened(row, row.missing_person)
    items, answers = queries.items_of(session, row), queries.answers_in(row)
    catalogue = catalogue_by_number(session, current_scope(), row.catalogue.number)
    return render_template(
        "identification/viewing.html",
        viewing=row,
        items=[(each, neutral(each), answers.get(each.id)) for each in items],
        first=next((each for each in items if each.id not in answers), None),
        sees_pictures=catalogue is not None,
        knows=may(Permission.CANDIDATE_READ),
        effects=_effects_in_scope(items),
        none_asked=EmptyForm(formdata=None, data={"version": row.version}),
    )


def _effects_in_scope(items: Sequence[CatalogueItem]) -> dict[int, PersonalEffect]:
    """Return the effect behind each item, by item id, as far as the reader may know of it."""
    if not (may(Permission.CANDIDATE_READ) and may(Permission.REMAINS_READ)):
        return {}
    by_id = queries.effects_of(session, current_scope(), items)
    return {
        each.id: by_id[each.photograph.effect_id]
        for each in items
        if each.photograph is not None and each.photograph.effect_id in by_id
    }


@bp.route("/viewings/<number>/<int:place>", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE)
def viewing_item(number: str, place: int) -> ResponseReturnValue:
    row = _viewing(number)
    items = queries.items_of(session, row)
    item = found(next((each for each in items if each.place == place), None))
    before = [each for each in row.recognitions if each.item_id == item.id]
    form = CorrectSaidForm() if before else SaidForm()
    if form.validate_on_submit():
        try:
            services.answer(session, row, item, said_in(form), signer())
            return redirect(_after(row, items, place, corrected=bool(before)))
        except ReconciliationError as refused:
            form.form_errors = [refusal(refused)]
    page = render_template(
        "identification/viewing_item.html",
        viewing=row,
        item=item,
        words=neutral(item),
        before=before,
        form=form,
        total=len(items),
    )
    return page, 422 if form.is_submitted() else 200


def _after(
    row: BelongingsViewing, items: Sequence[CatalogueItem], place: int, *, corrected: bool
) -> str:
    """Return where to go on: to the next picture without an answer, or back to the viewing."""
    answered = queries.answers_in(row)
    left = [each for each in items if each.id not in answered]
    later = [each for each in left if (each.place or 0) > place]
    if corrected or not left:
        return url_for(".viewing", number=row.number)
    return url_for(".viewing_item", number=row.number, place=(later or left)[0].place)


@bp.post("/viewings/<number>/rest")
@requires(Permission.REPORT_WRITE)
def viewing_rest(number: str) -> ResponseReturnValue:
    row, form = _viewing(number), EmptyForm()
    form.validate()
    count = services.answer_rest(session, row, queries.items_of(session, row), signer())
    told = ngettext(
        "%(num)s picture is kept as not recognised.",
        "%(num)s pictures are kept as not recognised.",
        count,
    )
    flash(told, "done")
    return redirect(url_for(".viewing", number=number))


@bp.route("/viewings/<number>/strike", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE)
def strike_viewing(number: str) -> ResponseReturnValue:
    row = _viewing(number)
    form = ReasonForm(data={"version": row.version})
    if form.validate_on_submit():
        form.expects(row.version)
        try:
            services.strike(row, form.reason.data, signer())
            return redirect(url_for(".viewing", number=number))
        except ReconciliationError as refused:
            form.form_errors = [refusal(refused)]
    page = render_template("identification/strike_viewing.html", viewing=row, form=form)
    return page, 422 if form.errors else 200


def _viewing(number: str) -> BelongingsViewing:
    return found(queries.viewing_by_number(session, current_scope(), number))


@panels_of_effect.add
def on_effect(effect: PersonalEffect) -> str:
    """Draw who recognised ``effect``."""
    if not may(Permission.CANDIDATE_READ):
        return ""
    rows = queries.recognised(session, current_scope(), effect=effect)
    return _panel(rows, names_effect=False)


@panels_of_remains.add
def on_remains(remains: Remains) -> str:
    """Draw who recognised an effect that belongs with ``remains``."""
    if not may(Permission.CANDIDATE_READ):
        return ""
    return _panel(queries.recognised(session, current_scope(), remains=remains))


@panels_of_person.add
def viewings_on_person(person: MissingPerson) -> str:
    """Draw the viewings for ``person``, and for who may compare, the effects recognised."""
    if not may(Permission.REPORT_WRITE, Permission.CANDIDATE_READ):
        return ""
    scope, knows = current_scope(), may(Permission.CANDIDATE_READ)
    return render_template(
        "identification/viewings_on_person.html",
        person=person,
        viewings=[
            (each, list(queries.answers_in(each).values()))
            for each in queries.viewings_for(session, scope, person)
        ],
        rows=queries.recognised(session, scope, person=person) if knows else [],
    )


def _panel(rows: list[queries.Recognised], *, names_effect: bool = True) -> str:
    if not rows:
        return ""
    return render_template("identification/recognised.html", rows=rows, names_effect=names_effect)
