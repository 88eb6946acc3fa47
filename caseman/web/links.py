"""Links to pages that may not be there: of another slice, or closed to the reader."""

from flask import current_app, url_for

from caseman.web.guards import may_enter


def link(endpoint: str, **values: object) -> str | None:
    """Return the address of ``endpoint``, or None where it is closed to the reader."""
    if endpoint not in current_app.view_functions or not may_enter(endpoint):
        return None
    return url_for(endpoint, **values)  # type: ignore[arg-type]
