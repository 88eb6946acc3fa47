"""Catalogues of belongings: put together, fixed, shown to families, printed, withdrawn.

What is shown and what is printed know neither sites nor numbers of finds, and nothing in them
tells an effect from a decoy.
"""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.identity import own_account
from caseman.accounts.reading import opened
from caseman.database import DomainError, now
from caseman.effects.codes import CatalogueState
from caseman.effects.forms import EffectFilterForm, ReasonForm
from caseman.effects.forms.catalogues import (
    CatalogueForm,
    ChooseForm,
    EmptyForm,
    LeaveOutForm,
)
from caseman.effects.models import (
    BelongingsCatalogue,
    CatalogueItem,
    Decoy,
    EffectPhotograph,
)
from caseman.effects.queries import catalogues as queries
from caseman.effects.services import catalogues as services
from caseman.effects.views.blueprint import say_why
from caseman.effects.words import coloured, kind_of, neutral
from caseman.media.codes import DerivativeKind
from caseman.media.sending import send_derivative
from caseman.permissions import Permission
from caseman.sites.queries import all_sites
from caseman.web.forms import Form
from caseman.web.guards import current_scope, requires
from caseman.web.paging import paginate
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _
from caseman.web.words import ngettext, refusal

catalogues = Blueprint("catalogues", __name__)
ON_A_PAGE = 24
FEW_DECOYS = 4
"""More effects than this to one decoy is said to be too many."""


def catalogue_of(number: str) -> BelongingsCatalogue:
    """Return the catalogue, or answer 404."""
    return found(queries.catalogue_by_number(session, current_scope(), number))


@catalogues.get("/catalogues/")
@requires(Permission.REMAINS_READ, Permission.REPORT_WRITE)
def index() -> ResponseReturnValue:
    page = paginate(
        session,
        queries.catalogues(current_scope()),
        {"-made": BelongingsCatalogue.made_at, "made": BelongingsCatalogue.made_at},
        BelongingsCatalogue.id,
    )
    counts = queries.counts_of(session, [row.id for row in page.items])
    return render_template("catalogues/list.html", page=page, counts=counts)


@catalogues.route("/catalogues/new", methods=["GET", "POST"])
@requires(Permission.REMAINS_WRITE)
def new() -> ResponseReturnValue:
    sites, form = all_sites(session, current_scope()), CatalogueForm()
    form.offer(sites)
    if form.validate_on_submit():
        chosen = [site for site in sites if site.id in (form.sites.data or ())]
        try:
            row = services.open_catalogue(session, chosen, form.title.data, own_account())
            return redirect(url_for(".choose", number=row.number))
        except DomainError as refused:
            say_why(form, refused)
    page = render_template("catalogues/new.html", form=form)
    return page, 422 if form.is_submitted() else 200


@catalogues.get("/catalogues/<number>")
@requires(Permission.REMAINS_READ)
def show(number: str) -> ResponseReturnValue:
    row = catalogue_of(number)
    opened(row)
    return _staff_page(row)


def _staff_page(row: BelongingsCatalogue, wrong: str = "") -> ResponseReturnValue:
    decoys = sum(item.decoy_id is not None for item in row.items)
    page = render_template(
        "catalogues/show.html",
        catalogue=row,
        items=[(item, coloured(item)) for item in row.items],
        decoys=decoys,
        few_decoys=len(row.items) - decoys > FEW_DECOYS * decoys,
        wrong=wrong,
        none_asked=EmptyForm(formdata=None, data={"version": row.version}),
    )
    return page, 422 if wrong else 200


@catalogues.route("/catalogues/<number>/choose", methods=["GET", "POST"])
@requires(Permission.REMAINS_WRITE)
def choose(number: str) -> ResponseReturnValue:
    row, form = _being_chosen(number), ChooseForm()
    filters = EffectFilterForm([each.site.code for each in row.sites])
    filters.validate()
    offered = queries.choosable(session, row, filters.wanted())
    if form.validate_on_submit():
        wanted = offered.where(EffectPhotograph.id.in_(form.chosen.data or ()))
        photographs = session.scalars(wanted.order_by(EffectPhotograph.id)).all()
        if photographs and _taken(form, lambda: services.choose(session, row, photographs)):
            return redirect(request.full_path.rstrip("?"))
        _ask_for_one(form)
    by_id = {"number": EffectPhotograph.id}
    page = paginate(session, offered, by_id, EffectPhotograph.id, rows=ON_A_PAGE)
    html = render_template(
        "catalogues/choose.html",
        catalogue=row,
        form=form,
        filters_form=filters,
        page=page,
        rows=[(each, kind_of(each.effect)) for each in page.items],
    )
    return html, 422 if form.is_submitted() else 200


