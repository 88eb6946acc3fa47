"""Measure the osteology engine: pair matching of a lot, minimum number of a site.

Run from a clone: ``python -m benchmarks.osteology``. Lefts and rights are drawn from the reference
of femur lengths and heads; medians of seven runs on one core.
"""

import time
from collections.abc import Callable
from statistics import median

import numpy as np

from caseman.osteology import Specimen, compare_all_pairs, compare_pair, minimum_number

MEASURES = ("Fem_01", "Fem_04")
BONES = 400
ELEMENTS = 5_000


def main() -> None:
    """Print the figures."""
    random = np.random.default_rng(7)
    left, right = (random.normal((465, 47.5), (30, 2.8), (BONES, 2)) for _ in "lr")
    all_at_once = _seconds(lambda: compare_all_pairs(MEASURES, left, right))
    few = [dict(zip(MEASURES, row, strict=True)) for row in left[:40].tolist()]
    one_by_one = _seconds(lambda: [compare_pair(one, other) for one in few for other in few])
    print(f"{BONES} x {BONES} femora, all pairs at once: {1000 * all_at_once:.1f} ms")
    print(f"one by one: {1e6 * one_by_one / len(few) ** 2:.0f} us a pair")
    codes, sides = ("FEM", "TIB", "HUM", "R1", "TAL", "COX"), ("left", "right", "")
    site = [
        Specimen(str(random.choice(codes)), str(random.choice(sides)), zones=frozenset({"1"}))
        for _ in range(ELEMENTS)
    ]
    print(f"MNI of {ELEMENTS} elements: {1000 * _seconds(lambda: minimum_number(site)):.1f} ms")


def _seconds(work: Callable[[], object], times: int = 7) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return median(taken)


if __name__ == "__main__":
    main()
