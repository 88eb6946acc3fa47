"""One database transaction for one request.

A safe method (GET, HEAD, OPTIONS) gets a session that the database itself keeps from writing.
Any other method gets a writing session, committed before an answer below 400 leaves and rolled
back otherwise. Both open at first use only, because on SQLite a writing session holds the one
write lock: whatever writes in a transaction of its own (throttles, the read log) must do so
before the view first touches ``session``.
"""

from typing import TypeVar

from flask import Flask, Response, current_app, g, has_request_context, request
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.local import LocalProxy

from caseman.database import DomainError
from caseman.web.installation import installation

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

T = TypeVar("T")


def _current() -> Session:
    if "session" not in g:
        sessions = installation().sessions
        g.session = sessions.read() if request.method in SAFE_METHODS else sessions.write()
        for hook in installation().on_session_open:
            hook(g.session)
    opened: Session = g.session
    return opened


session: Session = LocalProxy(_current)  # type: ignore[assignment]
"""The session of the current request."""


def found(row: T | None) -> T:
    """Return the row; answer 404 where there is none, or none within the reader's scope."""
    if row is None:
        raise NotFound
    return row


def is_open() -> bool:
    """Say whether the current request has begun its transaction."""
    return has_request_context() and "session" in g


def discard() -> None:
    """Forget everything the current request wrote; the session stays usable for reading."""
    if is_open():
        g.session.rollback()


def show_again() -> None:
    """Let the request change nothing, although its answer is no refusal: it shows a form again.

    Nor is the form's key used up: the form is sent for good later, under the same key.
    """
    g.shown_again = True
    discard()


def _commit(response: Response) -> None:
    for hook in installation().before_commit:
        hook(g.session, response)
    g.session.commit()


def _finish(response: Response) -> Response:
    if not is_open():
        return response
    unsent = request.method in SAFE_METHODS or "shown_again" in g
    if unsent or response.status_code >= 400:
        discard()
        return response
    try:
        _commit(response)
    except (SQLAlchemyError, DomainError, OSError) as error:
        # The same handlers as for a view; an error without one becomes a 500.
        return current_app.make_response(current_app.handle_user_exception(error))
    return response


def _close(_error: BaseException | None) -> None:
    opened: Session | None = g.pop("session", None)
    if opened is not None:
        opened.close()


def init_app(app: Flask) -> None:
    """Commit or roll back after each request."""
    app.after_request(_finish)
    app.teardown_request(_close)
