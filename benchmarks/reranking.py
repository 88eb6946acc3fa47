"""Measures the background ranking as the worker does it, from the database to the stored lists.

Run as ``python -m benchmarks.reranking [--data ../shared/matching/city-7]``. The tables of the
folder are imported into an installation of their own that is kept, and everything is ranked; then
single records of either side change, one at a time, and are ranked on their own. Times are those of
the clock; processor seconds stand beside them, because others use the machine too.
"""

import argparse
import csv
import os
import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from caseman import schema
from caseman.accounts.models import Operation
from caseman.app import create_app
from caseman.audit.recorder import Actor
from caseman.database import Sessions, now
from caseman.exchange.codes import ImportKind
from caseman.exchange.importing import import_sheet
from caseman.exchange.kinds import reader_of
from caseman.exchange.sheets import Sheet, read_sheet
from caseman.identification.models import Candidate
from caseman.identification.services.candidates import Ranked, rank_all, rank_changed
from caseman.identification.services.lists import SHOWN
from caseman.remains.models import Remains
from caseman.reports.models import AnteMortemReport, MissingPerson
from caseman.sealing.keys import create_keys
from config import Config

TABLES = (ImportKind.REMAINS, ImportKind.REPORTS)
"""Belongings stand in both of them."""
TRUTH = "truth_pairs.csv"
AT_ONCE = 10_000
CHANGES = 11
APART = 37
"""Between the records that are changed, so that they do not stand together."""
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
    if (options.data / TRUTH).exists():
        first, listed = _recall(sessions, options.data / TRUTH)
        print(f"the right person first for {first:.3f}, among the first {SHOWN} for {listed:.3f}")
    took, _ = timed(lambda: _change(sessions, Remains, 0))
    print(f"{'the first change, tables opened':32}{took}")
    for what, model in (("one of the remains", Remains), ("one person", MissingPerson)):
        times = [timed(partial(_change, sessions, model, place)) for place in range(1, CHANGES + 1)]
        middle = sorted(times, key=lambda each: each[0].clock)[CHANGES // 2]
        slowest = max(times, key=lambda each: each[0].clock)
        print(f"{what + ', middle':32}{middle[0]}{middle[1].candidates:8} rows written")
        print(f"{what + ', slowest':32}{slowest[0]}{slowest[1].candidates:8} rows written")


def _recall(sessions: Sessions, truth: Path) -> tuple[float, float]:
    """Return for what share of remains a right report stands first, and among those shown."""
    right: dict[str, set[str]] = defaultdict(set)
    with truth.open(encoding="utf-8", newline="") as lines:
        for pair in csv.DictReader(lines):
            right[pair["remains_id"]].add(pair["report_id"])
    places = [_place(listed, right[key]) for key, listed in _lists(sessions) if key in right]
    first, shown = (sum(place < end for place in places) for end in (1, SHOWN))
    return first / len(right), shown / len(right)


def _lists(sessions: Sessions) -> Iterator[tuple[str, list[str]]]:
    """Yield for each unit of remains the reports of its candidates, best first, by their ids."""
    with sessions.read() as session:
        rows = session.execute(
            sa.select(Remains.source_id, AnteMortemReport.source_id)
            .join(Candidate, Candidate.remains_id == Remains.id)
            .join(
                AnteMortemReport,
                AnteMortemReport.missing_person_id == Candidate.missing_person_id,
            )
            .order_by(Remains.id, Candidate.log10_lr.desc(), Candidate.id)
        )
        for remains, some in groupby(rows, key=itemgetter(0)):
            yield _own_id(remains), [_own_id(report) for _, report in some]


def _own_id(source_id: str | None) -> str:
    return (source_id or "").rpartition(":")[2]


def _place(listed: list[str], right: set[str]) -> int:
    return next((place for place, report in enumerate(listed) if report in right), SHOWN)


def _change(sessions: Sessions, model: type[Remains | MissingPerson], place: int) -> Ranked:
    """Change one record and rank it, as a worker does when the job comes."""
    with sessions.transaction(actor=LOADING) as session:
        rows = sa.select(model).order_by(model.id).offset(place * APART).limit(1)
        session.scalars(rows).one().evidence_changed_at = now()
    ranked = rank_changed(sessions)
    if ranked.remains + ranked.persons != 1:
        message = f"one record was to be ranked, not {ranked}"
        raise RuntimeError(message)
    return ranked


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
        _age(sessions)
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


def _age(sessions: Sessions) -> None:
    """Date every record a day back: just imported, all of them would count as just changed."""
    yesterday = now() - timedelta(days=1)
    with sessions.engine.begin() as connection:
        for model in (Remains, MissingPerson):
            connection.execute(sa.update(model.__table__).values(evidence_changed_at=yesterday))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/matching/city-7"))
    parser.add_argument("--folder", type=Path, default=Path("build/reranking"))
    return parser.parse_args()


if __name__ == "__main__":
    main()
