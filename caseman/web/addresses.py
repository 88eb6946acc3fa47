"""Addresses: those that came from outside, and those of this page under other filters."""

from typing import Any
from urllib.parse import urlsplit

from flask import request, url_for
from werkzeug.routing import IntegerConverter, Map

LARGEST_ROW_ID = 2**63 - 1


class RowIdConverter(IntegerConverter):
    """A whole number in an address; one that no database can hold is an address of nothing."""

    def __init__(self, url_map: Map, **options: Any) -> None:  # noqa: ANN401 - Werkzeug's
        super().__init__(url_map, **{"max": LARGEST_ROW_ID, **options})


def safe_path(target: str | None, *, default: str = "/") -> str:
    """Return ``target`` if it is a path on this site, else ``default``.

    Browsers read a backslash as a slash and skip control characters, so both are refused.
    """
    if not target or not target.startswith("/") or "\\" in target or not target.isprintable():
        return default
    parts = urlsplit(target)
    is_local = not parts.scheme and not parts.netloc and not target.startswith("//")
    return target if is_local else default


def here(**changes: str | None) -> str:
    """Return the address of this page with ``changes`` of its query; None takes one out.

    Another filter or order begins at the first page again.
    """
    query: dict[str, object] = dict(request.args.to_dict(flat=False))
    query.pop("after", None)
    query.update(changes)
    kept = {name: value for name, value in query.items() if value is not None}
    return url_for(request.endpoint or "", **{**(request.view_args or {}), **kept})
