"""Figures of a laboratory's own: looked at before they count, and run like any other method."""

from caseman.osteology.own.checking import LineRefusedError, OwnRefusedError
from caseman.osteology.own.equations import COLUMNS, own_equation
from caseman.osteology.own.local import NO_OWN, OwnMethods, local_methods
from caseman.osteology.own.phases import (
    INTERVAL_KINDS,
    PHASE_COLUMNS,
    own_phase,
    own_phases,
    phases_of,
)
from caseman.osteology.own.sizes import SIZE_COLUMNS, own_sizes, sizes_of

__all__ = [
    "COLUMNS",
    "INTERVAL_KINDS",
    "NO_OWN",
    "PHASE_COLUMNS",
    "SIZE_COLUMNS",
    "LineRefusedError",
    "OwnMethods",
    "OwnRefusedError",
    "local_methods",
    "own_equation",
    "own_phase",
    "own_phases",
    "own_sizes",
    "phases_of",
    "sizes_of",
]
