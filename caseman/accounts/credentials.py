"""Checks of passwords and codes, each behind a throttle that counts before anything is hashed.

They run before the request's transaction opens: on SQLite that one would hold the write lock
while a password is hashed. An unknown name costs the same hash, the same entry in the trail and
the same answer as a known one.
"""

from dataclasses import dataclass

from flask import request

from caseman.accounts.models import User
from caseman.accounts.queries import user_named
from caseman.accounts.state import hasher
from caseman.accounts.throttles import spend_password
from caseman.accounts.usernames import LONGEST, normal_username
from caseman.audit.codes import Action
from caseman.audit.recorder import PUBLIC, note_act
from caseman.web import unit_of_work
from caseman.web.installation import installation
from caseman.web.unit_of_work import session

UNKNOWN = "unknown account"
"""What the trail shows for a name that no account has: people type passwords there."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A password that was right."""

    user_id: int
    new_hash: str | None = None
    """The password hashed anew, where the stored hash was made at another cost."""

    def account(self) -> User | None:
        """Return the account within the request's transaction, its hash brought up to date."""
        user = session.get(User, self.user_id)
        if user is not None and self.new_hash is not None:
            user.password = self.new_hash
        return user


def check_password(username: str, password: str) -> Checked | None:
    """Return whose password it is; None for any kind of failure, which it records."""
    if unit_of_work.is_open():
        message = "a password is checked before the request's transaction begins"
        raise RuntimeError(message)
    name = normal_username(username)[:LONGEST]
    spend_password(name, request.remote_addr)
    with installation().sessions.read() as reader:
        user = user_named(reader, name)
        stored = user.password if user is not None and user.active else None
    if not hasher().verify(stored, password) or user is None or stored is None:
        note_refusal("password", name if user is not None else UNKNOWN)
        return None
    outdated = hasher().is_outdated(stored)
    return Checked(user.id, hasher().hash(password) if outdated else None)


def note_refusal(what: str, subject: str) -> None:
    """Record a failed try in a transaction of its own, since the request's is rolled back."""
    with installation().sessions.transaction(actor=PUBLIC) as log:
        note_act(log, Action.REFUSED, subject, reason=what)
