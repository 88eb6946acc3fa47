"""Reads of custody, each within a scope."""

from caseman.custody.queries.agreement import Mismatch, mismatch
from caseman.custody.queries.exhibits import (
    ExhibitFilter,
    begins_with,
    exhibit_by_number,
    exhibits,
    exhibits_by_number,
    filtered,
)
from caseman.custody.queries.path import (
    Gap,
    Hand,
    Step,
    clocks_disagree,
    path_of,
    paths_of,
    steps,
)
from caseman.custody.queries.places import Shelf, above, place_by_id, places, shelves, within
from caseman.custody.queries.transfers import transfer_by_number, transfers

__all__ = [
    "ExhibitFilter",
    "Gap",
    "Hand",
    "Mismatch",
    "Shelf",
    "Step",
    "above",
    "begins_with",
    "clocks_disagree",
    "exhibit_by_number",
    "exhibits",
    "exhibits_by_number",
    "filtered",
    "mismatch",
    "path_of",
    "paths_of",
    "place_by_id",
    "places",
    "shelves",
    "steps",
    "transfer_by_number",
    "transfers",
    "within",
]
