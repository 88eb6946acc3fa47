"""People, accounts, teams and operations for tests."""

from itertools import count
from uuid import uuid4

from caseman.accounts.models import Membership, Operation, Person, RoleGrant, Team, User
from caseman.database import now

PASSWORD = "copper lantern under the third bridge"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

_numbers = count(1)


def make_operation(session, code=None, name="Operation Euphrates"):
    operation = Operation(code=code or f"OP{next(_numbers)}", name=name)
    session.add(operation)
    session.flush()
    return operation


def make_team(session, operation=None, *, covers_operation=True, code=None):
    team = Team(
        operation=operation or make_operation(session),
        code=code or f"T{next(_numbers)}",
        name="Recovery team",
        covers_operation=covers_operation,
    )
    session.add(team)
    session.flush()
    return team


def make_person(session, name="Rana Haddad"):
    person = Person(name=name)
    session.add(person)
    session.flush()
    return person


def make_user(session, *roles, username=None, person=None, team=None, password_hash=None):
    """An account with ``roles`` in force; its second factor is not set up."""
    user = User(
        person=person or make_person(session),
        username=username or f"user{next(_numbers)}",
        password=password_hash,
        fs_uniquifier=uuid4().hex,
    )
    session.add(user)
    session.flush()
    for role in roles:
        give_role(session, user, role)
    if team is not None:
        session.add(Membership(user=user, team=team))
    session.flush()
    return user


def give_role(session, user, role):
    grant = RoleGrant(user=user, role=role, confirmed_at=now())
    session.add(grant)
    session.flush()
    return grant
