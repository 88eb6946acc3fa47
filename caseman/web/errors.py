"""Error pages in the reader's language, and the one place where errors become statuses."""

import errno
import sqlite3
from http import HTTPStatus
from typing import NamedTuple
from uuid import uuid4

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from caseman.database import DomainError, StaleVersionError
from caseman.web import unit_of_work
from caseman.web.guards import is_signed_in, may_enter
from caseman.web.log import log_failure
from caseman.web.unsent import unsent_form
from caseman.web.words import lazy_gettext, refusal

status_of: dict[type[Exception], int] = {
    DomainError: HTTPStatus.CONFLICT,
    StaleVersionError: HTTPStatus.CONFLICT,
    StaleDataError: HTTPStatus.CONFLICT,
}
"""The status for each domain error; a slice adds its own, a subclass inherits its parent's."""


class Page(NamedTuple):
    """The words of one error page; nobody is blamed, and the next step is named."""

    title: str
    message: str
    what_next: str


UNSENT = Page(
    lazy_gettext("Your form has not been sent"),
    lazy_gettext(
        "You were away for long, or signed in or out in another window. Nothing was stored."
    ),
    lazy_gettext("What you typed is below. Send it again."),
)
PAGES = {
    400: Page(
        lazy_gettext("This request could not be read"),
        lazy_gettext("Nothing was stored."),
        lazy_gettext("Go back, load the page anew and try once more."),
    ),
    401: Page(
        lazy_gettext("Please sign in"),
        lazy_gettext(
            "Your form has not been sent, because you are not signed in. Nothing was stored."
        ),
        lazy_gettext("Sign in in a new window, then come back here and send it again."),
    ),
    403: Page(
        lazy_gettext("This is not open to you"),
        lazy_gettext("Your account does not include this task."),
        lazy_gettext("If your work needs it, ask whoever manages the accounts."),
    ),
    404: Page(
        lazy_gettext("Page not found"),
        lazy_gettext("There is nothing here, or nothing that is open to you."),
        lazy_gettext("Check the address, or search for the record's number."),
    ),
    405: Page(
        lazy_gettext("This cannot be done this way"),
        lazy_gettext("The page exists, but not for this kind of request. Nothing was stored."),
        lazy_gettext("Go back and use the buttons of the page."),
    ),
    409: Page(
        lazy_gettext("Your change has not been stored"),
        lazy_gettext("Somebody else changed this record after you opened it."),
        lazy_gettext("What you typed is below. Open the record anew and enter it again."),
    ),
    413: Page(
        lazy_gettext("This is too large"),
        lazy_gettext(
            "Text and files together are larger than can be sent at once. Nothing was stored."
        ),
        lazy_gettext(
            "Copy what you typed, where it is shown below. Then go back to the form and send fewer "
            "or smaller photographs at a time."
        ),
    ),
    415: Page(
        lazy_gettext("This kind of file is not accepted"),
        lazy_gettext("Nothing was stored."),
        lazy_gettext("Choose a file of one of the kinds that the page names."),
    ),
    422: Page(
        lazy_gettext("Something needs to be corrected"),
        lazy_gettext("Nothing was stored."),
        lazy_gettext("Go back and look at the marked fields."),
    ),
    429: Page(
        lazy_gettext("Too many requests"),
        lazy_gettext("There were more tries than are allowed in a short time. Nothing was stored."),
        lazy_gettext("Wait fifteen minutes, then try again."),
    ),
    500: Page(
        lazy_gettext("Something went wrong here"),
        lazy_gettext("The fault is ours, not yours. Nothing was stored."),
        lazy_gettext("Try again. If it happens again, tell your administrator the number below."),
    ),
    503: Page(
        lazy_gettext("Too busy just now"),
        lazy_gettext("Nothing was stored."),
        lazy_gettext("Wait a minute, then try again."),
    ),
    507: Page(
        lazy_gettext("The storage is full"),
        lazy_gettext("Nothing was stored. What is already stored can still be read."),
        lazy_gettext("Tell your administrator. Keep what you typed until it is stored."),
    ),
}


def error_page(status: int, page: Page | None = None) -> ResponseReturnValue:
    """Return the page for ``status``; what the request wrote is forgotten before it is drawn."""
    unit_of_work.discard()
    title, message, what_next = page or PAGES.get(status) or PAGES[400 if status < 500 else 500]
    html = render_template(
        "errors/error.html",
        status=int(status),
        title=title,
        message=message,
        what_next=what_next,
        unsent=unsent_form(),
        reference=g.get("failure_reference"),
    )
    return html, int(status)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    if error.code is None or error.code < 400:
        return error
    if isinstance(error, CSRFError):
        return error_page(400, UNSENT) if _may_enter() else error_page(401)
    return _with_headers(error, error_page(error.code))


def _may_enter() -> bool:
    """Say whether the reader is signed in, or need not be: a token goes with its session."""
    endpoint = request.endpoint
    return is_signed_in() or (endpoint is not None and may_enter(endpoint))


def _with_headers(error: HTTPException, page: ResponseReturnValue) -> ResponseReturnValue:
    """Keep what the error itself says in headers, such as Allow or Retry-After."""
    own = {"content-type", "content-length"}
    headers = [each for each in error.get_headers() if each[0].lower() not in own]
    return *page, headers  # type: ignore[misc]


def _domain(error: Exception) -> ResponseReturnValue:
    status = next(status_of[kind] for kind in type(error).__mro__ if kind in status_of)
    if not isinstance(error, DomainError):
        return error_page(status)
    page = PAGES.get(status, PAGES[409])
    return error_page(status, page._replace(message=refusal(error)))


def _database(error: OperationalError) -> ResponseReturnValue:
    return _broken(error, _status_of_database(error.orig))


def _status_of_database(cause: BaseException | None) -> int:
    if isinstance(cause, sqlite3.Error):
        return {sqlite3.SQLITE_FULL: 507, sqlite3.SQLITE_BUSY: 503}.get(
            getattr(cause, "sqlite_errorcode", 0) & 0xFF, 500
        )
    state = str(getattr(cause, "sqlstate", None) or "")
    if state == "53100":  # disk_full
        return 507
    # A connection that breaks has no state; 57P: the server is being shut down; 53300: no slot.
    return 503 if state in {"", "53300"} or state.startswith(("57P", "08")) else 500


def _system(error: OSError) -> ResponseReturnValue:
    return _broken(error, 507 if error.errno in {errno.ENOSPC, errno.EDQUOT} else 500)


def _unexpected(error: HTTPException) -> ResponseReturnValue:
    return _broken(getattr(error, "original_exception", None) or error, 500)


def _broken(error: BaseException, status: int) -> ResponseReturnValue:
    g.failure_reference = uuid4().hex[:8]
    log_failure(error, g.failure_reference)
    return error_page(status)


def init_app(app: Flask) -> None:
    """Answer every error with a page."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(500, _unexpected)
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(StaleDataError, _domain)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(OSError, _system)
