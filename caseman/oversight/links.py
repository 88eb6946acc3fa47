"""Where a figure leads: to the list behind it, where the reader may open that list."""

from flask import current_app, url_for

from caseman.web.guards import may, permissions_of

REMAINS = "remains.index"
PERSONS = "reports.index"
PAIRINGS = "identification.index"
SITE = "sites.show"
FAMILY = "family.start"


def link(endpoint: str, **values: object) -> str | None:
    """Return the address of ``endpoint``, or None where it is closed to the reader."""
    if endpoint not in current_app.view_functions:
        return None
    if not may(*permissions_of(current_app._get_current_object(), endpoint)):  # type: ignore[attr-defined]  # noqa: SLF001
        return None
    return url_for(endpoint, **values)  # type: ignore[arg-type]
