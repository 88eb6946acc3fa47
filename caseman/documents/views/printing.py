"""How any paper is printed: as a page for the browser, as a PDF, or by the worker where it is long.

A paper is data (``Paper``): who may print it, where it stands, what its template shows. Taking one
along is on record, with every record that it shows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from caseman.accounts.identity import actor, own_account
from caseman.accounts.reading import opened
from caseman.audit.checkpoint import Checkpoint
from caseman.audit.codes import Action
from caseman.audit.recorder import Audited, note_act
from caseman.database import now
from caseman.documents import services
from caseman.documents.codes import PaperKind
from caseman.documents.pdf import STYLESHEET, can_make_pdf, make_pdf
from caseman.documents.views.blueprint import documents
from caseman.permissions import Permission
from caseman.reports.codes import ConsentPurpose
from caseman.web.filters import moment
from caseman.web.forms import Form
from caseman.web.guards import requires
from caseman.web.installation import installation
from caseman.web.qr import drawing
from caseman.web.unit_of_work import SAFE_METHODS, session

LARGE = 300
"""Rows beyond which a PDF takes several seconds and is made in the background."""


@dataclass(frozen=True, slots=True)
class Content:
    """What one paper shows: the records it opens, about how many rows, and for its template."""

    number: str
    organisation: str
    opens: tuple[Audited, ...]
    rows: int
    shows: Mapping[str, Any] = field(default_factory=dict)
    recipient: ConsentPurpose | None = None
    """Who outside gets it; None where it stays with those who search."""


View = Callable[["Paper", str], ResponseReturnValue]


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper about one record, by the record's number."""

    kind: PaperKind
    permission: Permission
    template: str
    content_of: Callable[[str], Content]
    """Reads it within the reader's scope; outside it is 404."""


def offer(address: str, name: str, paper: Paper) -> None:
    """Give a paper its three addresses: to print, as PDF, and to have it made by the worker."""
    _add(f"/{address}/<number>", name, "GET", _print, paper)
    offer_pdf(address, name, paper)


def offer_pdf(address: str, name: str, paper: Paper) -> None:
    """Give a paper that a slice below prints itself the addresses of its PDF."""
    rule = f"/{address}/<number>.pdf"
    _add(rule, f"{name}_pdf", "GET", _pdf, paper)
    _add(rule, f"make_{name}", "POST", _make, paper)


def _add(rule: str, endpoint: str, method: str, view: View, paper: Paper) -> None:
    guarded = requires(paper.permission)(partial(view, paper))
    documents.add_url_rule(rule, endpoint, guarded, methods=[method])


def _print(paper: Paper, number: str) -> ResponseReturnValue:
    """Show the page that a browser prints, once it is on record that it was."""
    content = paper.content_of(number)
    return html_of(paper.template, content, head=on_record(content))


def _pdf(paper: Paper, number: str) -> ResponseReturnValue:
    content = paper.content_of(number)
    if can_make_pdf() and content.rows > LARGE:
        return _long(paper, content, Form())
    return as_pdf(paper.template, content, head=on_record(content))


def _make(paper: Paper, number: str) -> ResponseReturnValue:
    content, form = paper.content_of(number), Form()
    if not form.validate_on_submit():
        return _long(paper, content, form), 422
    html = html_of(paper.template, content, stylesheet=STYLESHEET, head=on_record(content))
    row = services.ask_for(session, own_account(), paper.kind, content.number, html)
    return redirect(url_for(".file", file_id=row.id))


def _long(paper: Paper, content: Content, form: Form) -> str:
    return render_template(
        "documents/large.html", form=form, kind=paper.kind, number=content.number
    )


def as_pdf(template: str, content: Content, head: Checkpoint) -> ResponseReturnValue:
    """Return a paper as PDF; where none can be made, the page to print, which says so."""
    if not can_make_pdf():
        return html_of(template, content, lacks_pdf=True, head=head)
    pdf = make_pdf(html_of(template, content, stylesheet=STYLESHEET, head=head))
    return as_file(pdf, content.number)


def as_file(pdf: bytes, number: str) -> Response:
    """Return the answer that saves a PDF under a record's number."""
    headers = {"Content-Disposition": f'attachment; filename="{number}.pdf"'}
    return Response(pdf, content_type="application/pdf", headers=headers)


def html_of(template: str, content: Content, **more: object) -> str:
    """Return the page of a paper; ``stylesheet`` and ``lacks_pdf`` are for its frame."""
    return render_template(
        template,
        number=content.number,
        qr=drawing(content.number),
        organisation=content.organisation,
        printed_at=moment(now()),
        printed_by=actor().name,
        **content.shows,
        **more,
    )


def on_record(content: Content) -> Checkpoint:
    """Write down that the reader opened these records and took them along on paper."""
    opened(*content.opens)
    return printed(content.number, content.recipient.label if content.recipient else "")


def printed(number: str, recipient: str = "") -> Checkpoint:
    """Write down that the reader took a paper about ``number`` along, and for whom outside.

    Return the end of the trail.
    """
    if request.method not in SAFE_METHODS:
        return _noted(session, number, recipient)
    with installation().sessions.transaction(actor=actor()) as log:
        return _noted(log, number, recipient)


def _noted(log: Session, number: str, recipient: str) -> Checkpoint:
    note_act(log, Action.PRINT, number, recipient)
    return Checkpoint.of(log)
