"""How often somebody may try: counted in the database before anything is hashed or compared.

No account is ever locked, or anybody could lock a person out. One address gets half of an
account's tries, so that the other half is left for its owner, elsewhere.
"""

from datetime import timedelta

from sqlalchemy.orm import Session

from caseman.coding import N_
from caseman.database import DomainError
from caseman.web.installation import installation
from caseman.web.throttle import allow, forget

WINDOW = timedelta(minutes=15)
PER_ADDRESS = 100
"""An office behind one address has many people."""
PER_ACCOUNT = 10
PER_ACCOUNT_AND_ADDRESS = 5


class TooManyTriesError(DomainError):
    """There were too many tries; the answer is the same whether the account exists or not."""


def spend_password(username: str, address: str | None) -> None:
    """Count a try of a password."""
    _spend("password", username, address)


def spend_code(session_key: str, address: str | None) -> None:
    """Count a try of a second factor, of whatever kind."""
    _spend("second factor", session_key, address)


def spend_invitation(username: str, address: str | None) -> None:
    """Count a try of a one-time code."""
    _spend("invitation", username, address)


def forgive_passwords(session: Session, username: str, address: str | None) -> None:
    """Forget tries of this account once it is signed in, so that its owner is never kept out.

    Those of the address stay: one account of one's own must not pay for guesses at others.
    """
    for key, limit in _limits("password", username, address):
        if limit != PER_ADDRESS:
            forget(session, key)


def _spend(what: str, account: str, address: str | None) -> None:
    sessions = installation().sessions
    for key, limit in _limits(what, account, address):
        if not allow(sessions, key, limit=limit, window=WINDOW):
            raise TooManyTriesError(N_("There were too many tries. Wait fifteen minutes."))


def _limits(what: str, account: str, address: str | None) -> tuple[tuple[str, int], ...]:
    """Return the keys under which a try counts, each with its limit."""
    return (
        (f"{what}|address|{address}", PER_ADDRESS),
        (f"{what}|both|{address}|{account}", PER_ACCOUNT_AND_ADDRESS),
        (f"{what}|account|{account}", PER_ACCOUNT),
    )
