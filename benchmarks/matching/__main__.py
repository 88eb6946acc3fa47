"""Measures the ranking beside its peers, all on the same files.

Run as ``python -m benchmarks.matching [--data DIR] [--peers] [--ablation] [WORLD ...]``; the data
folder holds `evaluate.py`, which scores, and one folder for each world. Every method runs in a
process of its own. Peers are in the dependency group `benchmarks`; they learn from `--training`, a
world that is not reported. A country is too much for those that compare all pairs: there Splink
compares within blocks. Worlds `event-N` are also averaged.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from benchmarks.matching.measuring import (
    BLOCKED,
    NEEDED,
    PEERS,
    Figures,
    read_world,
)
from caseman.matching import (
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
    Sex,
    SexCall,
    SexEstimate,
    load_model,
    rank_in,
    write_parameters,
)

MOST_PAIRS = 50_000_000
SEEN, BORN = date(2017, 8, 14), date(2001, 2, 1)
STRATA = ("name_found", "no_name", "child", "fragmentary", "found_with_others")
HEAD = ("R@1", "R@5", "R@10", "R@20", "MRR", "Cllr", "<.01 %", "clock s", "CPU s", "MB")


def main() -> None:
    """Measure every world asked for and print one table each, and one of the events together."""
    arguments = _arguments()
    methods = [*arguments.model, *(_peers() if arguments.peers else ())]
    print(f"load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors")
    events: dict[str, list[Figures]] = {}
    for name in arguments.worlds:
        world = arguments.data / name
        _head(name)
        for method in (each for each in methods if _is_within_reach(each, world)):
            figures = measured(world, method, arguments.data / arguments.training)
            _row(method, figures)
            if name.startswith("event-"):
                events.setdefault(method, []).append(figures)
        if arguments.ablation:
            _ablation(world, load_model(arguments.model[-1]))
        if name == "city-7":
            rank = found_before_last_seen(world, load_model(arguments.model[0]))
            print(f"body found three days before its person was seen last: rank {rank}")
    _mean(events)


def measured(world: Path, method: str, training: Path) -> Figures:
    """Return what a method scores in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.matching.measuring", str(world), method]
    done = subprocess.run(  # noqa: S603 - ours
        [*command, "--training", str(training)], capture_output=True, text=True, check=True
    )
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def _is_within_reach(method: str, world: Path) -> bool:
    """Say whether a method is for so many pairs: peers compare all up to a city, blocks above."""
    if method not in PEERS:
        return True
    sides = (world / name for name in ("remains.csv", "reports.csv"))
    pairs = np.prod([len(side.read_bytes().splitlines()) for side in sides])
    return bool(pairs > MOST_PAIRS) is (method == BLOCKED)


def _peers() -> Iterable[str]:
    for peer in PEERS:
        if find_spec(NEEDED[peer]) is None:
            print(
                f"left out: {peer}, {NEEDED[peer]} is not installed (dependency group benchmarks)"
            )
        else:
            yield peer


def _head(title: str) -> None:
    print(f"\n{title:28}" + "".join(f"{column:>8}" for column in HEAD), flush=True)


def _row(title: str, figures: Figures) -> None:
    print(f"{title:28}" + "".join(f"{_shown(value):>8}" for value in _columns(figures)), flush=True)
    if "duplicates" in figures:
        recall = figures["duplicates"]["recall@precision0.95"]
        strata = (f"{name} {figures[name]['recall@20']:.3f}" for name in STRATA if name in figures)
        print(f"    duplicates at precision .95: {recall:.3f}; R@20 of {', '.join(strata)}")


def _columns(figures: Figures) -> list[float | None]:
    lr = figures.get("lr", {})
    below = lr.get("true_LR_below_0_01")
    recall = [figures["all"][f"recall@{k}"] for k in (1, 5, 10, 20)]
    weighed = [figures["all"]["mrr"], lr.get("cllr"), None if below is None else 100 * below]
    return [*recall, *weighed, figures["seconds"], figures["processor"], figures["megabytes"]]


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}" if value < 1 else f"{value:.1f}"


def _mean(events: dict[str, list[Figures]]) -> None:
    several = {method: found for method, found in events.items() if len(found) > 1}
    for method, found in several.items():
        if method == next(iter(several)):
            _head(f"mean of {len(found)} events")
        rows = [[np.nan if v is None else v for v in _columns(each)] for each in found]
        shown = np.array(rows, np.float64).mean(axis=0).tolist()
        columns = "".join(f"{'-' if np.isnan(v) else _shown(v):>8}" for v in shown)
        print(f"{method:28}{columns}")


def _ablation(world: Path, parameters: Parameters) -> None:
    """Print what is left when one line counts for nothing."""
    _head("without")
    for name, entry in parameters.entries.items():
        if name.startswith("weight."):
            nothing = {name: Parameter(0.0, entry.status, "ablation")}
            with tempfile.TemporaryDirectory() as folder:
                model = Path(folder) / "model.json"
                write_parameters(parameters.replace(nothing, model="ablation"), model)
                _row(name.removeprefix("weight."), measured(world, str(model), world))


def found_before_last_seen(world: Path, parameters: Parameters) -> int:
    """Return the rank of a boy of 16 for a body of 18-22 buried three days before he was seen last.

    Both are put among the remains and reports of `world`, with one healed fracture in common.
    """
    pool = read_world(world, parameters)
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


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/matching"))
    parser.add_argument("--training", default="city-8", help="world that peers learn from")
    parser.add_argument("--model", action="append", default=None)
    parser.add_argument("--peers", action="store_true", help="the peers that are installed too")
    parser.add_argument("--ablation", action="store_true", help="each line left out in turn")
    parser.add_argument("worlds", nargs="*", default=["event-101", "city-7"])
    arguments = parser.parse_args()
    arguments.model = arguments.model or ["day-one", "default"]
    return arguments


if __name__ == "__main__":
    main()
