"""Who may enter: every view names a permission, and one that names none answers 500."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import Forbidden, Unauthorized

from caseman.permissions import NOBODY, Permission, Scope
from caseman.web.installation import installation
from caseman.web.unit_of_work import SAFE_METHODS

P = ParamSpec("P")
R = TypeVar("R")


class UnguardedViewError(RuntimeError):
    """A view names no permission, so nobody may see it."""


def is_signed_in() -> bool:
    """Say whether the request comes from somebody with an account."""
    return hasattr(current_app, "login_manager") and bool(current_user.is_authenticated)


def current_scope() -> Scope:
    """Return what the reader of the current request may see, worked out once for each reader."""
    if not is_signed_in():
        return NOBODY
    reader = current_user._get_current_object()  # noqa: SLF001 - the documented way past the proxy
    known: tuple[object, Scope] | None = g.get("scope_of")
    if known is None or known[0] is not reader:
        g.scope_of = known = (reader, reader.scope)
    return known[1]


def may(*permissions: Permission) -> bool:
    """Say whether the reader holds any of ``permissions``."""
    if Permission.PUBLIC in permissions:
        return True
    if not is_signed_in():
        return False
    scope = current_scope()
    return Permission.SIGNED_IN in permissions or any(scope.may(each) for each in permissions)


def requires(
    permission: Permission, *more: Permission, beside: Permission | None = None
) -> Callable[[Callable[P, R]], Callable[P, R | ResponseReturnValue]]:
    """Let only those who hold ``permission``, or one of ``more``, reach the view.

    Where ``beside`` is named, they must hold that one too.
    A missing permission closes a whole area (403); a row outside the reader's scope is simply
    not there (404, by ``unit_of_work.found``).
    """
    permissions = (permission, *more)

    def decorate(view: Callable[P, R]) -> Callable[P, R | ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R | ResponseReturnValue:
            if may(*permissions) and (beside is None or may(beside)):
                return view(*args, **kwargs)
            if is_signed_in():
                raise Forbidden
            return _ask_to_sign_in()

        guarded.permission = permission  # type: ignore[attr-defined]
        guarded.permissions = permissions  # type: ignore[attr-defined]
        guarded.beside = beside  # type: ignore[attr-defined]
        return guarded

    return decorate


def permissions_of(app: Flask, endpoint: str) -> tuple[Permission, ...]:
    """Return the permissions any of which opens ``endpoint``; empty where it names none."""
    return getattr(app.view_functions[endpoint], "permissions", ())


def may_enter(endpoint: str) -> bool:
    """Say whether ``endpoint`` is open to the reader."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    beside = permission_beside(app, endpoint)
    return may(*permissions_of(app, endpoint)) and (beside is None or may(beside))


def permission_beside(app: Flask, endpoint: str) -> Permission | None:
    """Return the permission that ``endpoint`` asks for beside one of those, if it does."""
    return getattr(app.view_functions[endpoint], "beside", None)


def open_to_all(app: Flask, *endpoints: str) -> None:
    """Mark views that a library registered, such as static files, as public."""
    for endpoint in endpoints:
        view: Callable[..., Any] = app.view_functions[endpoint]
        app.view_functions[endpoint] = requires(Permission.PUBLIC)(view)


def _ask_to_sign_in() -> ResponseReturnValue:
    endpoint = installation().sign_in_endpoint
    # A form that was posted must not vanish in a redirect, nor a fragment become a whole page.
    if request.method not in SAFE_METHODS or endpoint is None or "HX-Request" in request.headers:
        raise Unauthorized
    return redirect(url_for(endpoint, next=request.full_path.rstrip("?")))


def _refuse_unguarded() -> None:
    if request.endpoint and not permissions_of(current_app, request.endpoint):
        raise UnguardedViewError(request.endpoint)


def init_app(app: Flask) -> None:
    """Close every view that names no permission."""
    app.before_request(_refuse_unguarded)
    app.jinja_env.globals["may"] = may
    app.jinja_env.globals["Permission"] = Permission
