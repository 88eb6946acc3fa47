"""Measures the kinship engine beside its peer, in CPU seconds of one process.

Run as `python -m benchmarks.kinship [--data DIR] [--families N] [scale|joint|large ...]`. The data
folder holds `scale/scale200.json` and `dvir/*.json`. Peer: dvir 3.4.2 (R 4.2.2, single thread) on
the same files. Reading, writing and compilation are left out on both sides, but in `large`, which
writes what it finds.
"""

import argparse
import csv
import json
import math
import resource
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from caseman.kinship import (
    Caseload,
    Comparer,
    Mutation,
    MutationModel,
    MutationPair,
    compare,
    read_caseload,
    solve_jointly,
)
from caseman.kinship.invented import Extent, invent

RUNS = 3
PEER_MATRIX = {"no mutation": 516.8, "proportional mutation 0.002": 71_400 * 0.0140}
PEER_JOINT = {"grave": 24.0, "icmp": 26.2}
_MOVING = Mutation(MutationModel.PROPORTIONAL, 0.002)


def main() -> None:
    """Run the measurements asked for."""
    arguments = _arguments()
    if "scale" in arguments.parts:
        measure_matrix(arguments.data / "scale")
    if "joint" in arguments.parts:
        measure_joint(arguments.data / "dvir")
    if "large" in arguments.parts:
        caseload = read_caseload(arguments.data / "scale" / "scale200.json")
        for count in (arguments.families // 4, arguments.families):
            measure_large(caseload, count)


def measure_matrix(folder: Path) -> None:
    """Print the CPU seconds of the full pairwise matrix, and how far it is from dvir's."""
    plain = read_caseload(folder / "scale200.json")
    print("full pairwise matrix, 300 remains x 335 missing persons, 23 loci")
    for name, caseload in (
        ("no mutation", plain),
        ("proportional mutation 0.002", _mutating(plain)),
    ):
        seconds, matrix = _median(lambda given=caseload: compare(given))
        peer = PEER_MATRIX[name]
        pairs = int((~np.isnan(matrix.log_ratios)).sum())
        print(
            f"  {name}: {seconds:.2f} s CPU for {pairs} pairs; "
            f"dvir {peer:.0f} s ({peer / seconds:.0f}x)"
        )
    print("  (dvir with mutation: 14.0 ms a pair, measured on 2,990 pairs)")
    print(f"  largest difference to dvir, no mutation: {_difference(plain, folder):.1e} relative")


def _difference(caseload: Caseload, folder: Path) -> float:
    expected = json.loads((folder / "scale200_results.json").read_text())["full_no_mutation"]
    ratios = {(e["victim"], e["missing"]): e["LR"] for e in expected["nonzero"]}
    matrix = compare(caseload)
    worst = 0.0
    for i, remains in enumerate(matrix.remains):
        for j, missing in enumerate(matrix.missing):
            found, wanted = matrix.log_ratios[i, j], ratios.get((remains, missing), 0.0)
            if not math.isnan(found) and (wanted or found > -math.inf):
                worst = max(worst, abs(math.exp(found) / wanted - 1) if wanted else math.inf)
    return worst


def measure_joint(folder: Path) -> None:
    """Print the CPU seconds of whole joint solutions: pairwise LRs, all assignments, posteriors."""
    print("joint solution of a grave")
    for name, peer in PEER_JOINT.items():
        caseload = read_caseload(folder / f"{name}.json")
        seconds, solution = _median(lambda given=caseload: solve_jointly(given))
        print(
            f"  {name}: {seconds:.2f} s CPU for {solution.count} assignments; "
            f"dvir {peer:.0f} s ({peer / seconds:.0f}x)"
        )


def measure_large(source: Caseload, count: int) -> None:
    """Print time and memory of `count` families against as many remains, LR >= 1 written."""
    extent = Extent(families=count, found=count // 2, unrelated=count - count // 2, missed=0.1)
    invented = invent(_mutating(source).loci, extent, seed=2017)
    caseload = invented.caseload
    begin, cpu = time.perf_counter(), time.process_time()
    comparer = Comparer(caseload.loci, caseload.remains)
    written = found = 0
    with tempfile.TemporaryFile("w", newline="") as file:
        rows = csv.writer(file)
        for family in caseload.families:
            (missing,) = family.missing
            totals = comparer.column(family, missing).totals
            for row in np.flatnonzero(totals >= 0).tolist():
                key = caseload.remains[row].key
                rows.writerow((key, missing, totals[row] / math.log(10)))
                written += 1
                found += invented.truth[key] == missing
    cpu, wall = time.process_time() - cpu, time.perf_counter() - begin
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count} remains x {count} families, 23 loci, proportional mutation: {cpu:.0f} s CPU, "
        f"{wall:.0f} s, {memory:.0f} MB; {written} pairs of LR >= 1, {found} of {extent.found} true"
    )


def _mutating(caseload: Caseload) -> Caseload:
    pair = MutationPair(_MOVING, _MOVING)
    return replace(caseload, loci=tuple(replace(x, mutation=pair) for x in caseload.loci))


def _median(work):  # noqa: ANN001, ANN202 - whatever the work returns
    work()  # compiles
    seconds = []
    for _ in range(RUNS):
        begin = time.process_time()
        result = work()
        seconds.append(time.process_time() - begin)
    return sorted(seconds)[RUNS // 2], result


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/kinship"))
    parser.add_argument("--families", type=int, default=20_000)
    parser.add_argument("parts", nargs="*", default=["scale", "joint", "large"])
    return parser.parse_args()


if __name__ == "__main__":
    main()
