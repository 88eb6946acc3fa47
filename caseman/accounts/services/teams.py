"""Operations, teams and who works in them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseman.accounts.models import Membership, Operation, Team, User
from caseman.accounts.services.rules import refuse_own
from caseman.coding import N_
from caseman.database import DomainError


class DuplicateCodeError(DomainError):
    """The code is taken."""


class MembershipError(DomainError):
    """The account is in the team already."""


@dataclass(frozen=True, slots=True)
class NewOperation:
    """What must be known to open an operation."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class NewTeam:
    """What must be known to form a team."""

    code: str
    name: str
    covers_operation: bool = False


@dataclass(frozen=True, slots=True)
class TeamChange:
    """What of a team may change; its code stays on every number that it gave out."""

    name: str
    covers_operation: bool = False


def open_operation(session: Session, new: NewOperation) -> Operation:
    """Open an operation under a code that no other bears."""
    if session.scalar(select(Operation).where(Operation.code == new.code)) is not None:
        raise DuplicateCodeError(N_("Another operation has this code."))
    operation = Operation(code=new.code, name=new.name)
    session.add(operation)
    session.flush()
    return operation


def form_team(session: Session, operation: Operation, new: NewTeam) -> Team:
    """Form a team of ``operation``."""
    taken = select(Team).where(Team.operation_id == operation.id, Team.code == new.code)
    if session.scalar(taken) is not None:
        raise DuplicateCodeError(N_("Another team of this operation has this code."))
    team = Team(
        operation=operation,
        code=new.code,
        name=new.name,
        covers_operation=new.covers_operation,
    )
    session.add(team)
    session.flush()
    return team


def change_team(session: Session, team: Team, change: TeamChange, by: User | None) -> None:
    """Rename a team, or change whether it works on every site; never one's own team."""
    if change.covers_operation != team.covers_operation:
        for membership in team.memberships:
            refuse_own(membership.user, by)
    team.name = change.name
    team.covers_operation = change.covers_operation
    session.flush()


def add_member(session: Session, team: Team, user: User, by: User | None) -> Membership:
    """Let ``user`` work in ``team``; what the team may see is open from the next request on."""
    refuse_own(user, by)
    if any(membership.team_id == team.id for membership in user.memberships):
        raise MembershipError(N_("This person is in the team already."))
    membership = Membership(user=user, team=team)
    session.add(membership)
    session.flush()
    return membership


def remove_member(session: Session, membership: Membership, by: User | None) -> None:
    """Take the account out of the team; what the team may see is closed from now on."""
    refuse_own(membership.user, by)
    session.delete(membership)
    session.flush()
