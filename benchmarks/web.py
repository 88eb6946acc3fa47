"""Measures the pages people wait for, through the production server, at any size.

Run as ``python -m benchmarks.web --scale 10000 [--database URL] [--folder build/web]``. The
database is made at the first run (see ``benchmarks.filling``) and kept; single records are drawn
from those that are no copies. Each cell is the middle and the slow end (p50, p95) of
``--requests`` requests in milliseconds, then requests a second; each client asks over a new
connection and once beforehand. Processor time is that of the server's processes, then of
PostgreSQL's. Any answer but 200 ends the run.
"""

import argparse
import itertools
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from random import Random
from typing import Final
from urllib.parse import urlencode

import sqlalchemy as sa
from itsdangerous import URLSafeSerializer

from benchmarks.filling import Filled, filled
from benchmarks.multiplying import STEP
from benchmarks.serving import (
    Client,
    UnexpectedAnswerError,
    database_process,
    processor_seconds,
    server,
    signed_in,
)
from caseman.database import create_engine
from caseman.remains.models import Remains
from caseman.reports.models import MissingPerson
from caseman.sealing.keys import Keyring
from caseman.web.paging import SALT

NAMES: Final = (
    *("Mohammed", "محمد", "Haddad", "الحداد", "Khaled Haddad", "خالد الحداد"),
    *("Zeinab", "زينب", "Ibrahim", "ابراهيم", "aljubouri", "الجبوري"),
    *("Layla Darwish", "ليلى درويش", "Abdullah Qasim", "عبد الله قاسم"),
)
"""Single given and family names and two words, each in both scripts."""
NOBODY: Final = "qwertyz"
DRAWN: Final = 400
CLIENTS: Final = (1, 10)

Paths = Callable[[], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """One page under one number of clients; milliseconds, but for ``rate`` (requests a second)."""

    middle: float
    slow: float
    rate: float
    server_cpu: float
    database_cpu: float | None
    load: float

    def __str__(self) -> str:
        return f"{self.middle:.0f} / {self.slow:.0f}, {self.rate:.1f}"

    @property
    def cpu(self) -> str:
        """Processor time of one request: the server's and, where it is another, the database's."""
        beside = "" if self.database_cpu is None else f" + {self.database_cpu:.1f}"
        return f"{self.server_cpu:.1f}{beside}"


@dataclass(frozen=True, slots=True)
class Bench:
    """A running server, and whose processor time counts."""

    client: Client
    server: int
    database: int | None

    def cell(self, paths: Paths, clients: int, requests: int) -> Cell:
        """Measure ``requests`` requests shared by ``clients``, after one of each as warm-up."""
        warm, asked = itertools.islice(paths(), clients), itertools.islice(paths(), requests)
        with ThreadPoolExecutor(clients) as threads:
            list(threads.map(self._timed, warm))
            before, began = self._cpu(), time.perf_counter()
            times = sorted(threads.map(self._timed, asked))
            wall, after = time.perf_counter() - began, self._cpu()
        return Cell(
            middle=1e3 * times[len(times) // 2],
            slow=1e3 * times[int(len(times) * 0.95)],
            rate=len(times) / wall,
            server_cpu=1e3 * (after[0] - before[0]) / len(times),
            database_cpu=None
            if self.database is None
            else 1e3 * (after[1] - before[1]) / len(times),
            load=os.getloadavg()[0],
        )

    def _timed(self, path: str) -> float:
        began = time.perf_counter()
        status = self.client.ask(path).status
        if status != HTTPStatus.OK:
            message = f"{path} answered {status}"
            raise UnexpectedAnswerError(message)
        return time.perf_counter() - began

    def _cpu(self) -> tuple[float, float]:
        beside = 0.0 if self.database is None else processor_seconds(self.database)
        return processor_seconds(self.server), beside


def pages(installation: Filled) -> dict[str, Paths]:
    """Return what is measured: for each kind of page the addresses to ask in turn."""
    engine, draw = create_engine(installation.config.database_url), Random(1)
    with engine.connect() as connection:
        persons = connection.execute(
            sa.select(MissingPerson.id, MissingPerson.number)
            .where(MissingPerson.id < STEP)
            .order_by(MissingPerson.name_sort)
        ).all()
        finds = connection.scalars(sa.select(Remains.number).where(Remains.id < STEP)).all()
    engine.dispose()
    some_persons = [draw.choice(persons).number for _ in range(DRAWN)]
    some_finds = [draw.choice(finds) for _ in range(DRAWN)]
    key = Keyring(installation.config.keys).derived("web")
    middle = URLSafeSerializer(key, salt=SALT).dumps([persons[len(persons) // 2].id, False])
    return {
        "list, page 1": _always("/missing"),
        "list, filtered and sorted": _always("/missing?sex=F&born=1975&sort=-seen"),
        "list, in the middle": _always("/missing?" + urlencode({"sort": "name", "after": middle})),
        "name search": _each([f"/missing?{urlencode({'q': name})}" for name in NAMES]),
        "name search, nobody": _always(f"/missing?q={NOBODY}"),
        "missing person": _each([f"/missing/{number}" for number in some_persons]),
        "remains": _each([f"/remains/{number}" for number in some_finds]),
        "candidates of remains": _each([f"/candidates/remains/{number}" for number in some_finds]),
    }


def _always(path: str) -> Paths:
    return lambda: itertools.repeat(path)


def _each(paths: Sequence[str]) -> Paths:
    return lambda: itertools.cycle(paths)


def main() -> None:
    """Measure and print one table."""
    options = _options()
    installation = filled(options.database, options.scale, options.folder)
    chosen = {
        name: paths
        for name, paths in pages(installation).items()
        if any(word in name for word in options.only or [""])
    }
    kind = sa.make_url(installation.config.database_url).get_backend_name()
    print(f"{options.scale} missing persons, {kind}, {options.requests} requests a cell\n")
    titles = [f"{count} client{'s' if count > 1 else ''}" for count in CLIENTS]
    print(f"| page | {' | '.join(titles)} | CPU ms a request | load average |")
    print("|---" * (len(CLIENTS) + 3) + "|")
    log = installation.config.instance / "server.log"
    with server(installation.environment, log) as (port, process):
        client = signed_in(port)
        bench = Bench(client, process, database_process(installation.config.database_url))
        for name, paths in chosen.items():
            print(_row(name, _cells(bench, paths, options)), flush=True)


def _cells(bench: Bench, paths: Paths, options: argparse.Namespace) -> list[Cell]:
    """Return the middle one of the repeated cells, by p50, for each number of clients."""
    return [
        sorted(
            (bench.cell(paths, clients, options.requests) for _ in range(options.repeat)),
            key=lambda cell: cell.middle,
        )[options.repeat // 2]
        for clients in CLIENTS
    ]


def _row(name: str, cells: Sequence[Cell]) -> str:
    cpu = " / ".join(cell.cpu for cell in cells)
    load = f"{statistics.fmean(cell.load for cell in cells):.1f}"
    return f"| {name} | {' | '.join(map(str, cells))} | {cpu} | {load} |"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=int, default=10_000, help="missing persons")
    parser.add_argument("--database", default="sqlite:///build/web/caseman.db", help="its address")
    parser.add_argument("--folder", type=Path, default=Path("build/web"), help="keys and files")
    parser.add_argument("--requests", type=int, default=60, help="requests a cell")
    parser.add_argument("--repeat", type=int, default=1, help="times a cell is measured")
    parser.add_argument("--only", action="append", help="pages whose name holds this word")
    return parser.parse_args()


if __name__ == "__main__":
    main()
