"""Places on a person's page that slices above this one fill: candidates, decisions, samples.

A slice above imports ``add`` and gives a function that draws its part; this slice knows of none.
"""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from caseman.reports.models import MissingPerson

Draw = Callable[[MissingPerson], str]

_drawers: list[Draw] = []
_of_tree: list[Draw] = []


def add(draw: Draw) -> Draw:
    """Draw ``draw(person)`` on each person's page; what it returns is the HTML of a template."""
    _drawers.append(draw)
    return draw


def add_to_tree(draw: Draw) -> Draw:
    """Draw ``draw(person)`` on the page of each person's family tree."""
    _of_tree.append(draw)
    return draw


def drawn(person: MissingPerson) -> list[Markup]:
    """Return what the slices above have to show about ``person``; nothing where one is silent."""
    return _drawn(person, _drawers)


def drawn_of_tree(person: MissingPerson) -> list[Markup]:
    """Return what they have to show about the family of ``person``."""
    return _drawn(person, _of_tree)


def _drawn(person: MissingPerson, drawers: Sequence[Draw]) -> list[Markup]:
    parts = (draw(person) for draw in drawers)
    return [Markup(part) for part in parts if part]  # noqa: S704 - rendered by our own templates
