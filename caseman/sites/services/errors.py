"""What a site refuses."""

from caseman.database import DomainError


class SiteError(DomainError):
    """A site, feature or number cannot be as asked."""


class DuplicateSiteCodeError(SiteError):
    """Another site already bears this code."""


class NumberTakenError(SiteError):
    """A number lies in a block of another team, or was given out before."""
