"""Passwords: what makes one good enough, and how it is hashed and checked.

A check costs some 20 MiB and a twentieth of a second, so it is also a way to exhaust the machine:
at most two run at once in a process, and who waits too long is told to come back.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from zxcvbn import zxcvbn

from caseman.coding import N_
from caseman.database import DomainError

SHORTEST = 15
LONGEST = 1000
SCORED = 72
"""zxcvbn refuses longer texts; what is scored is a copy cut to this length."""
GOOD_SCORE = 3
MEMORY_KIB = 19 * 1024
PASSES = 2
AT_ONCE = 2
PATIENCE = 10.0
"""Seconds that a check waits for its turn."""


class WeakPasswordError(DomainError):
    """The password is too easy to guess."""


class TooBusyError(DomainError):
    """Too many passwords are being checked at this moment."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one hash costs (Argon2id, one lane)."""

    memory_kib: int = MEMORY_KIB
    passes: int = PASSES


def normal_password(text: str) -> str:
    """Return ``text`` so that every keyboard's spelling of it is the same password."""
    return unicodedata.normalize("NFKC", text)


def check_strength(password: str, hints: Sequence[str]) -> None:
    """Refuse a password that is short, well known, or made of ``hints`` such as the name."""
    text = normal_password(password)
    if len(text) < SHORTEST:
        raise WeakPasswordError(
            N_("The password needs at least %(shortest)s characters. A short sentence is good."),
            shortest=SHORTEST,
        )
    if len(text) > LONGEST:
        raise WeakPasswordError(
            N_("The password is longer than %(longest)s characters."), longest=LONGEST
        )
    if zxcvbn(text[:SCORED], user_inputs=_guesses(hints))["score"] < GOOD_SCORE:
        raise WeakPasswordError(
            N_("This password is easy to guess. Take several words that do not belong together.")
        )


def _guesses(hints: Sequence[str]) -> list[str]:
    """Return what somebody who knows ``hints`` tries first."""
    tried = ((hint, "".join(hint.split()), *re.split(r"\W+", hint)) for hint in hints)
    return [word for words in tried for word in words if len(word) > 2]


class Hasher:
    """Hashes and checks passwords, a few at a time."""

    def __init__(self, cost: Cost | None = None, *, patience: float = PATIENCE) -> None:
        cost = cost or Cost()
        self._argon = PasswordHasher(
            time_cost=cost.passes, memory_cost=cost.memory_kib, parallelism=1, type=Type.ID
        )
        self._turns = BoundedSemaphore(AT_ONCE)
        self._patience = patience
        self._nobody = self._argon.hash("nobody's password")
        self.checks = 0
        """Real checks so far; the tests of the throttles count them."""

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=self._patience):
            raise TooBusyError(N_("Too many people are signing in just now. Try again shortly."))
        try:
            yield
        finally:
            self._turns.release()

    def hash(self, password: str) -> str:
        """Return the hash to store for ``password``."""
        with self._turn():
            return self._argon.hash(normal_password(password))

    def verify(self, stored: str | None, password: str) -> bool:
        """Say whether ``password`` is the stored one; as slow where there is none."""
        with self._turn():
            self.checks += 1
            try:
                self._argon.verify(stored or self._nobody, normal_password(password))
            except (VerifyMismatchError, InvalidHashError):
                return False
            return stored is not None

    def is_outdated(self, stored: str) -> bool:
        """Say whether ``stored`` was made at another cost than today's."""
        return self._argon.check_needs_rehash(stored)
