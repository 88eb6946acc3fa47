"""Reads of custody, each within a scope."""

from caseman.custody.queries.agreement import Mismatch, mismatch
from caseman.custody.queries.exhibits import (
    ExhibitFilter,
    conditions,
    exhibit_by_number,
    exhibits,
    exhibits_by_number,
    filtered,
    how_many_exhibits,
    listed_exhibits,
)
from caseman.custody.queries.figures import Open, still_open
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
from caseman.custody.queries.plots import Plot, burials, plot_at, plots_of, still_lies
from caseman.custody.queries.transfers import (
    as_listed,
    disagreeing,
    how_many,
    listed_counts,
    numbers_seen,
    transfer_by_number,
    transfers,
    waiting,
)

__all__ = [
    "ExhibitFilter",
    "Gap",
    "Hand",
    "Mismatch",
    "Open",
    "Plot",
    "Shelf",
    "Step",
    "above",
    "as_listed",
    "burials",
    "clocks_disagree",
    "conditions",
    "disagreeing",
    "exhibit_by_number",
    "exhibits",
    "exhibits_by_number",
    "filtered",
    "how_many",
    "how_many_exhibits",
    "listed_counts",
    "listed_exhibits",
    "mismatch",
    "numbers_seen",
    "path_of",
    "paths_of",
    "place_by_id",
    "places",
    "plot_at",
    "plots_of",
    "shelves",
    "steps",
    "still_lies",
    "still_open",
    "transfer_by_number",
    "transfers",
    "waiting",
    "within",
]
