"""Places on a person's page that slices above this one fill: candidates, decisions, samples.

A slice above imports ``add`` and gives a function that draws its part; this slice knows of none.
"""

from collections.abc import Callable

from markupsafe import Markup

from caseman.reports.models import MissingPerson

Draw = Callable[[MissingPerson], str]

_drawers: list[Draw] = []


def add(draw: Draw) -> Draw:
    """Draw ``draw(person)`` on each person's page; what it returns is the HTML of a template."""
    _drawers.append(draw)
    return draw


def drawn(person: MissingPerson) -> list[Markup]:
    """Return what the slices above have to show about ``person``; nothing where one is silent."""
    parts = (draw(person) for draw in _drawers)
    return [Markup(part) for part in parts if part]  # noqa: S704 - rendered by our own templates
