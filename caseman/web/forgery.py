"""Requests forged by other sites are refused: by where they come from, then by token.

Our own pages send no referrer, so browsers send ``Origin: null`` with our own forms; only an
Origin that names another host proves anything. The token decides what is left.
"""

from urllib.parse import urlsplit

from flask import Flask, request
from flask_wtf import CSRFProtect
from werkzeug.exceptions import Forbidden

from caseman.web.unit_of_work import SAFE_METHODS

csrf = CSRFProtect()


def comes_from_here() -> bool:
    """Say whether the browser vouches that one of our own pages sent this."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def _refuse_cross_site() -> None:
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in {"same-origin", "none"}:
        raise Forbidden
    origin = request.headers.get("Origin", "null")
    if site is None and origin != "null" and urlsplit(origin).netloc != request.host:
        raise Forbidden


def init_app(app: Flask) -> None:
    """Check every unsafe request before anything else reads it."""
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # as long as the session: long forms take hours
    app.config["WTF_CSRF_SSL_STRICT"] = False  # it wants the referrer that we do not send
    app.before_request(_refuse_cross_site)
    csrf.init_app(app)
