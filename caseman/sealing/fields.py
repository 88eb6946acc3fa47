"""Sealed attributes of models.

``name = Sealed[str]()`` beside the column ``name_sealed: Mapped[bytes | None]`` stores its value
encrypted there. The value is any JSON value. It is encrypted at flush, under the key of the row's
subject (``seal_subject``), and bound to table, column and row, so that a ciphertext moved to
another row does not open.
"""

import json
import uuid
from typing import Any, Generic, TypeVar, cast, overload

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapped, Session, UOWTransaction, mapped_column, object_session

from caseman.sealing.keys import Keyring

V = TypeVar("V")


def new_uid() -> str:
    """Return a new random row identity."""
    return uuid.uuid4().hex


class HasSealed:
    """Mix into a model with sealed attributes; ``uid`` is the row's identity for encryption."""

    uid: Mapped[str] = mapped_column(sa.String(32), unique=True, default=new_uid)

    @property
    def seal_subject(self) -> str:
        """Whose key seals this row. A row about a person overrides it with that person's."""
        return f"{type(self).__name__}:{self.uid}"


class Sealed(Generic[V]):
    """A sealed attribute; its column is ``<name>_sealed``."""

    name: str

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, row: None, owner: type) -> "Sealed[V]": ...
    @overload
    def __get__(self, row: HasSealed, owner: type) -> V | None: ...
    def __get__(self, row: HasSealed | None, owner: type) -> "Sealed[V] | V | None":
        if row is None:
            return self
        pending = row.__dict__.get("_unsealed", {})
        if self.name in pending:
            return cast("V | None", pending[self.name])
        sealed = getattr(row, f"{self.name}_sealed")
        if sealed is None:
            return None
        plain = _keyring_of(row).open(row.seal_subject, sealed, _place(row, self.name))
        return cast("V", json.loads(plain))

    def __set__(self, row: HasSealed, value: V | None) -> None:
        if _holds(row, self.name, value):
            return
        row.__dict__.setdefault("_unsealed", {})[self.name] = value
        # Marks the row as changed, so that a flush comes; the listener below encrypts.
        setattr(row, f"{self.name}_sealed", None if value is None else b"pending")


def _holds(row: HasSealed, name: str, value: object) -> bool:
    """Say whether the stored value already equals ``value`` (a fresh nonce is no change)."""
    if object_session(row) is None:
        return False
    if value is None:  # needs no key, which may be gone
        pending = row.__dict__.get("_unsealed", {})
        return name not in pending and getattr(row, f"{name}_sealed") is None
    return bool(getattr(row, name) == value)


def _place(row: HasSealed, name: str) -> str:
    return f"{type(row).__name__}.{name}:{row.uid}"


def _keyring_of(row: HasSealed) -> Keyring:
    session = object_session(row)
    if session is None:
        message = "a sealed value can be read only while its row belongs to a session"
        raise RuntimeError(message)
    return cast("Keyring", session.info["keyring"])


@event.listens_for(Session, "before_flush")
def seal_pending(session: Session, _context: UOWTransaction, _instances: object) -> None:
    """Encrypt what was set since the last flush."""
    rows = [
        row
        for row in (*session.new, *session.dirty)
        if isinstance(row, HasSealed) and row.__dict__.get("_unsealed")
    ]
    if not rows:
        return
    for row in rows:
        row.uid = row.uid or new_uid()
    keyring: Keyring = session.info["keyring"]
    keyring.prepare(row.seal_subject for row in rows)
    for row in rows:
        _seal_row(row, keyring)


def _seal_row(row: HasSealed, keyring: Keyring) -> None:
    pending: dict[str, Any] = row.__dict__.pop("_unsealed")
    for name, value in pending.items():
        if value is not None:
            plain = json.dumps(value, ensure_ascii=False, sort_keys=True).encode()
            sealed = keyring.seal(row.seal_subject, plain, _place(row, name))
            setattr(row, f"{name}_sealed", sealed)
