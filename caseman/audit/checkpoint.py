"""Signed checkpoints of the chain, to be kept elsewhere: a cut tail shows against them."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

import sqlalchemy as sa
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy.orm import Session

from caseman.audit.chain import FIRST, encode
from caseman.audit.models import AuditEntry
from caseman.database import now

SCHEMA = "caseman-checkpoint/1"


class CheckpointError(ValueError):
    """A checkpoint is malformed or not signed by this installation."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of the chain at one time."""

    seq: int
    mac: str
    at: str

    @classmethod
    def of(cls, session: Session, *, at: datetime | None = None) -> Self:
        """Return the present head of the chain."""
        table = AuditEntry.__table__
        head = session.execute(
            sa.select(table.c.seq, table.c.mac).order_by(table.c.seq.desc()).limit(1)
        ).first()
        seq, mac = (head[0], head[1]) if head else (0, FIRST)
        return cls(seq=seq, mac=mac, at=(at or now()).isoformat(timespec="seconds"))

    def _payload(self) -> bytes:
        return encode({"schema": SCHEMA, "seq": self.seq, "mac": self.mac, "at": self.at})

    def signed(self, key: Ed25519PrivateKey) -> str:
        """Return the checkpoint as one JSON document with its Ed25519 signature."""
        document = json.loads(self._payload())
        document["signature"] = base64.b64encode(key.sign(self._payload())).decode()
        document["public_key"] = base64.b64encode(key.public_key().public_bytes_raw()).decode()
        return json.dumps(document, indent=1, sort_keys=True)

    @classmethod
    def read(cls, text: str, key: Ed25519PublicKey) -> Self:
        """Return the checkpoint in ``text``; raise ``CheckpointError`` unless ``key`` signed it."""
        try:
            document: Mapping[str, Any] = json.loads(text)
            checkpoint = cls(
                seq=int(document["seq"]), mac=str(document["mac"]), at=str(document["at"])
            )
            signature = base64.b64decode(str(document["signature"]), validate=True)
            key.verify(signature, checkpoint._payload())
        except InvalidSignature as error:
            message = "the checkpoint is not signed by this installation, or was altered"
            raise CheckpointError(message) from error
        except (KeyError, TypeError, ValueError) as error:
            message = "the file is not a checkpoint"
            raise CheckpointError(message) from error
        return checkpoint
