"""Pages of a long list by keyset: the next page begins after the last row, whatever its depth.

No OFFSET and no full count, so page 5,000 costs what page 1 costs. Each sortable column needs an
index; rows without a value come last in either direction. The address holds which row a page
follows, never that row's values.

Where many rows fit the filters, the index of the order is followed until a page is full. Where
few do, that walk would pass nearly the whole table, so they are found by the filters' own indexes
and sorted here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from flask import current_app, request
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy.orm import InstrumentedAttribute, Session

from caseman.web.addresses import here

ROWS = 50
MOST_COUNTED = 1_000
SALT = "caseman paging"

T = TypeVar("T")
R = TypeVar("R")
Column = InstrumentedAttribute[Any]


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; ``next`` and ``previous`` are addresses that keep every filter."""

    items: Sequence[T]
    next: str | None
    previous: str | None
    total_at_most: int
    is_more: bool
    """Whether there are more rows than ``total_at_most``; those were not counted."""
    sort: str
    """The chosen order as it stands in the address: ``name`` or, turned round, ``-name``."""

    def showing(self, items: Sequence[R]) -> "Page[R]":
        """Return the same page with its rows as a template shows them."""
        return Page(items, self.next, self.previous, self.total_at_most, self.is_more, self.sort)


@dataclass(frozen=True, slots=True)
class _Order:
    """A sort order: by one column, and by the primary key among equals."""

    column: Column
    identity: Column
    descending: bool

    @property
    def may_be_empty(self) -> bool:
        return bool(self.column.property.columns[0].nullable)


@dataclass(frozen=True, slots=True)
class _Place:
    """The row a page follows or, going back, precedes; ``row_id`` 0 is the beginning."""

    row_id: int = 0
    value: Any = None
    back: bool = False


def paginate(  # noqa: PLR0913 - one question; all but the first four have defaults
    session: Session,
    query: sa.Select[T],
    columns: Mapping[str, Column],
    identity: Column,
    *,
    filters: Iterable[sa.ColumnElement[bool]] = (),
    rows: int = ROWS,
) -> Page[T]:
    """Return the page of ``query`` that the address asks for.

    ``columns`` are what people may sort by, the first one by default; ``identity`` is the primary
    key. ``query`` selects one entity and has no order of its own; ``filters`` narrow it further.
    """
    filters = [*filters]
    whole, query = query, query.where(*filters)
    sort, order = _order(columns, identity)
    place = _place(session, order)
    counted = _count(session, query, identity)
    if counted > MOST_COUNTED:
        read, query = _rows, whole.where(*_sifting(session, filters))
    else:
        read = _few
    found = read(session, query, order, place, rows + 1)
    if place.back and not found:
        place = _Place()
        found = read(session, query, order, place, rows + 1)
    is_more, items = len(found) > rows, found[:rows]
    if place.back:
        items.reverse()
    has_next = is_more or place.back
    has_previous = is_more if place.back else place.row_id != 0
    return Page(
        items,
        _address(items[-1], identity, back=False) if items and has_next else None,
        _address(items[0], identity, back=True) if items and has_previous else None,
        min(counted, MOST_COUNTED),
        counted > MOST_COUNTED,
        sort,
    )


def asked_part() -> slice:
    """Return which rows the address asks for of a list that is found whole, such as a search."""
    number = request.args.get("page", default=1, type=int)
    first = ROWS * (max(1, min(number, MOST_COUNTED)) - 1)
    return slice(first, first + ROWS)


def page_of(rows: Sequence[R], part: slice, count: int) -> Page[R]:
    """Return the page that shows ``rows``, which are ``part`` of a list of ``count``."""
    number = part.start // ROWS + 1
    return Page(
        rows,
        here(page=str(number + 1)) if part.stop < count else None,
        here(page=str(number - 1)) if number > 1 else None,
        count,
        is_more=False,
        sort="",
    )


def _order(columns: Mapping[str, Column], identity: Column) -> tuple[str, _Order]:
    default = next(iter(columns))
    sort = request.args.get("sort", default)
    name = sort.removeprefix("-")
    if name not in columns:
        sort = name = default
    return sort, _Order(columns[name], identity, descending=sort.startswith("-"))


