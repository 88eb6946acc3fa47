"""The staff of the demonstration: an account for each role, four of them to carry a case."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy.orm import Session

from caseman.accounts.models import Membership, Person, RoleGrant, Team, User
from caseman.database import now
from caseman.permissions import Role


class Post(NamedTuple):
    """A place in the demonstration, to be filled by an account."""

    username: str
    name: str
    role: Role


POSTS = (
    Post("recorder", "Recorder Nimune", Role.RECORDER),
    Post("examiner", "Examiner Nimune", Role.EXAMINER),
    Post("dna", "Laboratory Nimune", Role.DNA_ANALYST),
    Post("dna2", "Second Laboratory Nimune", Role.DNA_ANALYST),
    Post("intake", "Intake Nimune", Role.INTAKE),
    Post("reviewer", "Reviewer Nimune", Role.REVIEWER),
    Post("reviewer2", "Second Reviewer Nimune", Role.REVIEWER),
    Post("board", "Board Nimune", Role.BOARD),
    Post("board2", "Second Board Nimune", Role.BOARD),
    Post("board3", "Third Board Nimune", Role.BOARD),
    Post("steward", "Steward Nimune", Role.STEWARD),
    Post("partner", "Partner Nimune", Role.PARTNER),
    Post("auditor", "Auditor Nimune", Role.AUDITOR),
    Post("admin", "Administrator Nimune", Role.ADMINISTRATOR),
)
"""Who works on every site of the operation, and who watches over it."""

ONE_SITE_ONLY = Post("recorder.two", "Recorder Nimune of the second team", Role.RECORDER)
"""Sees the second site and nothing of the others."""

WITHOUT_TEAM = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})


class Teams(NamedTuple):
    """The teams of the demonstration."""

    everywhere: Team
    """Works on every site."""
    second: Team
    """Works on one site only."""
    partner: Team
    """Belongs to another organisation; reads what families opened to it."""

    def of(self, post: Post) -> Team | None:
        """Return the team in which ``post`` is filled, ``None`` for those who watch over it all."""
        if post.role in WITHOUT_TEAM:
            return None
        if post.role is Role.PARTNER:
            return self.partner
        return self.second if post is ONE_SITE_ONLY else self.everywhere


@dataclass(frozen=True, slots=True)
class Credentials:
    """What opens an account of the demonstration."""

    password: str
    password_hash: str
    totp_key: str | None = None
    """The authenticator's key in base 32, where a second factor is on."""
    totp_secret: str | None = None
    """The same as the account keeps it."""


@dataclass(frozen=True, slots=True)
class Hired:
    """An account with its role, and what opens it."""

    user: User
    role: Role
    team: str | None
    credentials: Credentials


def hire(
    session: Session, teams: Teams, credentials: Callable[[], Credentials], suffix: str = ""
) -> dict[str, Hired]:
    """Return the staff by post; their user names end with ``suffix``."""
    staff = {
        post.username: _hired(post, teams.of(post), credentials(), suffix)
        for post in (*POSTS, ONE_SITE_ONLY)
    }
    session.add_all(each.user for each in staff.values())
    session.flush()
    return staff


def _hired(post: Post, team: Team | None, credentials: Credentials, suffix: str) -> Hired:
    user = User(
        person=Person(name=post.name),
        username=post.username + suffix,
        password=credentials.password_hash,
        fs_uniquifier=uuid4().hex,
        grants=[RoleGrant(role=post.role, confirmed_at=now())],
        memberships=[] if team is None else [Membership(team=team)],
    )
    if credentials.totp_secret is not None:
        user.tf_primary_method = "authenticator"
        user.tf_totp_secret = credentials.totp_secret
    return Hired(user, post.role, team.code if team else None, credentials)
