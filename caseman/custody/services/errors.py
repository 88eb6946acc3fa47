"""What custody refuses."""

from caseman.database import DomainError


class CustodyError(DomainError):
    """A storage place or a hand-over cannot be recorded as asked."""


class DuplicatePlaceCodeError(CustodyError):
    """Another storage place of the operation bears this code."""


class PlaceInItselfError(CustodyError):
    """A place cannot lie in itself, nor in a place that lies in it."""


class TooManyPlotsError(CustodyError):
    """A row of plots cannot be laid out so."""
