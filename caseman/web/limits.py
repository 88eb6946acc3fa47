"""Coarse limits for each address, kept in memory; what protects secrets is in ``throttle``.

Each worker counts for itself, so with four workers four times as much passes. That is enough to
keep a scanner from filling the log, and not enough for anything else.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from caseman.web.guards import is_signed_in
from caseman.web.installation import installation

V = TypeVar("V", bound=Callable[..., Any])

limiter = Limiter(
    get_remote_address,
    default_limits=[lambda: installation().config.anonymous_rate],
    default_limits_exempt_when=lambda: request.endpoint == "static" or is_signed_in(),
    storage_uri="memory://",
)


def at_most(rate: str) -> Callable[[V], V]:
    """Limit a public form to ``rate`` posts of one address, such as ``20/hour``."""
    return cast("Callable[[V], V]", limiter.limit(rate, methods=["POST"]))


def body_up_to(size: int) -> None:
    """Let the current request's body be at most ``size`` bytes; call it before reading a form."""
    request.max_content_length = size


def init_app(app: Flask) -> None:
    """Count requests."""
    limiter.init_app(app)
