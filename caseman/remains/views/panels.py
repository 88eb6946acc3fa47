"""Places on the page of remains that slices above this one fill: effects, samples, decisions.

A slice above imports ``add`` and gives a function that draws its part; this slice knows of none.
"""

from collections.abc import Callable

from markupsafe import Markup

from caseman.remains.models import Remains

Draw = Callable[[Remains], str]

_drawers: list[Draw] = []


def add(draw: Draw) -> Draw:
    """Draw ``draw(remains)`` on each page; what it returns is the HTML of a template."""
    _drawers.append(draw)
    return draw


def drawn(remains: Remains) -> list[Markup]:
    """Return what the slices above have to show; nothing where one is silent."""
    parts = (draw(remains) for draw in _drawers)
    return [Markup(part) for part in parts if part]  # noqa: S704 - rendered by our own templates
