"""One hand-over with both its ends, the receiver's end, and the sheet that both sign."""

from typing import cast

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from caseman.accounts.identity import own_account
from caseman.accounts.models import User
from caseman.accounts.reading import opened
from caseman.custody import queries, services
from caseman.custody.forms.receiving import ReceiptForm
from caseman.custody.models import CustodyTransfer
from caseman.custody.plausibility import about_receipt
from caseman.custody.views import disagreement
from caseman.custody.views.blueprint import custody, on_paper, say_why
from caseman.custody.views.words import lines, state
from caseman.database import now
from caseman.permissions import Permission
from caseman.web import unit_of_work
from caseman.web.guards import current_scope, requires
from caseman.web.links import link
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _


def transfer_of(number: str) -> CustodyTransfer:
    return found(queries.transfer_by_number(session, current_scope(), number))


@custody.get("/hand-overs/<number>")
@requires(Permission.CUSTODY_READ)
def transfer(number: str) -> ResponseReturnValue:
    row = transfer_of(number)
    opened(row)
    return render_template("custody/transfer.html", **told(row))


@custody.get("/hand-overs/<number>/sheet")
@requires(Permission.CUSTODY_READ)
def sheet(number: str) -> ResponseReturnValue:
    row = transfer_of(number)
    return render_template(
        "custody/sheet.html",
        pdf_url=link("documents.hand_over_pdf", number=number),
        **told(row),
        **on_paper(row, row.operation),
    )


def told(row: CustodyTransfer) -> dict[str, object]:
    """Return what a page tells of a hand-over; exhibits outside the reader's scope are counted."""
    every = services.expected(row)
    seen = queries.numbers_seen(session, current_scope(), every)
    accounts = {row.given_by_user_id, *(each.received_by_user_id for each in row.receipts[-1:])}
    return {
        "transfer": row,
        "state": state(row, len(row.items)),
        "lines": [line for line in lines(row) if line.exhibit.number in seen],
        "unseen": len(every) - len(seen),
        "disagreement": disagreement.told(queries.mismatch(row).seen_by(seen)),
        "alone": bool(row.receipts) and len(accounts) == 1 and accounts != {None},
    }


@custody.route("/hand-overs/<number>/receipt", methods=["GET", "POST"])
@requires(Permission.CUSTODY_TRANSFER)
def receive(number: str) -> ResponseReturnValue:
    row, scope = transfer_of(number), current_scope()
    every = services.expected(row)
    if len(queries.numbers_seen(session, scope, every)) < len(every):
        return render_template("custody/not_all.html", transfer=row), 403
    form = ReceiptForm(data=_beginning())
    form.expect(every)
    if not form.is_submitted():
        form.begin(row.receipts[-1] if row.receipts else None)
        form.know(queries.exhibits_by_number(session, scope, form.named()))
        return _page(row, form)
    form.know(queries.exhibits_by_number(session, scope, form.named()))
    if form.wants_more() or not form.validate_on_submit() or form.moved:
        return _page(row, form)
    receipt = form.receipt(own_account().id)
    if form.is_doubtful(about_receipt(row, receipt)):
        return _page(row, form)
    try:
        made = services.receive(session, row, receipt)
    except services.CustodyError as refused:
        say_why(form, refused, "numbers")
        return _page(row, form)
    if made.agrees:
        flash(_("Received: both ends agree."), "done")
    else:
        flash(_("Received. The two ends do not agree, as told below."), "warning")
    return redirect(url_for(".transfer", number=number))


def _beginning() -> dict[str, object]:
    person = cast("User", current_user)
    return {"received_by": person.name, "received_at": now()}


def _page(row: CustodyTransfer, form: ReceiptForm) -> ResponseReturnValue:
    page = render_template(
        "custody/receive.html", transfer=row, form=form, exhibits=form.exhibits, given=_given(row)
    )
    if form.is_submitted():
        unit_of_work.discard()
    return page, 422 if form.errors or form.doubts else 200


def _given(row: CustodyTransfer) -> dict[str, object]:
    return {item.exhibit.number: item for item in row.items}
