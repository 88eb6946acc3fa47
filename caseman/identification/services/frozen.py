"""What a run counted, kept so that one record can be weighed as the run weighed all others.

The tables hold words of names and places: they are sealed under a key of the installation, which
is neither in the database nor in its backup. Opening them proves that this program sealed them.
"""

import hashlib
import pickle
import secrets
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.orm import Session

from caseman import matching, names
from caseman.identification import adapters
from caseman.identification.models import RankingRun, RankingTables
from caseman.identification.queries.runs import Seen, last_finished

Ids = npt.NDArray[np.int64]

PURPOSE = "ranking tables"
NONCE = 12


@dataclass(frozen=True)
class Frozen:
    """The engine's columns of one run, and whose they are."""

    encoded: matching.Encoded
    remains: Ids
    """In the order of the engine's rows."""
    persons: Ids
    seen: Seen
    """The states of those records that had changed shortly before they were read."""

    @cached_property
    def row_of(self) -> Mapping[int, int]:
        """The row of each remains."""
        return {key: row for row, key in enumerate(self.remains.tolist())}

    @cached_property
    def place_of(self) -> Mapping[int, int]:
        """The place of each person."""
        return {key: place for place, key in enumerate(self.persons.tolist())}


class Opened(NamedTuple):
    """The tables of the last finished run."""

    run: RankingRun
    frozen: Frozen


def frozen_of(ranking: matching.Ranking, seen: Seen) -> Frozen:
    """Return what is to be kept of ``ranking``; ``seen`` are records changed just before."""
    pool = ranking.pool
    return Frozen(pool.encoded, _ids(pool.remains_keys), _ids(pool.report_keys), seen)


def _ids(keys: Sequence[str]) -> Ids:
    return np.array([int(key) for key in keys], np.int64)


def keep(session: Session, run: RankingRun, frozen: Frozen) -> None:
    """Keep the tables of ``run`` in place of those of earlier runs."""
    plain = zlib.compress(pickle.dumps(frozen), 1)
    nonce = secrets.token_bytes(NONCE)
    sealed = nonce + _cipher(session).encrypt(nonce, plain, _context(run.id))
    session.execute(sa.delete(RankingTables))
    session.add(RankingTables(run_id=run.id, tables_sealed=sealed))


_known: dict[tuple[str, int, datetime], Frozen] = {}
"""The tables that this process opened last, by address of the database and by run."""


def opened(session: Session) -> Opened | None:
    """Return the tables of the last finished run, None where there are none to be opened.

    Those of an earlier program are not: it weighed by other formulas or kept tables otherwise.
    """
    run = last_finished(session)
    if run is None or run.code_version != code_version():
        return None
    key = session.get_bind().engine.url.render_as_string(), run.id, run.asked_at
    if key not in _known:
        frozen = _open(session, run)
        if frozen is None:
            return None
        _known.clear()
        _known[key] = frozen
    return Opened(run, _known[key])


@cache
def code_version() -> str:
    """Return the version of the program, and a digest of all source that a weight comes from."""
    folders = (Path(str(engine.__file__)).parent for engine in (matching, names))
    files = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    digest = hashlib.sha256()
    for path in (*files, Path(adapters.__file__)):
        digest.update(path.read_bytes())
    return f"{version('caseman')}+{digest.hexdigest()[:16]}"


def _open(session: Session, run: RankingRun) -> Frozen | None:
    query = sa.select(RankingTables.tables_sealed).where(RankingTables.run_id == run.id)
    sealed = session.scalar(query)
    if sealed is None:
        return None
    try:
        plain = _cipher(session).decrypt(sealed[:NONCE], sealed[NONCE:], _context(run.id))
    except InvalidTag:  # restored beside other keys: the next run makes them anew
        return None
    frozen = pickle.loads(zlib.decompress(plain))  # noqa: S301 - authenticated as our own just now
    return frozen if isinstance(frozen, Frozen) else None


def _cipher(session: Session) -> AESGCM:
    return AESGCM(session.info["keyring"].derived(PURPOSE))


def _context(run_id: int) -> bytes:
    return f"run:{run_id}".encode()
