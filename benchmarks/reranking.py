"""Measures the background ranking as the worker does it, from the database to the stored lists.

Run as ``python -m benchmarks.reranking [--data ../shared/matching/city-7]``. The tables of the
folder are imported into an installation of their own that is kept, and everything is ranked. Times
are those of the clock; processor seconds stand beside them, because others use the machine too.
"""

import argparse
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from caseman import schema
from caseman.accounts.models import Operation
from caseman.app import create_app
from caseman.audit.recorder import Actor
from caseman.database import Sessions
from caseman.exchange.codes import ImportKind
from caseman.exchange.importing import import_sheet
from caseman.exchange.kinds import reader_of
from caseman.exchange.sheets import Sheet, read_sheet
from caseman.identification.services.candidates import rank_all
from caseman.sealing.keys import create_keys
from config import Config

TABLES = (ImportKind.REMAINS, ImportKind.REPORTS)
"""Belongings stand in both of them."""
AT_ONCE = 10_000
T = TypeVar("T")
LOADING = Actor("benchmark")


@dataclass(frozen=True, slots=True)
class Took:
    """How long something took."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:9.2f} s{self.processor:9.2f} s"


def main() -> None:
    """Measure and print a line for each step."""
    options = _options()
    sessions = _installation(options.data, options.folder / options.data.name)
    print(f"{options.data.name}: load average {os.getloadavg()[0]:.1f}")
    print(f"{'':32}{'clock':>11}{'processor':>11}")
    took, ranked = timed(lambda: rank_all(sessions))
    print(f"{'everything':32}{took}")
    print(f"{ranked.remains} remains, {ranked.persons} persons, {ranked.candidates} candidates")


def timed(work: Callable[[], T]) -> tuple[Took, T]:
    """Return how long ``work`` took, and what it returned."""
    clock, processor = time.perf_counter(), time.process_time()
    result = work()
    return Took(time.perf_counter() - clock, time.process_time() - processor), result


def _installation(data: Path, place: Path) -> Sessions:
    """Return the sessions of the installation at ``place``, made where it is not finished."""
    config = Config.from_environment({"CASEMAN_INSTANCE": str(place.absolute())})
    if not (place / "finished").exists():
        shutil.rmtree(place, ignore_errors=True)
        config.files.mkdir(parents=True)
        create_keys(config.keys)
    schema.upgrade(config.database_url)
    sessions: Sessions = create_app(config).extensions["caseman"].sessions
    if not (place / "finished").exists():
        _import(sessions, data)
        (place / "finished").touch()
    return sessions


def _import(sessions: Sessions, data: Path) -> None:
    with sessions.transaction(actor=LOADING) as session:
        session.add(Operation(code="BENCH", name="Measurements"))
    for kind in TABLES:
        sheet = read_sheet(data / f"{kind.value}.csv")
        rows = iter(sheet.rows)
        while some := list(islice(rows, AT_ONCE)):
            with sessions.transaction(actor=LOADING) as session:
                operation = session.get_one(Operation, 1)
                reader = reader_of(kind, session, operation)
                import_sheet(session, reader, Sheet(sheet.columns, tuple(some)), operation)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/matching/city-7"))
    parser.add_argument("--folder", type=Path, default=Path("build/reranking"))
    return parser.parse_args()


if __name__ == "__main__":
    main()
