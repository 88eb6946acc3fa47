"""Measure the list of exhibits, its filters and the figures of custody at any size.

Run from a clone: ``python -m benchmarks.custody DATABASE_URL [--exhibits 100000] [--rounds 5]``.
The database must hold no exhibit yet; it is migrated, filled with exhibits of twenty sites, of
which a hundredth is missing after a hand-over, and then only read. Each line is one question: the
middle and the slowest of its rounds in milliseconds, and how many rows it found (at most 1,000).
"""

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from benchmarks.search import PAGE, timed
from caseman import schema
from caseman.accounts.models import Operation, Team
from caseman.custody.codes import ExhibitCondition, ExhibitKind, Standing, StorageKind, Unmoved
from caseman.custody.models import (
    CustodyReceipt,
    CustodyTransfer,
    Exhibit,
    ReceiptItem,
    StoragePlace,
    TransferItem,
)
from caseman.custody.queries import (
    ExhibitFilter,
    filtered,
    how_many_exhibits,
    shelves,
    still_open,
)
from caseman.database import Sessions, create_engine, now
from caseman.permissions import Permission, Scope
from caseman.sealing.keys import Keyring, create_keys
from caseman.sites.codes import SiteKind
from caseman.sites.models import Site
from caseman.sites.services import NewSite, assign, register_site

SITES = 20
PLACES = 40
IN_ONE = 50
"""Exhibits of one hand-over."""
WAITING = 20
"""Of so many hand-overs one has no receipt yet."""
INTACT = {"seal_number": "", "condition": ExhibitCondition.INTACT}
schema.metadata()

Moved = Sequence[sa.Row[int, Standing | None]]


def fill(session: Session, exhibits: int) -> Team:
    """Fill the database with rows as they are stored, without the trail.

    Return a team that sees one of the sites.
    """
    operation = Operation(code="BENCH", name="Benchmark")
    session.add(operation)
    session.flush()
    sites = [_site(session, operation, number) for number in range(SITES)]
    places = [_place(operation, number) for number in range(PLACES)]
    team = Team(operation=operation, code="ONE", name="Of one site")
    session.add_all([*places, team])
    session.flush()
    assign(session, sites[13], team)
    rows = _exhibits(exhibits, sites, places)
    session.connection().execute(sa.insert(Exhibit.__table__), rows)
    chosen = sa.select(Exhibit.id, Exhibit.standing).where(Exhibit.standing.is_not(None))
    moved = session.execute(chosen.order_by(Exhibit.id)).all()
    for key, start in enumerate(range(0, len(moved), IN_ONE), start=1):
        _hand_over(session.connection(), operation, key, moved[start : start + IN_ONE])
    return team


def _site(session: Session, operation: Operation, number: int) -> Site:
    new = NewSite(operation.id, f"BEN{number:02d}", SiteKind.MASS_GRAVE, "Invented")
    return register_site(session, new)


def _place(operation: Operation, number: int) -> StoragePlace:
    return StoragePlace(
        operation_id=operation.id,
        code=f"P{number}",
        name=f"Room {number}",
        kind=StorageKind.COLD_ROOM,
    )


def _exhibits(
    count: int, sites: Sequence[Site], places: Sequence[StoragePlace]
) -> list[dict[str, Any]]:
    choose = random.Random(1)
    standings = [None, *[Standing.KEPT] * 3, Standing.ON_THE_WAY]
    return [
        _exhibit(
            number,
            sites[number % SITES],
            choose.choice(places),
            Standing.MISSING if number % 100 == 0 else choose.choice(standings),
        )
        for number in range(count)
    ]


def _exhibit(
    number: int, site: Site, place: StoragePlace, standing: Standing | None
) -> dict[str, Any]:
    return {
        "number": f"{site.code}-F01-B{number:06d}",
        "kind": ExhibitKind.EFFECT if number % 3 == 0 else ExhibitKind.REMAINS,
        "site_id": site.id,
        "description": "",
        "seal_number": f"S-{number}",
        "standing": standing,
        "place_id": place.id if standing is Standing.KEPT else None,
        "version": 1,
    }


