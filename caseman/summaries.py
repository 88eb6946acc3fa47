"""Tables that repeat, in one row for each record, what other tables say of it.

A list narrowed by what stands elsewhere would read every record; the summary has an index for
each answer. The database fills it in with every flush that writes what it repeats, so that no way
of recording can forget it. It proves nothing, and the trail has the rows that it repeats.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from caseman.database import Base

AT_ONCE = 500


@dataclass(frozen=True)
class Summary:
    """How the rows of ``table`` follow those of ``subject`` and of ``parts``."""

    table: type[Base]
    subject: type[Base]
    key: str
    """The column of the table, and of each part, that points to the subject."""
    parts: tuple[type[Base], ...]
    values: Mapping[str, Any]
    """Column -> what it repeats, in terms of the table's key."""

    def follow(self) -> None:
        """Bring the table up to date with every flush from now on."""
        event.listen(Session, "after_flush", self._after_flush)

    def _after_flush(self, session: Session, _context: UOWTransaction) -> None:
        rows = (*session.new, *session.dirty, *session.deleted)
        ids = {getattr(row, self.key) for row in rows if isinstance(row, self.parts)}
        ids |= {row.id for row in session.new if isinstance(row, self.subject)}
        some = sorted(ids)
        for start in range(0, len(some), AT_ONCE):
            self._write(session.connection(), some[start : start + AT_ONCE])

    def _write(self, connection: sa.Connection, ids: Iterable[int]) -> None:
        table = cast("sa.Table", self.table.__table__)
        key, subject = table.c[self.key], cast("sa.Table", self.subject.__table__)
        new = sa.select(subject.c.id).where(
            subject.c.id.in_(ids), ~sa.exists().where(key == subject.c.id)
        )
        rows = [{self.key: each} for each in connection.scalars(new)]
        if rows:
            connection.execute(sa.insert(table), rows)
        connection.execute(sa.update(table).where(key.in_(ids)).values(**self.values))
