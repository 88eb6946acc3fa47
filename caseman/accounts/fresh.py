"""Views that ask for the password again when the sign-in is not recent (ASVS 7.5.3)."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security.utils import check_and_update_authn_fresh
from werkzeug.exceptions import Unauthorized

from caseman.accounts.signin import FRESH_FOR
from caseman.web.unit_of_work import SAFE_METHODS

P = ParamSpec("P")
R = TypeVar("R")


def fresh_sign_in(view: Callable[P, R]) -> Callable[P, R | ResponseReturnValue]:
    """Let through who gave the password within ten minutes; goes below ``requires``.

    A page leads to the question and back. A posted form is not lost in a redirect: its page says
    to sign in anew and send it again.
    """

    @wraps(view)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R | ResponseReturnValue:
        if check_and_update_authn_fresh(FRESH_FOR, FRESH_FOR, "session"):
            return view(*args, **kwargs)
        if request.method in SAFE_METHODS:
            return redirect(url_for("security.verify", next=request.full_path.rstrip("?")))
        raise Unauthorized

    return checked
