"""Indexes of words, so that a list finds what a record says without reading every record.

Each word typed must begin a word of the record; both are folded alike (``names.normalise``). Two
ways lead to the records: from the word, cheap where few have it, and from each record, cheap
where many have it and a page is soon full. Of N records of which t say the word, a list that
counts to a thousand reads t the first way and 1,000 N / t the other. With the border at ``RARE``
that is at most 3,000 records, or a third of them.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, ClassVar, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import (
    InstrumentedAttribute,
    Mapped,
    Session,
    UOWTransaction,
    declared_attr,
    mapped_column,
)

from caseman.database import SortedText
from caseman.names.normalisation import normalise

LONGEST = 40
"""Longer words are cut, in the record and in the question."""
MOST_WORDS = 500
"""Of one record; what follows in a longer text is not found by its words."""
RARE = 3_000
AT_ONCE = 500
AFTER = "\U0010ffff"
"""Comes after every character that a word can have."""


class WordIndex:
    """Mix into the table that holds the words of another table's rows: one row for each word."""

    row_id: Any
    """The primary key of the record; the model says of which table."""
    word: Mapped[str] = mapped_column(SortedText(LONGEST))

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[sa.schema.SchemaItem, ...]:
        table = cast("Any", cls).__tablename__
        return (
            sa.UniqueConstraint("row_id", "word"),
            sa.Index(f"ix_{table}_word", "word", "row_id"),
        )


class Worded:
    """Mix into a model whose rows are found by their words."""

    word_index: ClassVar[type[WordIndex]]
    found_by: ClassVar[tuple[str, ...]]
    """The columns whose words are looked for."""
    id: Any


def begins_with(column: InstrumentedAttribute[str], text: str) -> sa.ColumnElement[bool]:
    """Return the condition that ``column`` begins with ``text``, as an index can answer it.

    The column must be compared letter by letter. LIKE would not do: SQLite folds its letters and
    then leaves the index aside.
    """
    return sa.and_(column >= text, column < text + AFTER)


def begun(session: Session, column: InstrumentedAttribute[str], text: str) -> str:
    """Return ``text`` as the beginning of a number where one begins so, else nothing.

    A text without a digit is taken for a word.
    """
    number = text.strip().upper()
    if not any(map(str.isdigit, number)):
        return ""
    found = session.scalar(sa.select(column).where(begins_with(column, number)).limit(1))
    return number if found else ""


def words_of(text: str) -> list[str]:
    """Return the different words of ``text`` as they are stored, in order."""
    return list(dict.fromkeys(word[:LONGEST] for word in normalise(text).split()))[:MOST_WORDS]


@event.listens_for(Session, "after_flush")
def keep_words(session: Session, _context: UOWTransaction) -> None:
    """Store the words of every record that this flush wrote, in place of those before."""
    rows = [row for row in (*session.new, *session.dirty) if isinstance(row, Worded)]
    rows.sort(key=lambda row: type(row).__name__)
    for index, some in groupby(rows, key=lambda row: row.word_index):
        _replace(session, index, {row.id: _text_of(row) for row in some})


def _text_of(row: Worded) -> str:
    return " ".join(getattr(row, name) or "" for name in row.found_by)


def _replace(session: Session, index: type[WordIndex], texts: dict[int, str]) -> None:
    connection, table = session.connection(), cast("sa.Table", cast("Any", index).__table__)
    ids = list(texts)
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        connection.execute(sa.delete(table).where(table.c.row_id.in_(part)))
        rows = [{"row_id": each, "word": word} for each in part for word in words_of(texts[each])]
        if rows:
            connection.execute(sa.insert(table), rows)


def says(
    session: Session, key: sa.ColumnElement[int], index: type[WordIndex], text: str
) -> Iterator[sa.ColumnElement[bool]]:
    """Yield, for each word of ``text``, the condition that the record ``key`` says it.

    A text without a word, such as a dash, fits nothing.
    """
    words: Sequence[str] = words_of(text)
    if not words:
        yield sa.false()
    for word in words:
        begins = begins_with(index.word, word)
        if _is_rare(session, begins):
            yield key.in_(sa.select(index.row_id).where(begins))
        else:
            yield sa.exists().where(index.row_id == key, begins)


def _is_rare(session: Session, begins: sa.ColumnElement[bool]) -> bool:
    some = sa.select(sa.literal(1)).where(begins).limit(RARE + 1).subquery()
    count = session.scalar(sa.select(sa.func.count()).select_from(some)) or 0
    return count <= RARE
