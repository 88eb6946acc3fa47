"""Measures the ranking on the shared worlds, beside the published figures of its peers.

Run as `python -m benchmarks.matching [--data DIR] [--model NAME] [WORLD ...]`; the data folder
holds `evaluate.py`, which scores, and one folder for each world. Peers' figures were measured on
the same files (splink 5.0, recordlinkage 0.16; see the matching findings, section 5).
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from caseman.matching import (
    DEFAULT_PRIOR,
    Parameters,
    Pool,
    Ranking,
    find_duplicates,
    load_model,
    rank_in,
    read_effects,
    read_pairs,
    read_remains,
    read_reports,
    score_in,
    second_pass,
    write_duplicates,
    write_ranking,
    write_scores,
)

Scores = dict[str, Any]

PEERS = {
    "city-7": (
        ("filter only", "0.001", "0.006", "0.023", "0.110", "-"),
        ("filter + points", "0.059", "0.098", "0.176", "0.354", "-"),
        ("recordlinkage ECM", "0.042", "0.082", "0.162", "0.393", "-"),
        ("recordlinkage logistic, trained", "0.248", "0.414", "0.535", "0.711", "0.399"),
        ("splink, hand-set m", "0.211", "0.352", "0.476", "0.663", "0.385"),
        ("splink, trained m", "0.293", "0.441", "0.582", "0.756", "0.317"),
    ),
    "event-101": (
        ("filter + points (mean of five)", "0.18", "-", "0.76", "-", "-"),
        ("splink, hand-set m (mean of five)", "0.47", "-", "0.93", "-", "0.56"),
        ("splink, trained m (mean of five)", "0.55", "-", "0.92", "-", "0.52"),
    ),
}


def main() -> None:
    """Measure every world asked for and print one table each."""
    arguments = _arguments()
    for model in arguments.model:
        parameters = load_model(model)
        for world in arguments.worlds:
            scores = measure(arguments.data / world, arguments.data / "evaluate.py", parameters)
            _print(world, parameters, scores)


def measure(world: Path, evaluate: Path, parameters: Parameters) -> Scores:
    """Return what the scorer says of one world, with seconds and memory added."""
    with tempfile.TemporaryDirectory() as folder:
        suggestions, asked, scored = (Path(folder) / n for n in ("s.csv", "asked.csv", "lr.csv"))
        # Compile outside the clock: what is measured is the work, not the first start.
        _rank(_read(world, parameters, limit=20))
        begin = time.perf_counter()
        pool = _read(world, parameters)
        ranking = _rank(pool)
        write_ranking(ranking, suggestions)
        seconds = time.perf_counter() - begin
        _score(evaluate, world, "--write-sample", "30000", str(asked))
        write_scores(score_in(pool, read_pairs(asked).values), scored)
        options = ["--suggestions", str(suggestions), "--lr", str(scored)]
        doubles = Path(folder) / "duplicates.csv"
        found = find_duplicates(pool.reports.values(), parameters=parameters)
        if write_duplicates(found, doubles):
            options += ["--duplicates", str(doubles)]
        scores = _score(evaluate, world, *options)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**scores, "seconds": seconds, "megabytes": memory}


def _read(world: Path, parameters: Parameters, limit: int | None = None) -> Pool:
    effects = read_effects(world / "effects.csv").values
    all_remains = read_remains(world / "remains.csv", effects).values
    reports = read_reports(world / "reports.csv", effects).values
    return Pool(all_remains[:limit], reports[:limit], parameters)


def _rank(pool: Pool) -> Ranking:
    return second_pass(rank_in(pool, tuple(pool.remains.values())), prior=DEFAULT_PRIOR)


def _score(evaluate: Path, world: Path, *options: str) -> Scores:
    command = [sys.executable, str(evaluate), str(world), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    scores: Scores = json.loads(done.stdout)
    return scores


def _print(world: str, parameters: Parameters, scores: Scores) -> None:
    print(f"\n{world}: {scores['n_remains_with_report']} remains that have a report")
    print(f"{'':36}{'R@1':>8}{'R@5':>8}{'R@20':>8}{'R@100':>8}{'Cllr':>8}")
    for name, *figures in PEERS.get(world, ()):
        print(f"{name:36}" + "".join(f"{figure:>8}" for figure in figures))
    for stratum in ("all", "name_found", "no_name", "child", "fragmentary", "found_with_others"):
        if stratum in scores:
            recall = "".join(f"{scores[stratum][f'recall@{k}']:8.3f}" for k in (1, 5, 20, 100))
            cllr = f"{scores['lr']['cllr']:8.3f}" if stratum == "all" else ""
            print(f"{f'caseman {parameters.model}, {stratum}':36}{recall}{cllr}")
    lr = scores["lr"]
    print(f"Cllr min {lr['cllr_min']}, true pairs with LR < 0.01 {lr['true_LR_below_0_01']}")
    print(f"every true pair scored: {lr['complete']}; {scores['top1_posterior']}")
    if "duplicates" in scores:
        print(f"duplicates: {scores['duplicates']}")
    print(f"{scores['seconds']:.1f} s (read, encode, score, write), {scores['megabytes']:.0f} MB")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/matching"))
    parser.add_argument("--model", action="append", default=None)
    parser.add_argument("worlds", nargs="*", default=["event-101", "city-7"])
    arguments = parser.parse_args()
    arguments.model = arguments.model or ["day-one"]
    return arguments


if __name__ == "__main__":
    main()
