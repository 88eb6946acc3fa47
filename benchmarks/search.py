"""Measure the list and the name search of missing persons on a database that is already filled.

Run from a clone: ``python -m benchmarks.search DATABASE_URL [--rounds 5]``. It reads only. Each
line is one question: the middle and the slowest of its rounds in milliseconds of the clock, the
processor's share, and how many persons it found. ``benchmarks.web`` asks the same through the web.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

import sqlalchemy as sa

from caseman import schema
from caseman.coding import Sex
from caseman.database import Sessions, create_engine
from caseman.permissions import Permission, Scope
from caseman.reports.models import MissingPerson
from caseman.reports.queries import PersonFilter, conditions, missing_persons, search_names

NAMES = (
    "محمد",
    "Mohammed",
    "محمد احمد علي",
    "سامر الحداد",
    "Samer Haddad",
    "خليل ابراهيم اليوسف",
    "فاطمه",
    "ليلى خليل الفياض",
    "Mohammed Ahmed Hussein Ali",
    "بيريفان شيار",
    "Xelef",
    "محم",
    "qwertyz",
)
"""Common and rare names in both scripts, a beginning, and a word that nobody bears."""
FILTERS = {
    "all, by name": PersonFilter(),
    "women, by name": PersonFilter(sex=Sex.FEMALE),
    "women born in 1931": PersonFilter(sex=Sex.FEMALE, born=1931),
    "by place": PersonFilter(place="البت"),
}
PAGE = 50
schema.metadata()


class Timing(NamedTuple):
    """What one question took, in milliseconds, and what it found."""

    middle: float
    slowest: float
    cpu: float
    found: int


def timed(ask: Callable[[], int], rounds: int) -> Timing:
    """Return what ``ask`` takes; the first time is not counted."""
    ask()
    clock, cpu, found = [], [], 0
    for _ in range(rounds):
        began, worked = time.perf_counter(), time.process_time()
        found = ask()
        cpu.append(time.process_time() - worked)
        clock.append(time.perf_counter() - began)
    return Timing(
        1e3 * statistics.median(clock), 1e3 * max(clock), 1e3 * statistics.median(cpu), found
    )


def main() -> None:
    """Print a line for each question."""
    parser = argparse.ArgumentParser(description="Time list and name search.")
    parser.add_argument("url", help="sqlite:///... or postgresql+psycopg://...")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    sessions = Sessions(create_engine(options.url))
    with sessions.read() as session:
        operations = frozenset(session.scalars(sa.select(MissingPerson.operation_id).distinct()))
        count = session.scalar(sa.select(sa.func.count(MissingPerson.id)))
    scope = Scope(permissions=frozenset(Permission), operation_ids=operations)
    print(f"{count} missing persons\n{'question':32}{'p50 ms':>9}{'max':>9}{'cpu':>9}{'found':>7}")

    def search(text: str) -> Callable[[], int]:
        def ask() -> int:
            with sessions.read() as session:
                return len(search_names(session, scope, text).hits)

        return ask

    def filtered(wanted: PersonFilter) -> Callable[[], int]:
        query = missing_persons(scope).where(*conditions(wanted))
        query = query.order_by(MissingPerson.name_sort, MissingPerson.id)

        def ask() -> int:
            with sessions.read() as session:
                return len(session.scalars(query.limit(PAGE)).all())

        return ask

    questions = {name: search(name) for name in NAMES}
    questions |= {name: filtered(wanted) for name, wanted in FILTERS.items()}
    timings = {name: timed(ask, options.rounds) for name, ask in questions.items()}
    for name, timing in timings.items():
        print(
            f"{name:32}{timing.middle:9.1f}{timing.slowest:9.1f}{timing.cpu:9.1f}{timing.found:7}"
        )
    searches = [timings[name].middle for name in NAMES]
    print(f"p50 over all name searches: {statistics.median(searches):.1f} ms")


if __name__ == "__main__":
    main()
