"""Shows how the work grows with the pairs: the same world, a part of it, a smaller part.

Run as ``python -m benchmarks.matching.growth WORLD``. Prints processor seconds of encoding and of
scoring every pair, and how many pairs a second of scoring does.
"""

import argparse
import time
from pathlib import Path

from caseman.matching import (
    DEFAULT_PRIOR,
    Pool,
    Run,
    first_pass,
    load_model,
    read_effects,
    read_remains,
    read_reports,
)

PARTS = (8, 4, 2, 1)


def main() -> None:
    """Measure parts of a world, each twice as long on either side as the one before."""
    arguments = _arguments()
    effects = read_effects(arguments.world / "effects.csv").values
    all_remains = read_remains(arguments.world / "remains.csv", effects).values
    reports = read_reports(arguments.world / "reports.csv", effects).values
    _scored(Pool(all_remains[:20], reports[:20], load_model(arguments.model)))  # compiled before
    print(f"{'remains x reports':24}{'encode s':>10}{'score s':>10}{'million pairs/s':>18}")
    for part in PARTS:
        begin = time.process_time()
        some = all_remains[: len(all_remains) // part], reports[: len(reports) // part]
        pool = Pool(*some, load_model(arguments.model))
        encoded = time.process_time() - begin
        scored, pairs = _scored(pool), len(some[0]) * len(some[1])
        size = f"{len(some[0])} x {len(some[1])}"
        print(f"{size:24}{encoded:10.2f}{scored:10.2f}{pairs / scored / 1e6:18.1f}", flush=True)


def _scored(pool: Pool) -> float:
    begin = time.process_time()
    first_pass(pool, listed=60, excluded=frozenset(), prior=DEFAULT_PRIOR, run=Run())
    return time.process_time() - begin


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("world", type=Path)
    parser.add_argument("--model", default="default")
    return parser.parse_args()


if __name__ == "__main__":
    main()
