"""Families send reports at a steady rate while reviewers work: how many are lost or fail.

Run as ``python -m benchmarks.families --locust PATH [--an-hour 5000] [--minutes 10]
[--reviewers 10] [--database URL] [--folder build/families]``, PATH being the program of
``uv tool install locust==2.47.0`` (needless where it is on the path). Each family opens the form,
sends it and reads its two numbers; each reviewer opens a page of a list, a person or candidates,
and reads it for three seconds (``benchmarks/locustfile.py``). Printed are the times of the
families' steps and of the reviewers' pages (p50, p95, longest, in milliseconds), what failed, and
how many reports sent are not in the database afterwards; it fails where one is lost or an answer
was not what it should be.
"""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from benchmarks.filling import Filled, filled
from benchmarks.serving import REPORT, server, signed_in
from benchmarks.web import pages
from caseman.database import create_engine
from caseman.reports.models import AnteMortemReport

AT_ONCE: Final = 64
"""Families that come in turn; the next of one comes when its last has been answered."""
FILE: Final = Path(__file__).parent / "locustfile.py"


def run(installation: Filled, options: argparse.Namespace) -> tuple[Path, int]:
    """Let families and reviewers at the server; return where Locust tells, and reports stored."""
    told, before = installation.config.instance / "locust", _stored(installation)
    serving = installation.environment | {
        "CASEMAN_PROXY_HOPS": "1",
        "CASEMAN_ANONYMOUS_RATE": "1000000/minute",
    }
    with server(serving, installation.config.instance / "server.log") as (port, _process):
        clients = {
            "FAMILIES": str(AT_ONCE),
            "EVERY": str(AT_ONCE * 3600 / options.an_hour),
            "TOLD": json.dumps(REPORT),
            "REVIEWERS": str(options.reviewers),
            "PAGES": json.dumps([next(each()) for each in pages(installation).values()]),
            "COOKIES": signed_in(port).cookies,
        }
        command = [
            *(options.locust, "--headless", "--only-summary", "--locustfile", FILE),
            *("--host", f"http://127.0.0.1:{port}", "--csv", told),
            *("--users", str(AT_ONCE + options.reviewers), "--spawn-rate", "100"),
            *("--run-time", f"{options.minutes * 60:.0f}s", "--stop-timeout", "60"),
        ]
        with told.with_suffix(".log").open("wb") as log:
            # Not checked: it also ends with 1 where an answer was wrong, which is told below.
            subprocess.run(  # noqa: S603 - the program that was named
                command, check=False, env=os.environ | clients, stdout=log, stderr=log
            )
    return told, _stored(installation) - before


def _stored(installation: Filled) -> int:
    engine = create_engine(installation.config.database_url)
    with engine.connect() as connection:
        count = connection.scalar(sa.select(sa.func.count()).select_from(AnteMortemReport))
    engine.dispose()
    return int(count or 0)


def _rows(told: Path, table: str) -> list[dict[str, str]]:
    with Path(f"{told}_{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    """Measure, and print what was met."""
    options = _options()
    told, stored = run(filled(options.database, options.scale, options.folder), options)
    sent, failures = 0, _rows(told, "failures")
    for row in _rows(told, "stats"):
        count, failed = int(row["Request Count"]), int(row["Failure Count"])
        if row["Name"] != "Aggregated":
            print(f"{row['Name']}: {count}, {row['50%']} / {row['95%']} / {row['100%']} ms")
        if row["Name"] == "send":
            sent = count - failed
    for row in failures:
        print(f"failed: {row['Name']} {row['Occurrences']} times, {row['Error']}")
    print(f"sent {sent}, stored {stored}, lost {sent - stored}, failures {len(failures)}")
    sys.exit(bool(failures) or not sent or stored < sent)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--locust", type=Path, default=shutil.which("locust"), help="the program")
    parser.add_argument("--an-hour", type=int, default=5_000, help="reports in an hour")
    parser.add_argument("--minutes", type=float, default=10, help="for how long")
    parser.add_argument("--reviewers", type=int, default=10, help="people at work meanwhile")
    parser.add_argument("--scale", type=int, default=1_000, help="missing persons before")
    parser.add_argument(
        "--database", default="sqlite:///build/families/caseman.db", help="its address"
    )
    parser.add_argument("--folder", type=Path, default=Path("build/families"), help="its files")
    options = parser.parse_args()
    if options.locust is None:
        parser.error("locust is not there: uv tool install locust==2.47.0, then --locust")
    return options


if __name__ == "__main__":
    main()
