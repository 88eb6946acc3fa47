"""Sessions that live on the server: the cookie holds a random id and nothing else.

Flask's own session is a signed cookie, which opens the account again after sign-out if somebody
kept a copy. Here a session ends when its row says so. The row keeps the SHA-256 of the id, and
what the session holds is encrypted, so that a stolen database opens no session either.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, cast

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SessionInterface
from sqlalchemy.orm import Session, joinedload

from caseman.accounts.models import Membership, ServerSession, User
from caseman.database import Sessions, now
from caseman.sealing.keys import NONCE_BYTES, Keyring

ID_BYTES = 32
RENEWED_BY = ("_user_id", "tf_user_id", "family_return")
"""When one of these values changes, the person is somebody else: the id changes with them."""
SEEN_EVERY = timedelta(minutes=1)
FORGOTTEN_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a session lasts."""

    idle: timedelta = timedelta(minutes=15)
    at_most: timedelta = timedelta(hours=10)


class BrowserSession(SecureCookieSession):
    """The values of one browser's session, and the row that stands for it."""

    def __init__(
        self,
        values: Mapping[str, Any] | None = None,
        row: ServerSession | None = None,
        account: User | None = None,
    ) -> None:
        super().__init__(values)
        self.row = row
        self.account = account
        """Who signed in, as the request found it; for reading only."""
        self._owners_before = self._owners()

    def _owners(self) -> tuple[Any, ...]:
        return tuple(self.get(key) for key in RENEWED_BY)

    @property
    def changed_hands(self) -> bool:
        """Whether the session now belongs to somebody else than when the request began."""
        return self._owners() != self._owners_before

    @property
    def opened_account(self) -> bool:
        """Whether this request signed somebody in."""
        return self._owners()[0] not in {None, self._owners_before[0]}


class Vault:
    """Encrypts what sessions hold."""

    def __init__(self, keyring: Keyring) -> None:
        self._cipher = AESGCM(keyring.derived("server sessions"))

    def close(self, values: Mapping[str, Any], digest: str) -> bytes:
        """Return ``values`` encrypted for the session of ``digest``."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        plain = json.dumps(values, separators=(",", ":")).encode()
        return nonce + self._cipher.encrypt(nonce, plain, digest.encode())

    def open(self, sealed: bytes, digest: str) -> dict[str, Any]:
        """Return the values; nothing if they belong to another session or another key."""
        try:
            plain = self._cipher.decrypt(
                sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], digest.encode()
            )
        except InvalidTag:
            return {}
        return cast("dict[str, Any]", json.loads(plain))


def digest_of(session_id: str) -> str:
    """Return what is stored of a session id."""
    return hashlib.sha256(session_id.encode()).hexdigest()


class ServerSessions(SessionInterface):
    """Flask's session interface over the ``server_session`` table.

    Reading and writing use short transactions of their own, before the request's begins and after
    it has been committed: a GET writes nothing else.
    """

    def __init__(self, sessions: Sessions, vault: Vault, lifetime: Lifetime) -> None:
        self._sessions = sessions
        self._vault = vault
        self._lifetime = lifetime

    def open_session(self, app: Flask, request: Request) -> BrowserSession:
        if request.path.startswith(f"{app.static_url_path}/"):
            return BrowserSession()
        session_id = request.cookies.get(self.get_cookie_name(app))
        if not session_id:
            return BrowserSession()
        with self._sessions.read() as database:
            return self._found(database, digest_of(session_id)) or BrowserSession()

    def _found(self, database: Session, digest: str) -> BrowserSession | None:
        found = self._alive(database, digest)
        if found is None:
            return None
        row, account = found
        if row.user_id is not None and not _may_use(row, account):
            return None
        return BrowserSession(self._vault.open(row.data, row.digest), row, account)

    def _alive(self, database: Session, digest: str) -> tuple[ServerSession, User | None] | None:
        """Return the session and whose it is, with all that every request asks, in one query."""
        at = now()
        account = sa.select(ServerSession, User).outerjoin(User, User.id == ServerSession.user_id)
        query = account.options(
            joinedload(User.person),
            joinedload(User.grants),
            joinedload(User.memberships).joinedload(Membership.team),
        ).where(
            ServerSession.digest == digest,
            ServerSession.ended_at.is_(None),
            # A visitor without an account has nothing to leave open, but may have a long form to
            # fill; the pages of families end their visits sooner themselves.
            sa.or_(
                ServerSession.user_id.is_(None), ServerSession.seen_at > at - self._lifetime.idle
            ),
            ServerSession.created_at > at - self._lifetime.at_most,
        )
        row = database.execute(query).unique().first()
        return None if row is None else (row[0], row[1])

    def save_session(self, app: Flask, session: Any, response: Response) -> None:  # noqa: ANN401
        name = self.get_cookie_name(app)
        response.vary.add("Cookie")
        if session.opened_account and response.status_code >= HTTPStatus.BAD_REQUEST:
            return  # what the request did was rolled back, and so is the sign-in
        if session.changed_hands or (session.modified and session.row is None and session):
            session_id = self._begin(session)
            response.set_cookie(
                name,
                session_id,
                secure=self.get_cookie_secure(app),
                httponly=True,
                samesite=self.get_cookie_samesite(app),
                path="/",
            )
        elif session.row is not None:
            self._keep(session)

    def _begin(self, session: BrowserSession) -> str:
        """Write a new row under a new id and end the one before it."""
        session_id = secrets.token_urlsafe(ID_BYTES)
        digest = digest_of(session_id)
        with self._sessions.transaction() as database:
            if session.row is not None:
                _end(database, ServerSession.id == session.row.id)
            else:
                self._forget_old(database)
            owner = self._owner(database, session)
            database.add(
                ServerSession(
                    digest=digest,
                    user_id=owner.id if owner else None,
                    epoch=owner.session_epoch if owner else 0,
                    data=self._vault.close(dict(session), digest),
                )
            )
        return session_id

    @staticmethod
    def _owner(database: Session, session: BrowserSession) -> User | None:
        key = session.get("_user_id")
        return database.scalar(sa.select(User).where(User.fs_uniquifier == key)) if key else None

    def _keep(self, session: BrowserSession) -> None:
        row = cast("ServerSession", session.row)
        at = now()
        changes: dict[str, datetime | bytes] = {}
        if session.modified:
            changes["data"] = self._vault.close(dict(session), row.digest)
        if session.modified or row.seen_at < at - SEEN_EVERY:
            changes["seen_at"] = at
            with self._sessions.transaction() as database:
                same = ServerSession.id == row.id
                database.execute(sa.update(ServerSession).where(same).values(**changes))

    @staticmethod
    def _forget_old(database: Session) -> None:
        old = ServerSession.seen_at < now() - FORGOTTEN_AFTER
        database.execute(sa.delete(ServerSession).where(old))

    def describe(self, row: ServerSession) -> dict[str, Any]:
        """Return what the session of ``row`` holds, for its owner's list of sessions."""
        return self._vault.open(row.data, row.digest)


def _may_use(row: ServerSession, account: User | None) -> bool:
    return account is not None and account.active and account.session_epoch == row.epoch


def _end(database: Session, which: sa.ColumnElement[bool]) -> None:
    open_ones = sa.update(ServerSession).where(which, ServerSession.ended_at.is_(None))
    database.execute(open_ones.values(ended_at=now()))
