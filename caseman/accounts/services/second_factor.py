"""The second factor: recovery codes, and how a lost one is restored by two people."""

from datetime import timedelta

from sqlalchemy.orm import Session

from caseman.accounts import onetime
from caseman.accounts.models import SecondFactorReset, User
from caseman.accounts.queries import open_reset
from caseman.accounts.services.rules import end_sessions, refuse_own, refuse_same_person
from caseman.coding import N_
from caseman.database import DomainError, now

HOW_MANY = 10
VALID_FOR = timedelta(hours=24)
RECOVERY = "recovery"
RESET = "second factor"


class ResetStateError(DomainError):
    """The request is not in the state that this step needs."""


def new_recovery_codes(session: Session, user: User) -> list[str]:
    """Replace the recovery codes and return the new ones, to be shown this once."""
    codes = [onetime.new_code() for _ in range(HOW_MANY)]
    keyring = session.info["keyring"]
    user.mf_recovery_codes = [onetime.code_digest(keyring, RECOVERY, code) for code in codes]
    session.flush()
    return codes


def has_recovery_code(session: Session, user: User, code: str) -> bool:
    """Say whether ``code`` is one of the user's that are left."""
    return onetime.code_digest(session.info["keyring"], RECOVERY, code) in user.mf_recovery_codes


def spend_recovery_code(session: Session, user: User, code: str) -> bool:
    """Use up ``code`` if it is one of the user's that are left."""
    if not has_recovery_code(session, user, code):
        return False
    digest = onetime.code_digest(session.info["keyring"], RECOVERY, code)
    user.mf_recovery_codes = [each for each in user.mf_recovery_codes if each != digest]
    session.flush()
    return True


def ask_reset(session: Session, user: User, by: User, reason: str) -> SecondFactorReset:
    """Ask, as the first of two, that a lost second factor be restored."""
    refuse_own(user, by)
    if open_reset(session, user) is not None:
        raise ResetStateError(N_("Somebody has already asked for this. It can be confirmed."))
    reset = SecondFactorReset(user=user, asked_by=by, reason=reason)
    session.add(reset)
    session.flush()
    return reset


def confirm_reset(session: Session, reset: SecondFactorReset, by: User) -> str:
    """Confirm as the second person; return the code to be told face to face."""
    refuse_own(reset.user, by)
    refuse_same_person(reset.asked_by_id, by, session)
    if reset.confirmed_at is not None or reset.withdrawn_at is not None:
        raise ResetStateError(N_("This request has been settled already."))
    code = onetime.new_code()
    reset.confirmed_by_id = by.id
    reset.confirmed_at = now()
    reset.expires_at = now() + VALID_FOR
    reset.code_digest = onetime.code_digest(session.info["keyring"], RESET, code)
    session.flush()
    return code


def withdraw_reset(session: Session, reset: SecondFactorReset, by: User) -> None:
    """Refuse a request, or take back a code that has not been used."""
    refuse_own(reset.user, by)
    if reset.used_at is not None or reset.withdrawn_at is not None:
        raise ResetStateError(N_("This request has been settled already."))
    reset.withdrawn_at = now()
    session.flush()


def use_reset(session: Session, user: User, code: str) -> bool:
    """Remove the lost second factor if ``code`` is the one that two people gave out."""
    reset = open_reset(session, user)
    digest = onetime.code_digest(session.info["keyring"], RESET, code)
    if reset is None or reset.code_digest != digest:
        return False
    if reset.expires_at is None or reset.expires_at <= now():
        return False
    reset.used_at = now()
    remove(session, user)
    return True


def remove(session: Session, user: User) -> None:
    """Forget the second factor and its codes; the next sign-in sets up a new one."""
    user.tf_totp_secret = None
    user.tf_primary_method = None
    user.totp_last_step = None
    user.mf_recovery_codes = []
    end_sessions(user)
    session.flush()
