"""Giving and taking roles (security.md, S3, S4, S5, S8, S10)."""

from datetime import timedelta

from sqlalchemy.orm import Session

from caseman.accounts.models import RoleGrant, User
from caseman.accounts.services.rules import (
    end_sessions,
    refuse_losing,
    refuse_own,
    refuse_same_person,
)
from caseman.coding import N_
from caseman.database import DomainError, now
from caseman.permissions import BLIND_ROLES, CASE_ROLES, SENSITIVE_ROLES, Role

SENSITIVE_FOR = timedelta(days=365)


class RoleConflictError(DomainError):
    """The role does not go with what the account has already."""


class GrantStateError(DomainError):
    """The grant is not in the state that this step needs."""


def grant(session: Session, user: User, role: Role, by: User | None) -> RoleGrant:
    """Give a role. A sensitive one waits for a second person; the operator's holds at once."""
    refuse_own(user, by)
    _refuse_conflict(user, role)
    sensitive = role in SENSITIVE_ROLES
    given = RoleGrant(
        user=user,
        role=role,
        granted_by_id=by.id if by else None,
        needs_confirmation=sensitive and by is not None,
        expires_at=now() + SENSITIVE_FOR if sensitive else None,
    )
    session.add(given)
    end_sessions(user)
    session.flush()
    return given


def _refuse_conflict(user: User, role: Role) -> None:
    held = {given.role for given in user.grants if _is_open(given)}
    if role in held:
        raise RoleConflictError(N_("The account has this role already."))
    alone = {Role.AUDITOR}
    if held and (role in alone or held & alone):
        raise RoleConflictError(N_("An auditor holds no other role. Use another account."))
    if Role.ADMINISTRATOR in held | {role} and (held | {role}) & CASE_ROLES:
        raise RoleConflictError(N_("An administrator holds no role in casework."))
    if (held | {role}) & BLIND_ROLES and (held | {role}) - BLIND_ROLES:
        raise RoleConflictError(
            N_("A DNA analyst works on codes and holds no other role. Use another account.")
        )


def _is_open(given: RoleGrant) -> bool:
    expired = given.expires_at is not None and given.expires_at <= now()
    return given.revoked_at is None and not expired


def confirm(session: Session, given: RoleGrant, by: User) -> None:
    """Put a sensitive role in force, as a second person, for twelve months."""
    if not _is_open(given) or not given.needs_confirmation or given.confirmed_at is not None:
        raise GrantStateError(N_("This role does not wait for a second person."))
    refuse_own(given.user, by)
    refuse_same_person(given.granted_by_id, by, session)
    given.confirmed_by_id = by.id
    given.confirmed_at = now()
    given.expires_at = now() + SENSITIVE_FOR
    end_sessions(given.user)
    session.flush()


def revoke(session: Session, given: RoleGrant, by: User | None) -> None:
    """Take a role away, or refuse one that waits."""
    refuse_own(given.user, by)
    if not _is_open(given):
        raise GrantStateError(N_("This role is not in force."))
    refuse_losing(session, given.user, frozenset({given.role}))
    given.revoked_at = now()
    end_sessions(given.user)
    session.flush()


def refuse(session: Session, given: RoleGrant, by: User) -> None:
    """Refuse, as the second person, a role that waits."""
    refuse_own(given.user, by)
    if not _is_open(given) or not given.needs_confirmation or given.confirmed_at is not None:
        raise GrantStateError(N_("This role does not wait for a second person."))
    given.revoked_at = now()
    session.flush()
