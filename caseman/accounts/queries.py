"""Reads of accounts, roles, teams and sessions."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, selectinload

from caseman.accounts.codes import AccountState, GrantState
from caseman.accounts.models import (
    Invitation,
    Membership,
    Operation,
    Person,
    RoleGrant,
    SecondFactorReset,
    ServerSession,
    Team,
    User,
)
from caseman.accounts.usernames import normal_username
from caseman.database import now
from caseman.permissions import Role


def user_named(session: Session, username: str) -> User | None:
    """Return the account of that name, however it was typed."""
    return session.scalar(select(User).where(User.username == normal_username(username)))


def all_users(session: Session, search: str = "") -> Sequence[User]:
    """Return the accounts, active ones first, by name; ``search`` looks into both names."""
    query = select(User).join(User.person).order_by(User.active.desc(), Person.name, User.username)
    if search:
        query = query.where(
            or_(
                User.username.contains(normal_username(search), autoescape=True),
                Person.name.icontains(search.strip(), autoescape=True),
            )
        )
    return session.scalars(query).all()


def all_persons(session: Session) -> Sequence[Person]:
    """Return everybody who has, or had, an account."""
    return session.scalars(select(Person).order_by(Person.name)).all()


def holders(session: Session, role: Role) -> list[User]:
    """Return the active accounts for which ``role`` is in force."""
    given = select(RoleGrant.user_id).where(RoleGrant.role == role)
    query = select(User).where(User.id.in_(given), User.active)
    return [user for user in session.scalars(query) if role in user.live_roles]


def account_state(user: User) -> AccountState:
    """Return how far the account has come."""
    if not user.active:
        return AccountState.INACTIVE
    if user.password is None:
        return AccountState.INVITED
    return AccountState.ACTIVE if user.tf_primary_method else AccountState.NO_SECOND_FACTOR


def grant_state(given: RoleGrant, at: datetime) -> GrantState:
    """Return whether a role is in force at ``at``, and if not, why."""
    if given.revoked_at is not None:
        return GrantState.REVOKED
    if given.expires_at is not None and given.expires_at <= at:
        return GrantState.EXPIRED
    return GrantState.IN_FORCE if given.in_force(at) else GrantState.WAITING


def waiting_grants(session: Session) -> Sequence[RoleGrant]:
    """Return the sensitive roles that wait for a second person, the oldest first."""
    query = (
        select(RoleGrant)
        .where(
            RoleGrant.needs_confirmation,
            RoleGrant.confirmed_at.is_(None),
            RoleGrant.revoked_at.is_(None),
            or_(RoleGrant.expires_at.is_(None), RoleGrant.expires_at > now()),
        )
        .order_by(RoleGrant.granted_at)
        .options(selectinload(RoleGrant.user))
    )
    return session.scalars(query).all()


def open_invitations(session: Session, user: User) -> Sequence[Invitation]:
    """Return the invitations of ``user`` that still open the account."""
    query = select(Invitation).where(
        Invitation.user_id == user.id,
        Invitation.used_at.is_(None),
        Invitation.expires_at > now(),
    )
    return session.scalars(query).all()


def open_reset(session: Session, user: User) -> SecondFactorReset | None:
    """Return the request for a new second factor that is neither settled nor too old."""
    return next((each for each in open_resets(session) if each.user_id == user.id), None)


def open_resets(session: Session) -> Sequence[SecondFactorReset]:
    """Return every request for a new second factor that is neither settled nor too old."""
    query = (
        select(SecondFactorReset)
        .where(
            SecondFactorReset.used_at.is_(None),
            SecondFactorReset.withdrawn_at.is_(None),
            or_(SecondFactorReset.expires_at.is_(None), SecondFactorReset.expires_at > now()),
        )
        .order_by(SecondFactorReset.asked_at)
    )
    return session.scalars(query).all()


def all_operations(session: Session) -> Sequence[Operation]:
    """Return the operations by code."""
    return session.scalars(select(Operation).order_by(Operation.code)).all()


def all_teams(session: Session) -> Sequence[Team]:
    """Return the teams with their operations and members."""
    query = (
        select(Team)
        .join(Team.operation)
        .order_by(Operation.code, Team.code)
        .options(
            selectinload(Team.operation),
            selectinload(Team.memberships).selectinload(Membership.user),
        )
    )
    return session.scalars(query).all()


def teams_of_partners() -> Select[int]:
    """Return the selection of the ids of teams in which partners are and nobody of ours.

    A team of our own that a partner's account strayed into is none.
    """
    at_work = (
        select(Membership.team_id)
        .join(RoleGrant, RoleGrant.user_id == Membership.user_id)
        .join(User, User.id == Membership.user_id)
        .where(RoleGrant.revoked_at.is_(None), User.active)
    )
    ours = at_work.where(RoleGrant.role != Role.PARTNER)
    return at_work.where(RoleGrant.role == Role.PARTNER, Membership.team_id.not_in(ours))


def live_sessions(session: Session, user: User) -> Sequence[ServerSession]:
    """Return the sessions of ``user`` that have not been ended, the last used first."""
    query = (
        select(ServerSession)
        .where(
            ServerSession.user_id == user.id,
            ServerSession.epoch == user.session_epoch,
            ServerSession.ended_at.is_(None),
        )
        .order_by(ServerSession.seen_at.desc())
    )
    return session.scalars(query).all()
