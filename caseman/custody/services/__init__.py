"""What can be done with exhibits: keep them somewhere, hand them over, count them at both ends."""

from caseman.custody.services.errors import (
    CustodyError,
    DuplicatePlaceCodeError,
    PlaceInItselfError,
)
from caseman.custody.services.handing import hand_over, register_exhibit
from caseman.custody.services.places import add_place, correct_place
from caseman.custody.services.receiving import expected, receive

__all__ = [
    "CustodyError",
    "DuplicatePlaceCodeError",
    "PlaceInItselfError",
    "add_place",
    "correct_place",
    "expected",
    "hand_over",
    "receive",
    "register_exhibit",
]
