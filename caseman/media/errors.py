"""Why a file is refused, in a sentence for the one who sent it."""

from collections.abc import Sequence

from caseman.coding import N_
from caseman.database import DomainError


class FileRefusedError(DomainError):
    """A file cannot be taken as it is."""


class EmptyFileError(FileRefusedError):
    """Nothing arrived."""

    def __init__(self, name: str) -> None:
        super().__init__(N_("“%(name)s” is empty. Choose it again."), name=name)


class FileTooLargeError(FileRefusedError):
    """More bytes than one file may have."""

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(
            N_("“%(name)s” is larger than %(limit)s MB. Send a smaller picture."),
            name=name,
            limit=limit // 1_000_000,
        )


class SoundTooLargeError(FileRefusedError):
    """More bytes than one recording may have."""

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(
            N_("“%(name)s” is larger than %(limit)s MB. Say it in two shorter recordings."),
            name=name,
            limit=limit // 1_000_000,
        )


class UnknownTypeError(FileRefusedError):
    """Neither a photograph nor a document we accept, whatever its name says."""

    def __init__(self, name: str, accepted: Sequence[str]) -> None:
        super().__init__(
            N_("“%(name)s” is not a file of an accepted kind. Accepted are %(accepted)s."),
            name=name,
            accepted=accepted,
        )


class DamagedFileError(FileRefusedError):
    """It begins like one of ours and then cannot be read to its end."""

    def __init__(self, name: str) -> None:
        super().__init__(
            N_(
                "“%(name)s” is damaged or did not arrive whole. "
                "Send it again; if it happens again, take the photograph anew."
            ),
            name=name,
        )


class TooManyPixelsError(FileRefusedError):
    """A picture so large, or so packed, that opening it could stop the server."""

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(
            N_(
                "“%(name)s” has more than %(limit)s million pixels. "
                "Choose a smaller picture size in the camera."
            ),
            name=name,
            limit=limit // 1_000_000,
        )
