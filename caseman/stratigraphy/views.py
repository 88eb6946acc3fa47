"""Contexts of a feature: the matrix, one context, recording, correcting, relating."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from caseman.accounts.reading import opened
from caseman.permissions import Permission
from caseman.sites.models import Feature
from caseman.sites.views.blueprint import feature_of, feature_parts
from caseman.stratigraphy import queries, services
from caseman.stratigraphy.codes import SEEN_FROM_BELOW, Direction
from caseman.stratigraphy.drawing import Drawing, draw
from caseman.stratigraphy.forms import ContextForm, RelationForm, context_answers
from caseman.stratigraphy.models import Context, ContextRelation
from caseman.web.filters import label
from caseman.web.forms import Form
from caseman.web.forms.conflicts import conflict
from caseman.web.guards import current_scope, may, requires
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _
from caseman.web.words import refusal

stratigraphy = Blueprint(
    "stratigraphy", __name__, url_prefix="/sites/<code>/features/<int:number>/contexts"
)
CONTEXT = "/<int(max=2147483647):which>"

context_parts: list[Callable[[Context], str]] = []
"""What slices above this one draw on the page of a context: the HTML of a template, or nothing."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A relation as it reads on the page of one of its two contexts."""

    relation: ContextRelation
    words: Direction
    other: Context


def context_of(code: str, number: int, which: int) -> Context:
    """Return a context within the reader's scope, else 404."""
    return found(queries.context_by_number(session, current_scope(), code, number, which))


@stratigraphy.get("")
@requires(Permission.SITE_READ)
def contexts(code: str, number: int) -> ResponseReturnValue:
    feature = feature_of(code, number)
    opened(feature)
    rows = queries.contexts_of(session, feature)
    return render_template(
        "stratigraphy/contexts.html", feature=feature, rows=rows, drawn=drawing_of(feature, rows)
    )


def drawing_of(feature: Feature, rows: Sequence[Context]) -> Drawing | None:
    """Return the matrix of a feature as it is drawn; None where nothing is recorded."""
    if not rows:
        return None
    relations = queries.as_pairs(queries.relations_in(session, feature))
    return draw(queries.matrix_of(rows, relations), {each.id: each for each in rows})


@feature_parts.append
def on_feature(feature: Feature) -> str:
    """Draw the matrix on the page of a feature."""
    rows = queries.contexts_of(session, feature)
    return render_template(
        "stratigraphy/on_feature.html",
        feature=feature,
        rows=rows,
        drawn=drawing_of(feature, rows),
    )


@stratigraphy.route("/new", methods=["GET", "POST"])
@requires(Permission.SITE_WRITE)
def new(code: str, number: int) -> ResponseReturnValue:
    feature, form = feature_of(code, number), ContextForm()
    if not form.validate_on_submit():
        page = render_template("stratigraphy/form.html", form=form, feature=feature)
        return page, 422 if form.errors else 200
    row = services.add_context(session, feature, form.to(services.ContextFacts))
    flash(
        _("This is %(code)s. Say next how it lies to the others.", code=row.audit_subject), "done"
    )
    return redirect(url_for(".show", code=code, number=number, which=row.number))


@stratigraphy.get(CONTEXT)
@requires(Permission.SITE_READ)
def show(code: str, number: int, which: int) -> ResponseReturnValue:
    row = context_of(code, number, which)
    opened(row)
    return _page(row, _relation_form(row))


def _page(row: Context, form: RelationForm) -> str:
    rows = queries.contexts_of(session, row.feature)
    return render_template(
        "stratigraphy/context.html",
        context=row,
        feature=row.feature,
        relations=_seen_from(row),
        drawn=drawing_of(row.feature, rows),
        alone=len(rows) == 1,
        form=form if may(Permission.SITE_WRITE) else None,
        parts=[Markup(part(row)) for part in context_parts],  # noqa: S704 - our own templates
    )


def _seen_from(row: Context) -> list[Seen]:
    return [
        _seen(each, row)
        for each in queries.relations_in(session, row.feature)
        if row.id in (each.upper_id, each.lower_id)
    ]


def _seen(relation: ContextRelation, row: Context) -> Seen:
    if relation.upper_id == row.id:
        return Seen(relation, Direction(relation.kind.value), relation.lower)
    words = SEEN_FROM_BELOW.get(relation.kind) or Direction(relation.kind.value)
    return Seen(relation, words, relation.upper)


def _relation_form(row: Context) -> RelationForm:
    """Return the form with the other contexts, those without a relation to ``row`` first."""
    form, related = RelationForm(), {each.other.id for each in _seen_from(row)}
    others = [each for each in queries.contexts_of(session, row.feature) if each.id != row.id]
    form.offer(sorted(others, key=lambda each: each.id in related), label)
    return form


@stratigraphy.route(f"{CONTEXT}/correct", methods=["GET", "POST"])
@requires(Permission.SITE_WRITE)
def correct(code: str, number: int, which: int) -> ResponseReturnValue:
    row = context_of(code, number, which)
    form = ContextForm(data=context_answers(row))
    if not form.validate_on_submit():
        page = render_template(
            "stratigraphy/form.html", form=form, feature=row.feature, context=row
        )
        return page, 422 if form.errors else 200
    stored = ContextForm(formdata=None, data=context_answers(row))
    if differences := conflict(form, stored, row.version):
        page = render_template(
            "stratigraphy/form.html",
            form=form,
            feature=row.feature,
            context=row,
            differences=differences,
        )
        return page, 409
    services.correct_context(row, form.to(services.ContextFacts))
    return redirect(url_for(".show", code=code, number=number, which=which))


@stratigraphy.post(f"{CONTEXT}/relations")
@requires(Permission.SITE_WRITE)
def relate(code: str, number: int, which: int) -> ResponseReturnValue:
    row = context_of(code, number, which)
    form = _relation_form(row)
    if not form.validate_on_submit():
        return _page(row, form), 422
    others = queries.contexts_of(session, row.feature)
    other = found(next((each for each in others if each.id == form.other_id.data), None))
    try:
        services.relate(session, row, other, form.direction.data)
    except (services.CircleError, services.RelatedAlreadyError) as refused:
        form.other_id.errors = [refusal(refused)]
        return _page(row, form), 409
    return redirect(url_for(".show", code=code, number=number, which=which) + "#relations")


@stratigraphy.route(
    f"{CONTEXT}/relations/<int(max=2147483647):relation_id>/remove", methods=["GET", "POST"]
)
@requires(Permission.SITE_WRITE)
def unrelate(code: str, number: int, which: int, relation_id: int) -> ResponseReturnValue:
    row, form = context_of(code, number, which), Form()
    seen = found(next((each for each in _seen_from(row) if each.relation.id == relation_id), None))
    if not form.validate_on_submit():
        page = render_template("stratigraphy/unrelate.html", form=form, context=row, seen=seen)
        return page, 422 if form.errors else 200
    services.unrelate(session, seen.relation)
    flash(_("The relation is taken back. It can be recorded again."), "done")
    return redirect(url_for(".show", code=code, number=number, which=which) + "#relations")
