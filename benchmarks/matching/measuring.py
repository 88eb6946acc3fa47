"""Measures one method on one world, in a process of its own, so that its memory is its own.

Run as ``python -m benchmarks.matching.measuring WORLD METHOD [--training WORLD]``; prints what the
scorer says as JSON, with seconds and megabytes added. A method is `day-one`, `default`, the file of
a model, or one of the peers.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from benchmarks.matching import peers
from caseman.cli.match import DOUBLES, RANKED, SCORED
from caseman.cli.tables import Column, Kind, write_table
from caseman.matching import (
    DAY_ONE,
    DEFAULT_PRIOR,
    Parameters,
    Pool,
    Ranking,
    Run,
    duplicate_batches,
    find_duplicates,
    first_pass,
    load_model,
    ranking_batches,
    read_effects,
    read_pairs,
    read_remains,
    read_reports,
    score_batches,
    scores_after,
    second_pass,
)

Figures: TypeAlias = dict[str, Any]

LISTED = peers.LISTED
"""Candidates that the scorer is given; the clock stops when those shown are written."""
SHOWN = 20
SAMPLE = "30000"
FILTER, POINTS = "filter", "filter-points"
RECORDLINKAGE = "recordlinkage"
SPLINK, BLOCKED = "splink", "splink-blocked"
PEERS = (FILTER, POINTS, RECORDLINKAGE, SPLINK, BLOCKED)
NEEDED = {FILTER: "anyascii", POINTS: "anyascii", RECORDLINKAGE: "recordlinkage"} | dict.fromkeys(
    (SPLINK, BLOCKED), "splink"
)


def main() -> None:
    """Measure what the command line asks for and print it as JSON."""
    arguments = _arguments()
    if arguments.method in PEERS:
        figures = measure_peer(arguments.world, arguments.training, arguments.method)
    else:
        figures = measure(arguments.world, load_model(arguments.method))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(figures | {"megabytes": memory}))


def measure(world: Path, parameters: Parameters) -> Figures:
    """Return what the scorer says of the engine on one world."""
    evaluate = evaluator(world)
    with tempfile.TemporaryDirectory() as folder:
        suggestions, asked, scored = (Path(folder) / n for n in ("s.csv", "asked.csv", "lr.csv"))
        # Compile outside the clock: what is measured is the work, not the first start.
        second_pass(_first(read_world(world, parameters, limit=20)), prior=DEFAULT_PRIOR)
        begin, used = time.perf_counter(), time.process_time()
        pool = read_world(world, parameters)
        first = _first(pool)
        shown = second_pass(first, prior=DEFAULT_PRIOR, top_k=SHOWN)
        write_table(Path(folder) / "shown.parquet", RANKED, ranking_batches(shown))
        took = {"seconds": time.perf_counter() - begin, "processor": time.process_time() - used}
        longer = second_pass(first, prior=DEFAULT_PRIOR, top_k=LISTED)
        write_table(suggestions, RANKED, ranking_batches(longer))
        scored_by(evaluate, world, "--write-sample", SAMPLE, str(asked))
        pairs = read_pairs(asked).values
        scores = scores_after(first, pairs, prior=DEFAULT_PRIOR)
        write_table(scored, SCORED, score_batches(scores))
        options = ["--suggestions", str(suggestions), "--lr", str(scored)]
        doubles = Path(folder) / "duplicates.csv"
        found = find_duplicates(pool.reports.values(), parameters=parameters)
        if write_table(doubles, DOUBLES, duplicate_batches(found)):
            options += ["--duplicates", str(doubles)]
        figures = scored_by(evaluate, world, *options)
    return figures | took


def measure_peer(world: Path, training: Path, method: str) -> Figures:
    """Return what the scorer says of a peer, trained (where it learns) on another world."""
    with tempfile.TemporaryDirectory() as folder:
        suggestions, asked, scored = (Path(folder) / n for n in ("s.csv", "asked.csv", "lr.csv"))
        scored_by(evaluator(world), world, "--write-sample", SAMPLE, str(asked))
        pairs = read_pairs(asked).values
        begin, used = time.perf_counter(), time.process_time()
        pool = read_world(world, DAY_ONE)
        listed, weighed = _answer(method, training, pool, pairs)
        write_table(suggestions, (*_KEYS, Column("rank", Kind.WHOLE)), [listed])
        took = {"seconds": time.perf_counter() - begin, "processor": time.process_time() - used}
        options = ["--suggestions", str(suggestions)]
        if weighed is not None:
            write_table(scored, (*_KEYS, Column("log10_lr", Kind.LOG10)), [weighed])
            options += ["--lr", str(scored)]
        return scored_by(evaluator(world), world, *options) | took


_KEYS = (Column("remains_id", Kind.TEXT), Column("report_id", Kind.TEXT))


def _answer(
    method: str, training: Path, pool: Pool, asked: peers.Pairs
) -> tuple[tuple[Any, ...], tuple[Any, ...] | None]:
    """Return the columns of a peer's lists, and of the pairs it was asked, where it weighs."""
    sides = peers.sides_of(pool)
    if method in {FILTER, POINTS}:
        return _listed(pool, peers.filtered(sides, points=method == POINTS)), None
    true = read_pairs(training / "truth_pairs.csv").values
    taught = peers.sides_of(read_world(training, DAY_ONE))
    if method == RECORDLINKAGE:
        scores = peers.recordlinkage_logistic(taught, true, sides)
        return _listed(pool, scores), _weighed(pool, scores, asked)
    found = peers.splink_trained(taught, true, sides, asked, blocked=method == BLOCKED)
    listed = *found.listed[:2], np.array(found.listed[2])
    weighed = *found.weighed[:2], np.array(found.weighed[2])
    return listed, None if method == BLOCKED else weighed


