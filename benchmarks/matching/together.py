"""Measures what it adds to solve each site as one, on worlds whose truth is known.

Run as ``python -m benchmarks.matching.together [--model default] [--overlap 0.4] WORLD ...``. For
each way: how often the right report stands first, and the mean of -log2 of the probability that the
truth was given (a right report, or nobody where the person was not reported).
"""

import argparse
import csv
import math
import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from benchmarks.matching.measuring import read_world
from caseman.matching import (
    LINES,
    TO_LOG10,
    LineName,
    Prior,
    Ranking,
    Run,
    first_pass,
    load_model,
    second_pass,
    solve_group,
)

Chances: TypeAlias = Mapping[str, float]
Told: TypeAlias = tuple[str, str, Chances]
"""The way, the remains, the chance of each report."""

LISTED = 100
LEAST = 1e-4
RIVALS = LINES.index(LineName.RIVALS)


def main() -> None:
    """Print a line for each way and world."""
    options = _options()
    prior = Prior(options.overlap)
    print(f"{'':36}{'bodies':>8}{'first':>8}{'bits':>8}")
    for world in options.worlds:
        pool = read_world(world, load_model(options.model))
        first = first_pass(pool, listed=LISTED, excluded=frozenset(), prior=prior, run=Run())
        ranking = second_pass(first, prior=prior, top_k=LISTED)
        begin = time.process_time()
        told = [*_told(ranking)]
        took = time.process_time() - begin
        for way in ("list as shown", "without rivals", "all together"):
            mine = {remains: chances for name, remains, chances in told if name == way}
            _print(f"{world.name}, {way}", mine, _right(world / "truth_pairs.csv"))
        print(f"{world.name}, solving took {took:.2f} s of processor time")


def _told(ranking: Ranking) -> Iterator[Told]:
    """Yield what each way says of each of the remains."""
    sites: dict[str, list[int]] = defaultdict(list)
    for row, remains in enumerate(ranking.chosen.values()):
        sites[remains.site.key if remains.site else ""].append(row)
        yield "list as shown", ranking.remains[row], _posteriors(ranking, row)
    for rows in sites.values():
        odds = {ranking.remains[row]: _odds(ranking, row) for row in rows}
        for group in solve_group(odds):
            for key in group.remains:
                own = [pair for pair in group.pairs if pair.remains == key]
                yield "without rivals", key, {pair.report: pair.alone for pair in own}
                yield "all together", key, {pair.report: pair.together for pair in own}


def _posteriors(ranking: Ranking, row: int) -> Chances:
    keys = ranking.pool.report_keys
    return {
        keys[ranking.reports[row, place]]: float(ranking.posteriors[row, place])
        for place in range(ranking.kept(ranking.remains[row]))
    }


def _odds(ranking: Ranking, row: int) -> Chances:
    """Return the odds of a list without rivals against everything that is not on it."""
    chances = _posteriors(ranking, row)
    nobody = max(1e-9, 1 - sum(chances.values()))
    rivals = ranking.parts[row, :, RIVALS] * TO_LOG10
    return {
        report: chance / nobody * 10 ** -float(rivals[place])
        for place, (report, chance) in enumerate(chances.items())
    }


def _right(truth: Path) -> Mapping[str, Collection[str]]:
    right: dict[str, set[str]] = defaultdict(set)
    with truth.open(encoding="utf-8", newline="") as lines:
        for pair in csv.DictReader(lines):
            right[pair["remains_id"]].add(pair["report_id"])
    return right


def _print(name: str, told: Mapping[str, Chances], right: Mapping[str, Collection[str]]) -> None:
    reported = [key for key in told if key in right and told[key]]
    first = sum(max(told[key], key=lambda j: told[key][j]) in right[key] for key in reported)
    bits = -sum(math.log2(max(LEAST, _given(told[key], right.get(key, ())))) for key in told)
    print(f"{name:36}{len(told):8}{first / len(reported):8.3f}{bits / len(told):8.3f}")


def _given(chances: Chances, right: Collection[str]) -> float:
    """Return the chance that the truth was given."""
    if right:
        return sum(chances.get(report, 0.0) for report in right)
    return 1 - sum(chances.values())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="default")
    parser.add_argument("--overlap", type=float, default=0.4)
    parser.add_argument("worlds", nargs="+", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
