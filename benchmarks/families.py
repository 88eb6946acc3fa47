"""Families send reports at a steady rate while reviewers work: how many are lost or fail.

Run as ``python -m benchmarks.families [--an-hour 5000] [--minutes 10] [--reviewers 10]
[--database URL] [--folder build/families]``. Each family comes when it is due, whether or not those
before it were served: it opens the form, sends it and reads its two numbers. Each reviewer opens a
page of a list, a person or candidates, and reads it for three seconds. Printed are the times of the
families' steps and of the reviewers' pages (p50, p95, longest, in milliseconds), what answered 5xx,
and how many reports sent are not in the database afterwards.
"""

import argparse
import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from benchmarks.filling import Filled, filled
from benchmarks.serving import REPORT, TOKEN, Answer, Client, server, signed_in
from benchmarks.web import pages
from caseman.database import create_engine
from caseman.reports.models import AnteMortemReport

READING: Final = 3.0
"""Seconds for which a reviewer looks at a page."""
AT_ONCE: Final = 64
"""Families at most on their way at one time; beyond that they queue, and their times show it."""


@dataclass
class Seen:
    """What the clients met; shared by their threads."""

    times: dict[str, list[float]] = field(default_factory=dict)
    failed: Counter[str] = field(default_factory=Counter)
    sent: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, step: str, seconds: float, status: int) -> None:
        """Keep how long a step took, and that it failed where it did."""
        with self.lock:
            self.times.setdefault(step, []).append(seconds)
            if status >= HTTPStatus.BAD_REQUEST:
                self.failed[f"{step}: {status}"] += 1


def timed(seen: Seen, step: str, ask: Callable[[], Answer]) -> Answer:
    """Ask, and keep how long the answer took."""
    began = time.perf_counter()
    answer = ask()
    seen.note(step, time.perf_counter() - began, answer.status)
    return answer


def family(seen: Seen, port: int, count: int, due: float) -> None:
    """Send one report once it is due, from an address of its own."""
    time.sleep(max(0.0, due - time.monotonic()))
    address = f"198.18.{count // 250 % 250}.{count % 250 + 1}"
    page = timed(seen, "form", lambda: Client(port, address=address).ask("/family/report"))
    token = TOKEN.search(page.body.decode())
    if token is None:
        return
    client = Client(port, page.cookies, address)
    told = REPORT | {
        "csrf_token": token.group(1),
        "name_given": f"سامر {count}",
        "phone": f"0944 {count:06d}",
    }
    answer = timed(seen, "send", lambda: client.ask("/family/report", told))
    if answer.status == HTTPStatus.FOUND:
        with seen.lock:
            seen.sent += 1
        timed(seen, "receipt", lambda: Client(port, answer.cookies, address).ask("/family/receipt"))


def reviewer(seen: Seen, client: Client, paths: list[str], end: float, first: int) -> None:
    """Open one page after another until the end."""
    for path in itertools.islice(itertools.cycle(paths), first, None):
        if time.monotonic() > end:
            return
        timed(seen, "reviewer", lambda path=path: client.ask(path))  # type: ignore[misc]
        time.sleep(READING)


def run(installation: Filled, options: argparse.Namespace) -> tuple[Seen, int]:
    """Let families and reviewers at the server; return what they met, and reports stored."""
    seen, before = Seen(), _stored(installation)
    every = [next(each()) for each in pages(installation).values()]
    families = round(options.an_hour * options.minutes / 60)
    environment = installation.environment | {
        "CASEMAN_PROXY_HOPS": "1",
        "CASEMAN_ANONYMOUS_RATE": "1000000/minute",
    }
    with (
        server(environment, installation.config.instance / "server.log") as (port, _process),
        ThreadPoolExecutor(AT_ONCE + options.reviewers) as threads,
    ):
        client = signed_in(port)
        began = time.monotonic()
        end = began + options.minutes * 60
        for first in range(options.reviewers):
            threads.submit(reviewer, seen, client, every, end, first)
        for count in range(families):
            threads.submit(family, seen, port, count, began + count * 3600 / options.an_hour)
    return seen, _stored(installation) - before


def _stored(installation: Filled) -> int:
    engine = create_engine(installation.config.database_url)
    with engine.connect() as connection:
        count = connection.scalar(sa.select(sa.func.count()).select_from(AnteMortemReport))
    engine.dispose()
    return int(count or 0)


def main() -> None:
    """Measure, and print what was met."""
    options = _options()
    installation = filled(options.database, options.scale, options.folder)
    seen, stored = run(installation, options)
    for step, times in seen.times.items():
        ordered = sorted(1e3 * each for each in times)
        middle, slow = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
        print(f"{step}: {len(ordered)}, {middle:.0f} / {slow:.0f} / {ordered[-1]:.0f} ms")
    print(f"answers of 4xx and 5xx: {dict(seen.failed) or 'none'}")
    print(f"sent {seen.sent}, stored {stored}, lost {seen.sent - stored}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--an-hour", type=int, default=5_000, help="reports in an hour")
    parser.add_argument("--minutes", type=float, default=10, help="for how long")
    parser.add_argument("--reviewers", type=int, default=10, help="people at work meanwhile")
    parser.add_argument("--scale", type=int, default=1_000, help="missing persons before")
    parser.add_argument(
        "--database", default="sqlite:///build/families/caseman.db", help="its address"
    )
    parser.add_argument("--folder", type=Path, default=Path("build/families"), help="its files")
    return parser.parse_args()


if __name__ == "__main__":
    main()