def _place(session: Session, order: _Order) -> _Place:
    """Read where to go on; a row that is gone, or an address changed by hand, is the beginning."""
    try:
        row_id, back = _signer().loads(request.args.get("after", ""))
    except (BadData, ValueError):
        return _Place()
    row = session.execute(sa.select(order.column).where(order.identity == row_id)).first()
    return _Place() if row is None else _Place(row_id, row[0], back=back)


def _rows(
    session: Session, query: sa.Select[T], order: _Order, place: _Place, wanted: int
) -> list[T]:
    found: list[T] = []
    for condition, *by in _segments(order, place):
        if len(found) < wanted:
            part = query.where(condition).order_by(*by).limit(wanted - len(found))
            found += session.scalars(part)
    return found


def _sifting(
    session: Session, filters: Sequence[sa.ColumnElement[bool]]
) -> Sequence[sa.ColumnElement[bool]]:
    """Return ``filters`` in a form that leaves the order its index.

    PostgreSQL chooses well by itself, because it knows how common each value is.
    """
    if session.connection().dialect.name != "sqlite":
        return filters
    return [sa.case((condition, 1), else_=0) == 1 for condition in filters]


def _few(
    session: Session, query: sa.Select[T], order: _Order, place: _Place, wanted: int
) -> list[T]:
    """Return what ``_rows`` does, by way of every row that fits."""
    keys = query.with_only_columns(order.column, order.identity).order_by(None)
    some = keys.limit(MOST_COUNTED).subquery()
    ids = _sorted(session.execute(sa.select(some)).all(), order)
    if place.back:
        ids.reverse()
    start = ids.index(place.row_id) + 1 if place.row_id in ids else 0
    chosen = ids[start : start + wanted]
    found = session.scalars(query.where(order.identity.in_(chosen))) if chosen else ()
    by_id = {getattr(row, order.identity.key): row for row in found}
    return [by_id[row_id] for row_id in chosen if row_id in by_id]


def _sorted(keys: Sequence[sa.Row[Any, int]], order: _Order) -> list[int]:
    valued = sorted((tuple(key) for key in keys if key[0] is not None), reverse=order.descending)
    empty = sorted(row_id for value, row_id in keys if value is None)
    return [row_id for _value, row_id in valued] + empty


def _segments(order: _Order, place: _Place) -> list[tuple[Any, ...]]:
    """Return the conditions and orders to read one after the other.

    Rows with a value and rows without are read apart: each part can follow an index, while NULLs
    within one order stand at different ends on the two databases.
    """
    valued, empty = _valued(order, place), _empty(order, place)
    if not order.may_be_empty:
        return [valued]
    if place.row_id and place.value is None:
        return [empty, _valued(order, _Place(back=True))] if place.back else [empty]
    return [valued] if place.back else [valued, _empty(order, _Place())]


def _valued(order: _Order, place: _Place) -> tuple[Any, ...]:
    falls = order.descending != place.back
    by = [column.desc() if falls else column.asc() for column in (order.column, order.identity)]
    condition: Any = order.column.is_not(None) if order.may_be_empty else sa.true()
    if place.row_id:
        key = sa.tuple_(order.column, order.identity)
        last = sa.tuple_(sa.literal(place.value, order.column.type), sa.literal(place.row_id))
        condition = sa.and_(condition, key < last if falls else key > last)
    return condition, *by


def _empty(order: _Order, place: _Place) -> tuple[Any, ...]:
    condition: Any = order.column.is_(None)
    if place.row_id:
        beyond = order.identity < place.row_id if place.back else order.identity > place.row_id
        condition = sa.and_(condition, beyond)
    return condition, order.identity.desc() if place.back else order.identity.asc()


def _count(session: Session, query: sa.Select[T], identity: Column) -> int:
    """Count up to one more than is told."""
    some = query.with_only_columns(identity).order_by(None).limit(MOST_COUNTED + 1).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(some)) or 0


def _address(row: object, identity: Column, *, back: bool) -> str:
    row_id = getattr(row, identity.key)
    return here(after=_signer().dumps([row_id, back]))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or b"", salt=SALT)
