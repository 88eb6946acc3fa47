"""Persons, their accounts, and the operations and teams they work in.

The two-person rules look at the *person*: somebody with two accounts is still one person.
"""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.audit.recorder import Audited
from caseman.database import Base, Versioned, code_type, now
from caseman.permissions import Role, Scope, granted


class Operation(Audited, Base):
    """A mission: the sites and the missing persons that one organisation works on."""

    __tablename__ = "operation"

    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200))

    @property
    def audit_subject(self) -> str:
        return self.code


class Team(Audited, Versioned, Base):
    """People who work together; sites are assigned to teams."""

    __tablename__ = "team"
    __table_args__ = (sa.UniqueConstraint("operation_id", "code"),)

    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id))
    code: Mapped[str] = mapped_column(sa.String(12))
    name: Mapped[str] = mapped_column(sa.String(200))
    covers_operation: Mapped[bool] = mapped_column(default=False)
    """Whether it works on every site of its operation, present and future."""

    operation: Mapped[Operation] = relationship()
    memberships: Mapped[list["Membership"]] = relationship(back_populates="team")


class Person(Audited, Base):
    """A human being who works here, under whatever accounts."""

    __tablename__ = "person"

    name: Mapped[str] = mapped_column(sa.String(200))
    accounts: Mapped[list["User"]] = relationship(back_populates="person")


class User(Audited, Versioned, Base):
    """An account of a person."""

    __tablename__ = "user_account"
    audit_secrets: ClassVar[frozenset[str]] = frozenset(
        {"password", "fs_uniquifier", "tf_totp_secret", "mf_recovery_codes"}
    )

    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    username: Mapped[str] = mapped_column(sa.String(60), unique=True)
    password: Mapped[str] = mapped_column(sa.String(255))
    active: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str] = mapped_column(sa.String(8), default="en")
    fs_uniquifier: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship(back_populates="accounts", lazy="joined")
    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="user", lazy="selectin", foreign_keys="RoleGrant.user_id"
    )
    memberships: Mapped[list["Membership"]] = relationship(back_populates="user", lazy="selectin")

    @property
    def audit_subject(self) -> str:
        return self.username

    @property
    def live_roles(self) -> frozenset[Role]:
        """The roles in force now."""
        return frozenset(grant.role for grant in self.grants if grant.in_force(now()))

    @property
    def scope(self) -> Scope:
        """What this account may do and see now."""
        teams = [membership.team for membership in self.memberships]
        return Scope(
            user_id=self.id,
            person_id=self.person_id,
            permissions=granted(self.live_roles),
            team_ids=frozenset(team.id for team in teams),
            operation_ids=frozenset(team.operation_id for team in teams),
            whole_operation_ids=frozenset(
                team.operation_id for team in teams if team.covers_operation
            ),
        )


class RoleGrant(Audited, Base):
    """A role of an account; a sensitive one is in force only once a second person confirms."""

    __tablename__ = "role_grant"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id), index=True)
    role: Mapped[Role] = mapped_column(code_type(Role))
    granted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    granted_at: Mapped[datetime] = mapped_column(default=now)
    needs_confirmation: Mapped[bool] = mapped_column(default=False)
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    confirmed_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(back_populates="grants", foreign_keys=[user_id])

    def in_force(self, at: datetime) -> bool:
        """Say whether the grant holds at ``at``."""
        if self.needs_confirmation and self.confirmed_at is None:
            return False
        expired = self.expires_at is not None and self.expires_at <= at
        return not expired and self.revoked_at is None


class Membership(Audited, Base):
    """An account in a team."""

    __tablename__ = "membership"
    __table_args__ = (sa.UniqueConstraint("user_id", "team_id"),)

    user_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))
    team_id: Mapped[int] = mapped_column(sa.ForeignKey(Team.id), index=True)

    user: Mapped[User] = relationship(back_populates="memberships")
    team: Mapped[Team] = relationship(back_populates="memberships", lazy="joined")
