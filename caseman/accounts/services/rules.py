"""Rules that every change of an account keeps, whoever makes it."""

from uuid import uuid4

from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.accounts.queries import holders
from caseman.coding import N_
from caseman.database import DomainError
from caseman.permissions import Role

INDISPENSABLE = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
"""Roles of which the last holder cannot be lost (security.md, S10)."""


class OwnAccountError(DomainError):
    """Nobody changes what they themselves may do, under any of their accounts."""


class SamePersonError(DomainError):
    """Two signatures must come from two human beings."""


class LastHolderError(DomainError):
    """The installation would be left without its only administrator or auditor."""


def refuse_own(user: User, by: User | None) -> None:
    """Refuse ``by`` to act on an account of the same person; None is the operator."""
    if by is not None and by.person_id == user.person_id:
        raise OwnAccountError(N_("Nobody changes their own account here. Ask somebody else."))


def refuse_same_person(first_id: int | None, second: User, session: Session) -> None:
    """Refuse ``second`` to sign what another account of the same person has signed."""
    first = session.get(User, first_id) if first_id is not None else None
    if first is not None and first.person_id == second.person_id:
        raise SamePersonError(N_("The second signature must come from another person."))


def refuse_losing(session: Session, user: User, roles: frozenset[Role]) -> None:
    """Refuse to take ``roles`` from ``user`` if nobody else would hold one of them."""
    for role in sorted(roles & INDISPENSABLE):
        others = [each for each in holders(session, role) if each.id != user.id]
        if role in user.live_roles and not others:
            raise LastHolderError(
                N_("%(name)s is the only one with this role. Give it to somebody else first."),
                name=user.person.name,
            )


def end_sessions(user: User) -> None:
    """End every session of ``user`` with this transaction, and every sign-in half done."""
    user.session_epoch += 1
    user.fs_uniquifier = uuid4().hex
