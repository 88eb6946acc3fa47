"""Places on the page of an effect that slices above this one fill: what was recognised.

A slice above imports ``add`` and gives a function that draws its part; this slice knows of none.
"""

from collections.abc import Callable

from markupsafe import Markup

from caseman.effects.models import PersonalEffect

Draw = Callable[[PersonalEffect], str]

_drawers: list[Draw] = []


def add(draw: Draw) -> Draw:
    """Draw ``draw(effect)`` on each page; what it returns is the HTML of a template."""
    _drawers.append(draw)
    return draw


def drawn(effect: PersonalEffect) -> list[Markup]:
    """Return what is to be shown about ``effect``; nothing where one is silent."""
    parts = (draw(effect) for draw in _drawers)
    return [Markup(part) for part in parts if part]  # noqa: S704 - rendered by our own templates
