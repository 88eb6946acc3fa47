"""Destroys keys of subjects once the transaction that asks for it is committed, never before.

A key that were destroyed first would be gone for a change that is rolled back; one that is
destroyed after the commit may survive a power cut, so whoever shreds queues a job as well.
"""

from collections.abc import Iterable
from typing import Final, cast

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from caseman.sealing.keys import Keyring

_ASKED: Final = "keys to destroy"


def shred(session: Session, subjects: Iterable[str]) -> None:
    """Destroy the keys of ``subjects`` as soon as ``session`` has committed."""
    session.info.setdefault(_ASKED, set()).update(subjects)


@event.listens_for(Session, "after_commit")
def _destroy(session: Session) -> None:
    if session.in_nested_transaction():
        return
    keyring = cast("Keyring | None", session.info.get("keyring"))
    for subject in session.info.pop(_ASKED, ()):
        if keyring is not None:
            keyring.destroy(subject)


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, _previous: SessionTransaction) -> None:
    session.info.pop(_ASKED, None)
