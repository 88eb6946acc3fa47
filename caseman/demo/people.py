"""The staff of the demonstration: one account for each role, four of them to carry a case."""

from uuid import uuid4

from sqlalchemy.orm import Session

from caseman.accounts.models import Membership, Person, RoleGrant, Team, User
from caseman.database import now
from caseman.permissions import Role

STAFF = {
    "recorder": ("Recorder Nimune", Role.RECORDER),
    "examiner": ("Examiner Nimune", Role.EXAMINER),
    "intake": ("Intake Nimune", Role.INTAKE),
    "reviewer": ("Reviewer Nimune", Role.REVIEWER),
    "reviewer2": ("Second Reviewer Nimune", Role.REVIEWER),
    "board": ("Board Nimune", Role.BOARD),
    "board2": ("Second Board Nimune", Role.BOARD),
    "board3": ("Third Board Nimune", Role.BOARD),
    "steward": ("Steward Nimune", Role.STEWARD),
    "auditor": ("Auditor Nimune", Role.AUDITOR),
    "admin": ("Administrator Nimune", Role.ADMINISTRATOR),
}


def hire(session: Session, team: Team, password_hash: str) -> dict[str, User]:
    """Return the staff by user name; all share one password, as only a demonstration may."""
    staff = {}
    for username, (name, role) in STAFF.items():
        user = User(
            person=Person(name=name),
            username=username,
            password=password_hash,
            fs_uniquifier=uuid4().hex,
            grants=[RoleGrant(role=role, confirmed_at=now())],
        )
        if role not in {Role.ADMINISTRATOR, Role.AUDITOR}:
            user.memberships = [Membership(team=team)]
        session.add(user)
        staff[username] = user
    session.flush()
    return staff
