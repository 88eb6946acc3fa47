"""What this slice refuses."""

from caseman.coding import N_
from caseman.database import DomainError


class ReasonMissingError(DomainError):
    """A step that must be explained came without a reason."""

    def __init__(self) -> None:
        super().__init__(N_("Please write why, in a few words."))


class TooManyVoiceNotesError(DomainError):
    """A report holds as many recordings as one may."""

    def __init__(self) -> None:
        super().__init__(
            N_("No more recordings can be kept with this report. Write it, or tell us by phone.")
        )


class NumberTakenError(DomainError):
    """The number of a paper form belongs to a report already."""

    def __init__(self, number: str) -> None:
        super().__init__(
            N_("A report with the number %(number)s is already here. Look it up first."),
            number=number,
        )


class SearchClosedError(DomainError):
    """The search for this person is closed."""

    def __init__(self, number: str) -> None:
        super().__init__(
            N_("The search for %(number)s is closed. Open it again first."), number=number
        )


class NotOpenError(DomainError):
    """The step does not fit where the search stands."""

    def __init__(self) -> None:
        super().__init__(N_("This step does not fit where the search stands now."))


class LinkedOnError(DomainError):
    """A link cannot be undone before the one that was made after it."""

    def __init__(self, number: str) -> None:
        super().__init__(
            N_("%(number)s was linked to another person since. Undo that link first."),
            number=number,
        )


class NotCallableError(DomainError):
    """Nobody may call: the family asked for it, or left no way."""

    def __init__(self) -> None:
        super().__init__(N_("This family is not to be called."))


class AlreadySharedError(DomainError):
    """The partner reads this report already."""

    def __init__(self) -> None:
        super().__init__(N_("This report is open to that partner already."))


class RefusedByFamilyError(DomainError):
    """A family of this missing person wants that partner to read nothing."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "A family that reported this person said no to that partner. "
                "As long as it does, nobody opens a report about them there."
            )
        )


class UnknownPersonError(DomainError):
    """A report names a person who is not here."""

    def __init__(self) -> None:
        super().__init__(N_("The missing person that this report names was not found."))


class AccessDeniedError(DomainError):
    """Reference and secret do not belong together, whichever of the two is wrong."""

    def __init__(self) -> None:
        super().__init__(N_("Reference and secret number do not belong together."))


class KinRefusedError(DomainError):
    """The tree cannot hold the relative so."""


class ConsentError(DomainError):
    """There is no consent in force for what is asked."""
