"""Persons, their accounts, and the operations and teams they work in.

The two-person rules look at the *person*: somebody with two accounts is still one person.
"""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from caseman.audit.recorder import Audited
from caseman.database import Base, Versioned, code_type, now
from caseman.permissions import Permission, Role, Scope, granted
from caseman.sealing.fields import HasSealed, Sealed


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


class User(HasSealed, Audited, Versioned, Base):
    """An account of a person.

    Flask-Login and Flask-Security ask an account some questions; they are answered here by hand,
    so that this module needs neither.
    """

    __tablename__ = "user_account"
    audit_secrets: ClassVar[frozenset[str]] = frozenset(
        {"password", "fs_uniquifier", "tf_totp_secret_sealed", "mf_recovery_codes"}
    )

    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    username: Mapped[str] = mapped_column(sa.String(60), unique=True)
    """In the form that ``caseman.accounts.usernames`` gives it, so that equal names are equal."""
    password: Mapped[str | None] = mapped_column(sa.String(255))
    """Argon2id; None until the person has chosen one with an invitation."""
    active: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str] = mapped_column(sa.String(8), default="en")
    fs_uniquifier: Mapped[str] = mapped_column(sa.String(64), unique=True)
    session_epoch: Mapped[int] = mapped_column(default=0)
    """Sessions begun in an earlier epoch are dead: raise it and all of them end."""
    tf_primary_method: Mapped[str | None] = mapped_column(sa.String(20))
    tf_totp_secret_sealed: Mapped[bytes | None]
    totp_last_step: Mapped[int | None] = mapped_column(sa.BigInteger)
    """The time step of the last code that was accepted; neither it nor an older one opens again."""
    mf_recovery_codes: Mapped[list[str]] = mapped_column(default=list)
    """Keyed digests of the recovery codes that are left."""
    created_at: Mapped[datetime] = mapped_column(default=now)

    tf_totp_secret = Sealed[str]()

    person: Mapped[Person] = relationship(back_populates="accounts", lazy="joined")
    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="user", lazy="selectin", foreign_keys="RoleGrant.user_id"
    )
    memberships: Mapped[list["Membership"]] = relationship(back_populates="user", lazy="selectin")

    is_authenticated: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False

    @property
    def audit_subject(self) -> str:
        return self.username

    @property
    def name(self) -> str:
        """The person's name."""
        return self.person.name

    @property
    def is_active(self) -> bool:
        """Whether the account may sign in."""
        return self.active

    def get_id(self) -> str:
        """Return what a session remembers of the account."""
        return self.fs_uniquifier

    def calc_username(self) -> str:
        """Return the name that an authenticator app shows."""
        return self.username

    def check_tf_required(
        self, methods: list[tuple[str, str]], _fresh: object
    ) -> tuple[bool, list[tuple[str, str]]]:
        """Say whether sign-in needs a second factor: always, unless the installation is a demo."""
        return bool(methods) or self.check_tf_required_setup(), methods

    def check_tf_required_setup(self) -> bool:
        """Say whether the account must have a second factor."""
        session = object_session(self)
        return session is None or bool(session.info.get("second_factor_required", True))

    def track_failed_authn(self, _kind: str, *, tfa: bool = False) -> None:
        """Do nothing: the sign-in forms count failures before any check."""

    def is_locked(self, _errors: list[str] | None = None) -> bool:
        """Say no: an account is throttled, never locked, or anyone could lock a person out."""
        return False

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

    def may(self, permission: Permission) -> bool:
        """Say whether the account holds ``permission`` now."""
        return self.scope.may(permission)


class RoleGrant(Audited, Base):
    """A role of an account; a sensitive one is in force only once a second person confirms."""

    __tablename__ = "role_grant"
    __table_args__ = (
        sa.CheckConstraint("granted_by_id <> user_id", name="granted_by_another"),
        sa.CheckConstraint("confirmed_by_id <> user_id", name="confirmed_by_another"),
        sa.CheckConstraint("confirmed_by_id <> granted_by_id", name="two_accounts"),
    )

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


class Invitation(Audited, Base):
    """A one-time code by which a person, and nobody else, chooses the account's password."""

    __tablename__ = "invitation"
    audit_secrets: ClassVar[frozenset[str]] = frozenset({"code_digest"})

    user_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id), index=True)
    issued_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    """None when the operator's command issued it."""
    code_digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    issued_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="joined")

    @property
    def audit_subject(self) -> str:
        return self.user.username


class SecondFactorReset(Audited, Versioned, Base):
    """A lost second factor, restored by two people who both know the person.

    One asks, another confirms and tells the person a one-time code, face to face. The code
    replaces the second factor at one sign-in, which leads on to setting up a new one.
    """

    __tablename__ = "second_factor_reset"
    __table_args__ = (
        sa.CheckConstraint("confirmed_by_id <> asked_by_id", name="two_accounts"),
        sa.CheckConstraint("asked_by_id <> user_id", name="asked_by_another"),
        sa.CheckConstraint("confirmed_by_id <> user_id", name="confirmed_by_another"),
    )
    audit_secrets: ClassVar[frozenset[str]] = frozenset({"code_digest"})

    user_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id), index=True)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    reason: Mapped[str] = mapped_column(sa.Text)
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    confirmed_at: Mapped[datetime | None]
    code_digest: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="joined")
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id], lazy="joined")

    @property
    def audit_subject(self) -> str:
        return self.user.username


class ServerSession(Base):
    """A browser's session. It lives here, not in the cookie, so that here it can be ended."""

    __tablename__ = "server_session"

    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    """SHA-256 of the random id that only the cookie holds."""
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id), index=True)
    epoch: Mapped[int] = mapped_column(default=0)
    """The account's epoch when it signed in."""
    data: Mapped[bytes]
    """The session's values, encrypted and bound to ``digest``."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now, index=True)
    ended_at: Mapped[datetime | None]
