"""Proof that the trail is whole and that the records are what it says."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.audit.chain import FIRST, entry_mac, row_digest
from caseman.audit.checkpoint import Checkpoint
from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.audit.recorder import Audited, by_type
from caseman.database import Base

Kind = Literal["altered", "deleted", "inserted", "reordered", "recomputed", "cut"]

_CHANGES = (Action.CREATE, Action.UPDATE, Action.DELETE)
_BATCH = 2_000
_STREAM = {"yield_per": _BATCH}

Digests = Generator[tuple[int, str], None, None]
"""Pairs of a row id and the digest of that row, by row id."""
Report = Callable[[int], None]
"""Is told now and then how many entries and rows have been checked."""


def _to_nobody(_checked: int) -> None:
    """Take note of nothing."""


@dataclass(frozen=True, slots=True)
class Bad:
    """The first thing found wrong: a place in the chain, or a row of a table."""

    kind: Kind
    seq: int | None = None
    table: str | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the verification found."""

    entries: int
    rows: int
    first_bad: Bad | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the verdict as ``caseman verify-audit --json`` prints it."""
        bad = self.first_bad
        shown = {k: v for k, v in asdict(bad).items() if v is not None} if bad else None
        return {
            "ok": bad is None,
            "entries": self.entries,
            "rows": self.rows,
            "first_bad": shown,
        }


def verify(
    session: Session,
    key: bytes,
    checkpoints: Iterable[Checkpoint] = (),
    report: Report = _to_nobody,
) -> Verdict:
    """Check chain, checkpoints and rows; the first fault found ends the check."""
    anchors = {checkpoint.seq: checkpoint.mac for checkpoint in checkpoints}
    entries, bad = _verify_chain(session, key, anchors, report)
    rows = 0
    if bad is None:
        for model in audited_models():
            report(entries + rows)
            count, bad = _verify_rows(session, key, model)
            rows += count
            if bad is not None:
                break
    return Verdict(entries=entries, rows=rows, first_bad=bad)


def audited_models() -> list[type[Base]]:
    """Return every audited model, by table name."""
    models: list[type[Base]] = [
        cast("type[Base]", mapper.class_)
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Audited)
    ]
    return sorted(models, key=lambda model: model.__tablename__)


def _verify_chain(
    session: Session, key: bytes, anchors: dict[int, str], report: Report
) -> tuple[int, Bad | None]:
    table = AuditEntry.__table__
    previous, expected = FIRST, 0
    anchors.pop(0, None)
    statement = sa.select(table).order_by(table.c.id).execution_options(**_STREAM)
    with session.execute(statement) as result:
        rows = iter(result.mappings())
        for row in rows:
            expected += 1
            if row["seq"] != expected:
                kind = _misplaced(session, row["seq"], expected)
                return expected, Bad(kind, seq=min(expected, row["seq"]))
            if not _follows(key, previous, row, expected):
                return expected, Bad(_unfitting(key, previous, row, next(rows, None)), seq=expected)
            if anchors.pop(expected, row["mac"]) != row["mac"]:
                return expected, Bad("recomputed", seq=expected)
            previous = row["mac"]
            if expected % _BATCH == 0:
                report(expected)
    return expected, Bad("cut", seq=expected + 1) if anchors else None


def _follows(key: bytes, previous: str, row: sa.RowMapping, seq: int) -> bool:
    """Say whether ``row``, as entry ``seq``, is tied to the entry with the MAC ``previous``."""
    fields = {name: row[name] for name in row if name not in {"id", "mac"}}
    return bool(entry_mac(key, previous, fields | {"seq": seq}) == row["mac"])


def _misplaced(session: Session, seq: int, expected: int) -> Kind:
    """Return why the next entry is ``seq``; an entry that is only elsewhere was not deleted."""
    if seq < expected:
        return "inserted"
    table = AuditEntry.__table__
    elsewhere = session.scalar(sa.select(table.c.id).where(table.c.seq == expected))
    return "deleted" if elsewhere is None else "reordered"


def _unfitting(
    key: bytes, previous: str, row: sa.RowMapping, following: sa.RowMapping | None
) -> Kind:
    """Return why the entry ``row`` does not fit where it stands, judged by the one after it.

    Whoever changes an entry cannot make a new MAC for it without the key, but may number the
    entries after it anew.
    """
    if following is None:
        return "altered"
    seq = row["seq"]
    if _follows(key, row["mac"], following, seq + 1):
        return "altered"
    if _follows(key, row["mac"], following, seq + 2):
        return "deleted"
    if _follows(key, previous, following, seq):
        return "reordered" if _follows(key, following["mac"], row, seq + 1) else "inserted"
    return "recomputed"


def _verify_rows(session: Session, key: bytes, model: type[Base]) -> tuple[int, Bad | None]:
    """Compare each row with its last entry; both come ordered by id."""
    name = model.__tablename__
    count = 0
    # Closed at the first fault too, with the cursors behind them.
    with (
        closing(_last_entries(session, name)) as recorded_rows,
        closing(_digests(session, key, model)) as present_rows,
    ):
        for row_id, recorded, present in _side_by_side(recorded_rows, present_rows):
            count += present is not None
            if kind := _fault(recorded, present):
                return count, Bad(kind, table=name, id=row_id)
    return count, None


def _fault(recorded: str | None, present: str | None) -> Kind | None:
    if present is None:
        return "deleted" if recorded else None
    if not recorded:
        return "inserted"
    return None if recorded == present else "altered"


def _side_by_side(
    recorded: Iterator[tuple[int, str]], present: Iterator[tuple[int, str]]
) -> Iterator[tuple[int, str | None, str | None]]:
    """Merge two streams ordered by row id into (row id, recorded digest, present digest)."""
    left, right = next(recorded, None), next(present, None)
    while left is not None or right is not None:
        row_id = min(item[0] for item in (left, right) if item is not None)
        then = left[1] if left is not None and left[0] == row_id else None
        today = right[1] if right is not None and right[0] == row_id else None
        yield row_id, then, today
        if then is not None:
            left = next(recorded, None)
        if today is not None:
            right = next(present, None)


def _last_entries(session: Session, table_name: str) -> Digests:
    """Yield (row id, digest after its last change), by row id; a deleted row's digest is empty."""
    table = AuditEntry.__table__
    statement = (
        sa.select(table.c.row_id, table.c.row_digest)
        .where(table.c.table_name == table_name, table.c.action.in_(_CHANGES))
        .order_by(table.c.row_id, table.c.seq)
        .execution_options(**_STREAM)
    )
    with session.execute(statement) as rows:
        for row_id, group in groupby(rows, key=itemgetter(0)):
            *_, last = group
            yield row_id, last[1]


def _digests(session: Session, key: bytes, model: type[Base]) -> Digests:
    table = model.__table__
    statement = sa.select(table).order_by(table.c.id).execution_options(**_STREAM)
    with session.execute(statement) as rows:
        for row in rows.mappings():
            values = {c.name: by_type(c, row[c]) for c in table.c if row[c] is not None}
            yield row[table.c.id], row_digest(key, model.__tablename__, values)
