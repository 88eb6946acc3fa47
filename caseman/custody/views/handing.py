"""Handing exhibits over: the list of hand-overs, and the giver's end of a new one."""

from collections.abc import Sequence
from typing import cast

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from caseman.accounts.identity import own_account
from caseman.accounts.models import User
from caseman.custody import queries, services
from caseman.custody.forms.handing import HandOverForm
from caseman.custody.forms.transfers import TransferFilterForm
from caseman.custody.models import CustodyTransfer
from caseman.custody.plausibility import about_hand_over
from caseman.custody.views.blueprint import custody, say_why
from caseman.custody.views.words import state
from caseman.database import now
from caseman.permissions import Permission
from caseman.web import unit_of_work
from caseman.web.guards import current_scope, requires
from caseman.web.paging import paginate
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _

ORDERS = {"-entered": CustodyTransfer.id, "entered": CustodyTransfer.id}
COUNTED = {"waiting": queries.waiting, "disagreeing": queries.disagreeing}
LISTS = {"all": sa.true, **COUNTED}


@custody.get("/")
@requires(Permission.CUSTODY_READ)
def index() -> ResponseReturnValue:
    scope, form = current_scope(), TransferFilterForm()
    valid, number = form.validate(), form.q.data
    if address := _named(number):
        return redirect(address)
    which = request.args.get("list", "all")
    filters = [found(LISTS.get(which))()]
    if number:  # it names nothing, so nothing fits
        filters.append(CustodyTransfer.number == number)
    page = paginate(session, queries.as_listed(scope), ORDERS, CustodyTransfer.id, filters=filters)
    counts = {name: queries.how_many(session, scope, is_so()) for name, is_so in COUNTED.items()}
    html = render_template(
        "custody/transfers.html",
        page=page,
        rows=_rows(page.items),
        which=which,
        form=form,
        counts=counts,
    )
    return html, 200 if valid else 422


def _named(number: str) -> str | None:
    """Return the page of the hand-over or the exhibit that bears ``number``."""
    scope = current_scope()
    if not number:
        return None
    if queries.transfer_by_number(session, scope, number) is not None:
        return url_for(".transfer", number=number)
    if queries.exhibit_by_number(session, scope, number) is not None:
        return url_for(".exhibit", number=number)
    return None


def _rows(transfers: Sequence[CustodyTransfer]) -> list[dict[str, object]]:
    listed = queries.listed_counts(session, [row.id for row in transfers])
    counted = [(row, listed.get(row.id, 0)) for row in transfers]
    return [
        {"transfer": row, "listed": count, "state": state(row, count)} for row, count in counted
    ]


@custody.route("/hand-overs/new", methods=["GET", "POST"])
@requires(Permission.CUSTODY_TRANSFER)
def new_transfer() -> ResponseReturnValue:
    scope = current_scope()
    form = HandOverForm(data=_beginning())
    form.offer(queries.shelves(session, scope))
    if not form.is_submitted():
        chosen = queries.exhibits_by_number(session, scope, request.args.getlist("number"))
        form.begin(each for each in chosen.values() if each.voided_at is None)
        return _page(form)
    form.know(queries.exhibits_by_number(session, scope, form.named()))
    if form.wants_more() or not form.validate_on_submit() or form.moved:
        return _page(form)
    given = form.hand_over(own_account().id)
    if form.is_doubtful(about_hand_over(given)):
        return _page(form)
    try:
        row = services.hand_over(session, given)
    except services.CustodyError as refused:
        say_why(form, refused, "numbers")
        return _page(form)
    flash(
        _("Recorded as %(number)s. Print the sheet, and let both sign it.", number=row.number),
        "done",
    )
    return redirect(url_for(".transfer", number=row.number))


def _beginning() -> dict[str, object]:
    person = cast("User", current_user)
    return {"given_by": person.name, "handed_over_at": now()}


def _page(form: HandOverForm) -> ResponseReturnValue:
    """Show the form; what only came into its list is stored nowhere, its key neither."""
    page = render_template("custody/hand_over.html", form=form, exhibits=form.exhibits)
    if form.is_submitted():
        unit_of_work.discard()
    return page, 422 if form.errors or form.doubts else 200
