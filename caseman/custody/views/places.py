"""Storage places: the tree of them, one of them, adding, correcting."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.custody import queries, services
from caseman.custody.drafts import PlaceFacts
from caseman.custody.forms.places import NewPlaceForm, PlaceForm, place_answers
from caseman.custody.models import StoragePlace
from caseman.custody.views.blueprint import custody, place_of, say_why
from caseman.permissions import Permission
from caseman.sites.queries import operations
from caseman.web.forms.conflicts import conflict
from caseman.web.guards import current_scope, requires
from caseman.web.unit_of_work import session
from caseman.web.words import gettext as _


@custody.get("/places")
@requires(Permission.CUSTODY_READ)
def places() -> ResponseReturnValue:
    return render_template(
        "custody/places.html",
        shelves=queries.shelves(session, current_scope()),
        several=len(operations(session, current_scope())) > 1,
    )


@custody.get("/places/<int:place_id>")
@requires(Permission.CUSTODY_READ)
def place(place_id: int) -> ResponseReturnValue:
    row = place_of(place_id)
    opened(row)
    shelves = queries.shelves(session, current_scope())
    inside = queries.within([each.place for each in shelves], row)
    return render_template(
        "custody/place.html",
        place=row,
        above=queries.above(row),
        shelf=next(each for each in shelves if each.place.id == row.id),
        inside=[each for each in shelves if each.place.id in inside - {row.id}],
        plot=queries.plot_at(session, row),
    )


@custody.route("/places/new", methods=["GET", "POST"])
@requires(Permission.CUSTODY_TRANSFER)
def new_place() -> ResponseReturnValue:
    form = NewPlaceForm()
    form.ask(operations(session, current_scope()), queries.places(session, current_scope()))
    if not form.validate_on_submit():
        page = render_template("custody/place_form.html", form=form)
        return page, 422 if form.errors else 200
    try:
        row = services.add_place(session, form.operation, form.to(PlaceFacts))
    except services.DuplicatePlaceCodeError as refused:
        say_why(form, refused, "code")
        return render_template("custody/place_form.html", form=form), 409
    flash(_("The storage place %(code)s is added.", code=row.code), "done")
    return redirect(url_for(".places"))


@custody.route("/places/<int:place_id>/correct", methods=["GET", "POST"])
@requires(Permission.CUSTODY_TRANSFER)
def correct_place(place_id: int) -> ResponseReturnValue:
    row = place_of(place_id)
    form = _form_of(row)
    if not form.validate_on_submit():
        return _correcting(row, form, 422 if form.errors else 200)
    if differences := conflict(form, _form_of(row, formdata=None), row.version):
        return _correcting(row, form, 409, differences=differences)
    try:
        services.correct_place(session, row, form.to(PlaceFacts))
    except services.DuplicatePlaceCodeError as refused:
        say_why(form, refused, "code")
        return _correcting(row, form, 409)
    except services.PlaceInItselfError as refused:
        say_why(form, refused, "parent_id")
        return _correcting(row, form, 422)
    return redirect(url_for(".place", place_id=place_id))


def _form_of(row: StoragePlace, **how: object) -> PlaceForm:
    form = PlaceForm(data=place_answers(row), **how)
    every = queries.places(session, current_scope())
    form.offer(each for each in every if each.operation_id == row.operation_id and each is not row)
    return form


def _correcting(
    row: StoragePlace, form: PlaceForm, status: int, **more: object
) -> ResponseReturnValue:
    return render_template("custody/place_form.html", form=form, place=row, **more), status
