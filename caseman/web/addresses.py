"""Addresses that came from outside and where it is safe to lead people with them."""

from urllib.parse import urlsplit


def safe_path(target: str | None, *, default: str = "/") -> str:
    """Return ``target`` if it is a path on this site, else ``default``.

    Browsers read a backslash as a slash and skip control characters, so both are refused.
    """
    if not target or not target.startswith("/") or "\\" in target or not target.isprintable():
        return default
    parts = urlsplit(target)
    is_local = not parts.scheme and not parts.netloc and not target.startswith("//")
    return target if is_local else default
