"""Canonical form, digests and the keyed chain of the audit trail."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

FIRST = "0" * 64
"""What the first entry has before it."""

_PLAIN = frozenset({type(None), bool, int, str})

_LOCK = 0x6361_7365
"""Number of the PostgreSQL advisory lock that orders writers of the chain."""


def canonical(value: object) -> Any:  # noqa: ANN401, C901, PLR0911, PLR0912 - an arm a type
    """Return ``value`` as the one JSON value that stands for it on every database."""
    if type(value) in _PLAIN:  # nearly all values, some hundred for each row of an import
        return value
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return canonical(value.value)
        case str():
            return str(value)
        case float() | Decimal():
            return repr(float(value))
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case bytes():
            return "sha256:" + hashlib.sha256(value).hexdigest()
        case Mapping():
            return {str(key): canonical(item) for key, item in value.items()}
        case list() | tuple():
            return [canonical(item) for item in value]
        case _:
            message = f"a value of type {type(value).__name__} has no canonical form"
            raise TypeError(message)


def encode(value: object) -> bytes:
    """Return the canonical bytes of ``value``."""
    return json.dumps(
        canonical(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def row_digest(key: bytes, table: str, values: Mapping[str, object]) -> str:
    """Return the keyed digest (hex) of a row's stored values."""
    return hmac.new(key, table.encode() + b"\0" + encode(values), hashlib.sha256).hexdigest()


def entry_mac(key: bytes, previous: str, fields: Mapping[str, object]) -> str:
    """Return the MAC (hex) that ties an entry to the one before it."""
    return hmac.new(key, previous.encode() + encode(fields), hashlib.sha256).hexdigest()


def lock_head(session: Session) -> tuple[int, str]:
    """Keep other writers off the chain until commit; return its last number and MAC."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    row = connection.execute(
        sa.text("SELECT seq, mac FROM audit_entry ORDER BY seq DESC LIMIT 1")
    ).first()
    return (row[0], row[1]) if row else (0, FIRST)
