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
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from caseman.cli.match import DOUBLES, RANKED, SCORED
from caseman.cli.tables import write_table
from caseman.matching import (
    DEFAULT_PRIOR,
    AgeEstimate,
    AnteMortem,
    Assessor,
    DateInterval,
    DatePrecision,
    LastSeenDate,
    Mark,
    Parameter,
    Parameters,
    Pool,
    PostMortem,
    Ranking,
    Run,
    Sex,
    SexCall,
    SexEstimate,
    duplicate_batches,
    find_duplicates,
    first_pass,
    load_model,
    rank_in,
    ranking_batches,
    read_effects,
    read_pairs,
    read_remains,
    read_reports,
    score_batches,
    scores_after,
    second_pass,
)

Scores = dict[str, Any]

SEEN, BORN = date(2017, 8, 14), date(2001, 2, 1)

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
            folder, evaluate = arguments.data / world, arguments.data / "evaluate.py"
            _print(world, parameters, measure(folder, evaluate, parameters))
            if arguments.ablation:
                _print_ablation(folder, evaluate, parameters)
            if world == "city-7":
                print(f"found three days before: rank {found_before_last_seen(folder, parameters)}")


def measure(world: Path, evaluate: Path, parameters: Parameters) -> Scores:
    """Return what the scorer says of one world, with seconds and memory added."""
    with tempfile.TemporaryDirectory() as folder:
        suggestions, asked, scored = (Path(folder) / n for n in ("s.csv", "asked.csv", "lr.csv"))
        # Compile outside the clock: what is measured is the work, not the first start.
        second_pass(_first(_read(world, parameters, limit=20)), prior=DEFAULT_PRIOR)
        begin = time.perf_counter()
        pool = _read(world, parameters)
        first = _first(pool)
        ranking = second_pass(first, prior=DEFAULT_PRIOR, top_k=100)
        write_table(suggestions, RANKED, ranking_batches(ranking))
        seconds = time.perf_counter() - begin
        _score(evaluate, world, "--write-sample", "30000", str(asked))
        pairs = read_pairs(asked).values
        scores = scores_after(first, pairs, prior=DEFAULT_PRIOR)
        write_table(scored, SCORED, score_batches(scores))
        options = ["--suggestions", str(suggestions), "--lr", str(scored)]
        doubles = Path(folder) / "duplicates.csv"
        found = find_duplicates(pool.reports.values(), parameters=parameters)
        if write_table(doubles, DOUBLES, duplicate_batches(found)):
            options += ["--duplicates", str(doubles)]
        figures = _score(evaluate, world, *options)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**figures, "seconds": seconds, "megabytes": memory}


def found_before_last_seen(world: Path, parameters: Parameters) -> int:
    """Return the rank of a boy of 16 for a body of 18-22 buried three days before he was seen last.

    Both are put among the remains and reports of `world`, with one healed fracture in common.
    """
    pool = _read(world, parameters)
    site = next(iter(pool.remains.values())).site
    seen, birth = DateInterval(SEEN, SEEN), DateInterval(BORN, BORN)
    mark = frozenset({Mark("fx_clavicle", "L_arm")})
    boy = AnteMortem(
        key="boy",
        sex=Sex.MALE,
        birth=birth,
        marks=mark,
        last_seen=LastSeenDate(seen, DatePrecision.DAY),
    )
    buried = SEEN - timedelta(days=3)
    body = PostMortem(
        key="body",
        sex=SexEstimate(SexCall.PROBABLY_MALE, "skull", Assessor.LAY),
        age=AgeEstimate(18, 22),
        marks=mark,
        regions=frozenset({"skull", "L_arm", "torso"}),
        deposited=DateInterval(buried, buried),
        site=site,
    )
    wider = Pool(pool.remains.values(), [*pool.reports.values(), boy], parameters)
    ranked = rank_in(wider, [body], top_k=len(wider.reports)).candidates("body")
    return next(candidate.rank for candidate in ranked if candidate.report == "boy")


def _print_ablation(world: Path, evaluate: Path, parameters: Parameters) -> None:
    print(f"{'without':36}{'R@1':>8}{'R@5':>8}{'R@20':>8}{'R@100':>8}{'Cllr':>8}")
    for name, entry in parameters.entries.items():
        if name.startswith("weight."):
            nothing = {name: Parameter(0.0, entry.status, "ablation")}
            scores = measure(world, evaluate, parameters.replace(nothing, model="ablation"))
            recall = "".join(f"{scores['all'][f'recall@{k}']:8.3f}" for k in (1, 5, 20, 100))
            print(f"{name.removeprefix('weight.'):36}{recall}{scores['lr']['cllr']:8.3f}")


def _read(world: Path, parameters: Parameters, limit: int | None = None) -> Pool:
    effects = read_effects(world / "effects.csv").values
    all_remains = read_remains(world / "remains.csv", effects).values
    reports = read_reports(world / "reports.csv", effects).values
    return Pool(all_remains[:limit], reports[:limit], parameters)


def _first(pool: Pool) -> Ranking:
    return first_pass(pool, listed=100, excluded=frozenset(), prior=DEFAULT_PRIOR, run=Run())


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
    parser.add_argument("--ablation", action="store_true", help="each line left out in turn")
    parser.add_argument("worlds", nargs="*", default=["event-101", "city-7"])
    arguments = parser.parse_args()
    arguments.model = arguments.model or ["day-one"]
    return arguments


if __name__ == "__main__":
    main()
