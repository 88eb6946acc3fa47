"""What the jobs over profiles remember of a profile, and whose consent ended while they worked."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.identification.genetics import Terms
from caseman.laboratory.models import DnaSource


class Digester:
    """A keyed digest, so that nobody who reads the table can try profiles out."""

    def __init__(self, session: Session, purpose: str, terms: Terms) -> None:
        self._key = session.info["keyring"].derived(purpose)
        self._terms = hashlib.sha256(json.dumps(asdict(terms), sort_keys=True).encode()).digest()

    def __call__(self, *parts: object) -> str:
        return hmac.new(self._key, self._terms + repr(parts).encode(), hashlib.sha256).hexdigest()


def withdrawn_among(session: Session, source_ids: Iterable[int]) -> set[int]:
    """Return those of some sources of DNA whose consent is withdrawn by now."""
    gone = sa.select(DnaSource.id).where(
        DnaSource.id.in_(sorted(source_ids)), DnaSource.withdrawn_at.is_not(None)
    )
    return set(session.scalars(gone))
