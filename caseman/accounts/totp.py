"""Time-based codes of authenticator apps (RFC 6238), each good for one sign-in only."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeAlias, cast

import segno
from flask import current_app
from flask_security import Security
from flask_security.totp import Totp
from passlib.totp import TotpMatch

from caseman.accounts.models import User
from caseman.web.unit_of_work import session
from caseman.writing import latin_digits

FsUser: TypeAlias = Any
"""An account of ours, where Flask-Security's annotations ask for a class of its own."""

STEP = 30
"""Seconds: clocks may differ by one step, not more."""
QUIET_ZONE = 4


@dataclass(frozen=True, slots=True)
class QrDrawing:
    """A QR code as one SVG path, which a strict content policy lets the page draw."""

    size: int
    path: str

    @classmethod
    def of(cls, text: str) -> "QrDrawing":
        """Draw ``text``."""
        rows = list(segno.make(text, micro=False, error="m").matrix_iter(border=QUIET_ZONE))
        runs = [run for y, row in enumerate(rows) for run in _runs(y, row)]
        return cls(len(rows), "".join(runs))


def _runs(y: int, row: Any) -> list[str]:  # noqa: ANN401 - segno's bytes of 0 and 1
    drawn, x = [], 0
    for dark, cells in groupby(row):
        length = len(list(cells))
        if dark:
            drawn.append(f"M{x} {y}h{length}v1h-{length}z")
        x += length
    return drawn


class SingleUseTotp(Totp):
    """Remembers the last time step that opened the account and refuses it and all before it."""

    def get_last_counter(self, user: FsUser) -> int | None:
        return _in_transaction(user).totp_last_step

    def set_last_counter(self, user: FsUser, tmatch: TotpMatch) -> None:
        _in_transaction(user).totp_last_step = tmatch.counter

    def generate_qrcode(self, username: str, totp: str) -> Any:  # noqa: ANN401 - theirs is a string
        return QrDrawing.of(self.get_totp_uri(username, totp))


def _in_transaction(user: User) -> User:
    return session.get_one(User, user.id)


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key of a second factor that nobody has set up yet."""

    typed: str
    """In base 32, as an authenticator app takes it."""
    stored: str
    """As the account keeps it, before it is sealed."""


def new_key() -> NewKey:
    """Return a key for an account that is made with its second factor, as a demonstration's is."""
    stored = _factory().generate_totp_secret()
    return NewKey(_factory().get_totp_pretty_key(stored).replace("-", ""), stored)


def _factory() -> Totp:
    return cast("Security", current_app.extensions["security"]).totp_factory


def verify_code(user: User, secret: str, code: str) -> bool:
    """Say whether ``code`` belongs to ``secret`` now and has not been used."""
    return bool(_factory().verify_totp(latin_digits(code), secret, cast("Any", user), window=STEP))
