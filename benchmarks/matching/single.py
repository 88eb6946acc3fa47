"""Measures one new record against everything that is encoded already.

Run as ``python -m benchmarks.matching.single WORLD [--records N]``; the folder holds remains.csv,
reports.csv and effects.csv. The last N records of either side are kept out, the rest is encoded,
and each of them is then ranked alone, as when somebody has just entered it.
"""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from caseman.matching import (
    AnteMortem,
    Encoded,
    Pool,
    PostMortem,
    load_model,
    rank_single,
    read_effects,
    read_remains,
    read_reports,
)


def main() -> None:
    """Measure and print a line for each side."""
    arguments = _arguments()
    effects = read_effects(arguments.world / "effects.csv").values
    all_remains = read_remains(arguments.world / "remains.csv", effects).values
    reports = read_reports(arguments.world / "reports.csv", effects).values
    kept = slice(None, -arguments.records)
    begin = time.perf_counter()
    pool = Pool(all_remains[kept], reports[kept], load_model(arguments.model))
    took = time.perf_counter() - begin
    print(f"{len(pool.remains)} remains and {len(pool.reports)} reports encoded in {took:.1f} s")
    print(f"{'milliseconds':24}{'first':>8}{'median':>8}{'95 %':>8}{'worst':>8}{'CPU':>8}")
    fresh = slice(-arguments.records, None)
    _print("remains to all reports", pool.encoded, all_remains[fresh])
    _print("report to all remains", pool.encoded, reports[fresh])


def _print(title: str, encoded: Encoded, records: Sequence[PostMortem | AnteMortem]) -> None:
    first, *rest = (_milliseconds(encoded, record) for record in records)
    clock, processor = np.array(rest).T
    shown = first[0], *np.quantile(clock, [0.5, 0.95, 1]), np.median(processor)
    print(f"{title:24}" + "".join(f"{value:8.1f}" for value in shown))


def _milliseconds(encoded: Encoded, record: PostMortem | AnteMortem) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    rank_single(encoded, record, top_k=20)
    return 1e3 * (time.perf_counter() - clock), 1e3 * (time.process_time() - processor)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("world", type=Path, help="folder of a generated world")
    parser.add_argument("--records", type=int, default=200, help="kept out on either side")
    parser.add_argument("--model", default="default")
    return parser.parse_args()


if __name__ == "__main__":
    main()
