"""What can be done with exhibits: keep them somewhere, hand them over, count them at both ends."""

from caseman.custody.services.errors import (
    CustodyError,
    DuplicatePlaceCodeError,
    PlaceInItselfError,
    TooManyPlotsError,
)
from caseman.custody.services.handing import hand_over, register_exhibit
from caseman.custody.services.places import add_place, correct_place
from caseman.custody.services.plots import describe_plot, lay_out, locate_plot
from caseman.custody.services.receiving import expected, receive

__all__ = [
    "CustodyError",
    "DuplicatePlaceCodeError",
    "PlaceInItselfError",
    "TooManyPlotsError",
    "add_place",
    "correct_place",
    "describe_plot",
    "expected",
    "hand_over",
    "lay_out",
    "locate_plot",
    "receive",
    "register_exhibit",
]
