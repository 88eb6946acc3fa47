"""What is refused, in sentences for the person who asked."""

from caseman.coding import N_
from caseman.database import DomainError
from caseman.remains.codes import RemainsStatus


class RemainsError(DomainError):
    """Remains, or their number, cannot be as asked."""


class NumberUsedError(RemainsError):
    """A number written by hand already has its record."""

    def __init__(self, number: str) -> None:
        super().__init__(
            N_("%(number)s is already recorded. Check the label against the record."),
            number=number,
        )


class NumberNotIssuedError(RemainsError):
    """A number written by hand was never printed on a form for this team and feature."""

    def __init__(self, number: str) -> None:
        super().__init__(
            N_(
                "%(number)s was not printed on a form for your team here. "
                "Check the number, or leave it empty to get the next one."
            ),
            number=number,
        )


class NumberOfTeamError(RemainsError):
    """A number written by hand was printed on a form of another team."""

    def __init__(self, number: str, team: str) -> None:
        super().__init__(
            N_(
                "%(number)s was printed for team %(team)s. If it stands on your bag, forms were "
                "mixed up: ask that team, and leave it empty here to get the next number of yours."
            ),
            number=number,
            team=team,
        )


class VoidedError(RemainsError):
    """A voided number holds nothing that could change."""

    def __init__(self, number: str) -> None:
        super().__init__(
            N_("%(number)s is voided. Restore it first, if it was voided by mistake."),
            number=number,
        )


class NotVoidedError(RemainsError):
    """Only a voided number can be restored."""

    def __init__(self, number: str) -> None:
        super().__init__(N_("%(number)s is not voided."), number=number)


class StillHeldError(RemainsError):
    """A number cannot be voided while something else rests on it."""

    def __init__(self, number: str, effects: int) -> None:
        super().__init__(
            N_(
                "%(effects)s effects are recorded under %(number)s. "
                "Move them to where they belong, or void them, and then void the number."
            ),
            number=number,
            effects=effects,
        )


class SameFeatureError(RemainsError):
    """A move that leads nowhere."""

    def __init__(self, number: str) -> None:
        super().__init__(N_("%(number)s is already in this feature."), number=number)


class StatusRefusedError(RemainsError):
    """One status cannot follow the other."""

    def __init__(self, number: str, before: RemainsStatus, after: RemainsStatus) -> None:
        super().__init__(
            N_("The status of %(number)s cannot change in this way. Choose one of those offered."),
            number=number,
        )
        self.before, self.after = before, after


class DecidedError(RemainsError):
    """A number on which a decision rests is neither voided nor moved."""

    def __init__(self, number: str) -> None:
        super().__init__(
            N_(
                "A decision about %(number)s is made or under way. "
                "It must be revoked before the number is voided."
            ),
            number=number,
        )


class TooManyAlikeError(RemainsError):
    """More bones alike than one line of an inventory counts."""

    def __init__(self, most: int) -> None:
        super().__init__(
            N_(
                "One line counts at most %(most)s bones alike, with those already in it. "
                "Check the number."
            ),
            most=most,
        )


class JoinedTogetherError(RemainsError):
    """Fragments counted together are said to fit to others."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Only a fragment that has a line for itself can be said to fit to others. "
                "Remove this line, and add its fragments one by one."
            )
        )


class SampleRefusedError(RemainsError):
    """A sample is voided already, or has gone to a laboratory under a code."""

    def __init__(self, number: str) -> None:
        super().__init__(
            N_("%(number)s is voided, or has a code for the laboratory: it stays as it is."),
            number=number,
        )
