"""What reconciliation refuses."""

from caseman.database import DomainError


class ReconciliationError(DomainError):
    """The step cannot be taken as the case stands."""


class SamePersonError(ReconciliationError):
    """Somebody who already acted on this case may not act on it again."""