def _listed(pool: Pool, scores: peers.Scores) -> tuple[Any, ...]:
    """Return the columns of all lists; equal scores share a rank, as the scorer counts ties."""
    found = []
    for row, remains in enumerate(pool.remains_keys):
        order = np.argsort(-scores[row], kind="stable")
        own = scores[row, order]
        last = own[min(LISTED, len(own)) - 1]
        kept = order[(own >= last) & np.isfinite(own)]
        ranks = 1 + np.searchsorted(-own, -scores[row, kept])
        keys = [pool.report_keys[place] for place in kept]
        found += [(remains, *pair) for pair in zip(keys, ranks.tolist(), strict=True)]
    left, right, ranks = zip(*found, strict=True)
    return [*left], [*right], np.array(ranks)


def _weighed(pool: Pool, scores: peers.Scores, pairs: Sequence[tuple[str, str]]) -> tuple[Any, ...]:
    rows = [pool.remains_index[remains] for remains, _ in pairs]
    places = [pool.report_index[report] for _, report in pairs]
    log10 = scores[rows, places].astype(np.float64) / np.log(10)
    return [a for a, _ in pairs], [b for _, b in pairs], log10


def evaluator(world: Path) -> Path:
    """Return the scorer, which stands beside the worlds."""
    return world.parent / "evaluate.py"


def read_world(world: Path, parameters: Parameters, limit: int | None = None) -> Pool:
    """Return a world, encoded; its first rows only up to `limit`."""
    effects = read_effects(world / "effects.csv").values
    all_remains = read_remains(world / "remains.csv", effects).values
    reports = read_reports(world / "reports.csv", effects).values
    return Pool(all_remains[:limit], reports[:limit], parameters)


def _first(pool: Pool) -> Ranking:
    return first_pass(pool, listed=100, excluded=frozenset(), prior=DEFAULT_PRIOR, run=Run())


def scored_by(evaluate: Path, world: Path, *options: str) -> Figures:
    """Return what the scorer beside the worlds answers."""
    command = [sys.executable, str(evaluate), str(world), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    scores: Figures = json.loads(done.stdout)
    return scores


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("world", type=Path)
    parser.add_argument("method", help=f"day-one, default, a file, {', '.join(PEERS)}")
    parser.add_argument("--training", type=Path, help="world that peers learn from")
    return parser.parse_args()


if __name__ == "__main__":
    main()