def _hand_over(connection: sa.Connection, operation: Operation, key: int, moved: Moved) -> None:
    at = now()
    transfer = {
        "id": key,
        "number": f"T-{key:07d}",
        "operation_id": operation.id,
        "given_by": "A",
        "given_to": "B",
        "purpose": "storage",
        "authority": "",
        "notes": "",
        "declared_count": len(moved),
        "handed_over_at": at,
        "recorded_at": at,
    }
    connection.execute(sa.insert(CustodyTransfer.__table__), transfer)
    items = [{"transfer_id": key, "exhibit_id": exhibit, **INTACT} for exhibit, _ in moved]
    connection.execute(sa.insert(TransferItem.__table__), items)
    if key % WAITING:
        _receive(connection, key, at, moved)


def _receive(connection: sa.Connection, key: int, at: datetime, moved: Moved) -> None:
    lost = {exhibit for exhibit, standing in moved if standing is Standing.MISSING}
    receipt = {
        "id": key,
        "transfer_id": key,
        "received_by": "B",
        "received_count": len(moved) - len(lost),
        "received_at": at,
        "recorded_at": at,
        "agrees": not lost,
        "notes": "",
    }
    connection.execute(sa.insert(CustodyReceipt.__table__), receipt)
    items = [
        {"receipt_id": key, "exhibit_id": exhibit, "received": exhibit not in lost, **INTACT}
        for exhibit, _ in moved
    ]
    connection.execute(sa.insert(ReceiptItem.__table__), items)


FILTERS = {
    "list, by number": ExhibitFilter(),
    "number begins with": ExhibitFilter(text="BEN07-F01-B0123"),
    "of one site": ExhibitFilter(site="BEN13"),
    "of one kind": ExhibitFilter(kind=ExhibitKind.EFFECT),
    "in one place": ExhibitFilter(place_ids=frozenset({7})),
    "not yet handed over": ExhibitFilter(standing=Unmoved.NEVER),
    "missing after a hand-over": ExhibitFilter(standing=Standing.MISSING),
    "missing, of one site": ExhibitFilter(site="BEN00", standing=Standing.MISSING),
}


def _page(scope: Scope, wanted: ExhibitFilter) -> Callable[[Session], int]:
    """Return what reads the first page of a list and counts it, as the page does."""
    query = filtered(scope, wanted)
    first = query.order_by(Exhibit.number, Exhibit.id).limit(PAGE)

    def ask(session: Session) -> int:
        session.scalars(first).all()
        return how_many_exhibits(session, query)

    return ask


def questions(scope: Scope) -> dict[str, Callable[[Session], int]]:
    """Return what is asked, by name."""
    lists = {name: _page(scope, wanted) for name, wanted in FILTERS.items()}
    return lists | {
        "storage places with counts": lambda session: len(shelves(session, scope)),
        "what waits, start page": lambda session: still_open(session, scope).disagreeing,
    }


def _print(who: str, sessions: Sessions, scope: Scope, rounds: int) -> None:
    print(f"{who:32}{'p50 ms':>9}{'max':>9}{'found':>7}")
    for name, ask in questions(scope).items():

        def once(ask: Callable[[Session], int] = ask) -> int:
            with sessions.read() as session:
                return ask(session)

        timing = timed(once, rounds)
        print(f"{name:32}{timing.middle:9.1f}{timing.slowest:9.1f}{timing.found:7}")


def main() -> None:
    """Fill, then print a line for each question."""
    parser = argparse.ArgumentParser(description="Time the lists of custody.")
    parser.add_argument("url", help="sqlite:///... or postgresql+psycopg://...")
    parser.add_argument("--exhibits", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    schema.upgrade(options.url)
    engine = create_engine(options.url)
    sessions = Sessions(engine)
    with TemporaryDirectory() as folder, sessions.transaction() as session:
        create_keys(Path(folder) / "keys")  # a site has sealed fields, empty here
        session.info["keyring"] = Keyring(Path(folder) / "keys")
        team = fill(session, options.exhibits)
    with engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
    operations = frozenset({team.operation_id})
    rights = Scope(permissions=frozenset(Permission), operation_ids=operations)
    print(f"{options.exhibits} exhibits")
    _print(
        "who sees all", sessions, replace(rights, whole_operation_ids=operations), options.rounds
    )
    _print(
        "who sees a site", sessions, replace(rights, team_ids=frozenset({team.id})), options.rounds
    )
    engine.dispose()


if __name__ == "__main__":
    main()
