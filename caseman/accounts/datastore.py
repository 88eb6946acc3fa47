"""Where Flask-Security reads and writes accounts: always in the transaction of the request.

It asks for a commit wherever it changed something; the unit of work commits once, at the edge.
"""

from typing import Any, ClassVar, cast

import sqlalchemy as sa
from flask_login import current_user
from flask_security import UserDatastore
from flask_security.recovery_codes import MfRecoveryCodesUtil

from caseman.accounts.identity import stay_signed_in
from caseman.accounts.models import User
from caseman.accounts.services import second_factor
from caseman.accounts.services.rules import end_sessions
from caseman.accounts.totp import FsUser
from caseman.web.unit_of_work import session


class AccountDatastore(UserDatastore):
    """The few calls that the views we use make."""

    found_by: ClassVar = {"fs_uniquifier": User.fs_uniquifier, "username": User.username}

    def __init__(self) -> None:
        super().__init__(cast("Any", User), cast("Any", None))

    def find_user(self, case_insensitive: bool = False, **wanted: str) -> FsUser:  # noqa: ARG002, FBT001, FBT002
        ((name, value),) = wanted.items()
        query = sa.select(User).where(self.found_by[name] == value, User.active)
        return session.scalar(query)

    def put(self, model: FsUser) -> FsUser:
        return model

    def commit(self) -> None:
        session.flush()

    def tf_set(
        self,
        user: FsUser,
        primary_method: str,
        totp_secret: str | None = None,
        phone: str | None = None,  # noqa: ARG002 - there are no telephones here
    ) -> None:
        """Store a new second factor; every other session of the account ends."""
        account = session.get_one(User, user.id)
        account.tf_primary_method = primary_method
        account.tf_totp_secret = totp_secret
        end_sessions(account)
        if current_user.is_authenticated:
            stay_signed_in(account)

    def mf_get_recovery_codes(self, user: FsUser) -> list[str]:
        return list(user.mf_recovery_codes)


class DigestedCodes(MfRecoveryCodesUtil):
    """Recovery codes that are stored as keyed digests and shown once."""

    def create_recovery_codes(self, user: FsUser) -> list[str]:
        return second_factor.new_recovery_codes(session, session.get_one(User, user.id))

    def get_recovery_codes(self, user: FsUser) -> list[str]:  # noqa: ARG002 - nobody can
        return []

    def check_recovery_code(self, user: FsUser, code: str) -> bool:
        return second_factor.has_recovery_code(session, user, code)

    def delete_recovery_code(self, user: FsUser, code: str) -> bool:
        return second_factor.spend_recovery_code(session, user, code)