@catalogues.route("/catalogues/<number>/decoys", methods=["GET", "POST"])
@requires(Permission.REMAINS_WRITE)
def choose_decoys(number: str) -> ResponseReturnValue:
    row, form = _being_chosen(number), ChooseForm()
    offered = queries.decoys_for(row)
    if form.validate_on_submit():
        decoys = session.scalars(offered.where(Decoy.id.in_(form.chosen.data or ()))).all()
        if decoys and _taken(form, lambda: services.choose_decoys(session, row, decoys)):
            return redirect(url_for(".show", number=number))
        _ask_for_one(form)
    page = paginate(session, offered, {"number": Decoy.id}, Decoy.id, rows=ON_A_PAGE)
    html = render_template(
        "catalogues/choose_decoys.html",
        catalogue=row,
        form=form,
        page=page,
        rows=[(each, coloured(each)) for each in page.items],
    )
    return html, 422 if form.is_submitted() else 200


def _taken(form: Form, take: Callable[[], int]) -> bool:
    """Take pictures in and say how many, or put on the form why not."""
    try:
        count = take()
    except DomainError as refused:
        say_why(form, refused)
        return False
    flash(ngettext("%(num)s picture was added.", "%(num)s pictures were added.", count), "done")
    return True


def _ask_for_one(form: ChooseForm) -> None:
    if not form.errors:
        form.form_errors = [_("Tick at least one picture that may be added.")]


@catalogues.post("/catalogues/<number>/leave-out")
@requires(Permission.REMAINS_WRITE)
def leave_out(number: str) -> ResponseReturnValue:
    row, form = catalogue_of(number), LeaveOutForm()
    form.validate()
    item = found(next((each for each in row.items if each.id == form.item.data), None))
    try:
        services.leave_out(session, row, item)
    except DomainError as refused:
        return _staff_page(row, refusal(refused))
    return redirect(url_for(".show", number=number))


@catalogues.post("/catalogues/<number>/fix")
@requires(Permission.REMAINS_WRITE)
def fix(number: str) -> ResponseReturnValue:
    row, form = catalogue_of(number), EmptyForm()
    form.validate()
    form.expects(row.version)
    try:
        services.fix(row, own_account())
    except DomainError as refused:
        return _staff_page(row, refusal(refused))
    flash(_("The order is drawn and fixed. The catalogue may be shown."), "done")
    return redirect(url_for(".show", number=number))


@catalogues.route("/catalogues/<number>/withdraw", methods=["GET", "POST"])
@requires(Permission.REMAINS_WRITE)
def withdraw(number: str) -> ResponseReturnValue:
    row = catalogue_of(number)
    form = ReasonForm(data={"version": row.version})
    if form.validate_on_submit():
        form.expects(row.version)
        try:
            services.withdraw(row, form.reason.data)
            return redirect(url_for(".show", number=number))
        except DomainError as refused:
            say_why(form, refused)
    page = render_template("catalogues/withdraw.html", catalogue=row, form=form)
    return page, 422 if form.errors else 200


@catalogues.get("/catalogues/<number>/shown")
@requires(Permission.REMAINS_READ, Permission.REPORT_WRITE)
def shown(number: str) -> ResponseReturnValue:
    row = shown_of(number)
    opened(row)
    return render_template("catalogues/shown.html", catalogue=row, items=_in_order(row))


@catalogues.get("/catalogues/<number>/print")
@requires(Permission.REMAINS_READ, Permission.REPORT_WRITE)
def printed(number: str) -> ResponseReturnValue:
    row = shown_of(number)
    opened(row)
    return render_template(
        "catalogues/print.html",
        catalogue=row,
        items=_in_order(row),
        printed_at=now(),
        printed_by=own_account().person.name,
    )


@catalogues.get("/catalogues/<number>/shown/<int:place>")
@requires(Permission.REMAINS_READ, Permission.REPORT_WRITE)
def picture(number: str, place: int) -> ResponseReturnValue:
    items = shown_of(number).items
    item = found(next((each for each in items if each.place == place), None))
    return send_derivative(found(item.picture), DerivativeKind.VIEW)


def _being_chosen(number: str) -> BelongingsCatalogue:
    row = catalogue_of(number)
    return found(row if row.state is CatalogueState.CHOOSING else None)


def shown_of(number: str) -> BelongingsCatalogue:
    """Return a catalogue that has its order, or answer 404."""
    row = catalogue_of(number)
    return found(row if row.state is not CatalogueState.CHOOSING else None)


def _in_order(row: BelongingsCatalogue) -> list[tuple[CatalogueItem, str]]:
    """Return the items with the words beside them; a catalogue once withdrawn shows none."""
    items = row.items if row.state is CatalogueState.FIXED else []
    return [(item, neutral(item)) for item in sorted(items, key=lambda each: each.place or 0)]
