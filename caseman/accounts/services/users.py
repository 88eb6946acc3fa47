"""Accounts from invitation to deactivation. Nobody but the person ever chooses a password."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from sqlalchemy.orm import Session

from caseman.accounts import onetime
from caseman.accounts.models import Invitation, Person, User
from caseman.accounts.queries import open_invitations, user_named
from caseman.accounts.services.rules import end_sessions, refuse_losing, refuse_own
from caseman.accounts.usernames import is_username, normal_username
from caseman.coding import N_
from caseman.database import DomainError, now

VALID_FOR = timedelta(days=7)
PURPOSE = "invitation"


class UsernameError(DomainError):
    """The user name is malformed or taken."""


class InvitationError(DomainError):
    """The invitation does not open this account: wrong, used or too old."""


@dataclass(frozen=True, slots=True)
class NewUser:
    """Whom to invite; ``person_id`` when that person has an account already."""

    name: str
    username: str
    language: str = "en"
    person_id: int | None = None


def invite(session: Session, new: NewUser, by: User | None) -> tuple[User, str]:
    """Open an account without a password; return it with the one-time code to hand over."""
    username = normal_username(new.username)
    if not is_username(username):
        raise UsernameError(N_("A user name has 3 to 60 letters, digits, dots or dashes."))
    if user_named(session, username) is not None:
        raise UsernameError(N_("Another account has this user name."))
    user = User(
        person=_person(session, new),
        username=username,
        language=new.language,
        fs_uniquifier=uuid4().hex,
    )
    session.add(user)
    session.flush()
    refuse_own(user, by)
    return user, _issue(session, user, by)


def _person(session: Session, new: NewUser) -> Person:
    known = session.get(Person, new.person_id) if new.person_id is not None else None
    if known is None:
        known = Person(name=new.name)
        session.add(known)
        session.flush()
    return known


def invite_again(session: Session, user: User, by: User | None) -> str:
    """Take the password away and return a new one-time code; the second factor stays."""
    refuse_own(user, by)
    user.password = None
    end_sessions(user)
    return _issue(session, user, by)


def _issue(session: Session, user: User, by: User | None) -> str:
    for earlier in open_invitations(session, user):
        earlier.expires_at = now()
    code = onetime.new_code()
    session.add(
        Invitation(
            user=user,
            issued_by_id=by.id if by else None,
            code_digest=onetime.code_digest(session.info["keyring"], PURPOSE, code),
            expires_at=now() + VALID_FOR,
        )
    )
    session.flush()
    return code


def accept(session: Session, username: str, code: str, password_hash: str) -> User:
    """Set the password that the person chose, once."""
    user = user_named(session, username)
    digest = onetime.code_digest(session.info["keyring"], PURPOSE, code)
    for invitation in open_invitations(session, user) if user and user.active else ():
        if invitation.code_digest == digest:
            invitation.used_at = now()
            set_password(invitation.user, password_hash)
            session.flush()
            return invitation.user
    raise InvitationError(
        N_("This name and code do not belong together, or the code was used or is too old.")
    )


def set_password(user: User, password_hash: str) -> None:
    """Store the hash of a new password and end every session begun with the old one."""
    user.password = password_hash
    end_sessions(user)


def deactivate(session: Session, user: User, by: User | None) -> None:
    """Close the account at once, with all its sessions; its history stays."""
    refuse_own(user, by)
    refuse_losing(session, user, user.live_roles)
    user.active = False
    end_sessions(user)
    for invitation in open_invitations(session, user):
        invitation.expires_at = now()
    session.flush()


def reactivate(session: Session, user: User, by: User | None) -> None:
    """Open the account again; its password and second factor are as they were."""
    refuse_own(user, by)
    user.active = True
    session.flush()


def speak(user: User, language: str) -> None:
    """Remember the language in which the person reads."""
    user.language = language
