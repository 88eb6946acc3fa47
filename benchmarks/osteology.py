"""Measure the osteology engine: pair matching of a lot, one unit against all, minimum number.

Run from a clone: ``python -m benchmarks.osteology``. Lefts and rights are drawn from the reference
of femur lengths and heads; medians of seven runs on one core.
"""

import time
from collections.abc import Callable
from statistics import median

import numpy as np

from caseman.osteology import (
    Specimen,
    Unit,
    compare_all_pairs,
    compare_pair,
    matches,
    minimum_number,
)

MEASURES = ("Fem_01", "Fem_04")
LONG_BONES = ("Fem_01", "Fem_04", "Tib_01", "Hum_01", "Rad_01", "Uln_01", "Fib_01")
SIDES = ("left", "right")
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
    body, units = _units(random)
    against = _seconds(lambda: matches(body, units))
    print(f"one body against {BONES} measured units, every test: {1000 * against:.1f} ms")
    codes, sides = ("FEM", "TIB", "HUM", "R1", "TAL", "COX"), ("left", "right", "")
    site = [
        Specimen(str(random.choice(codes)), str(random.choice(sides)), zones=frozenset({"1"}))
        for _ in range(ELEMENTS)
    ]
    print(f"MNI of {ELEMENTS} elements: {1000 * _seconds(lambda: minimum_number(site)):.1f} ms")


def _units(random: np.random.Generator) -> tuple[Unit, list[Unit]]:
    """Return a measured body, and as many units with two measures of one side."""
    usual = dict(zip(LONG_BONES, (465, 47.5, 380, 330, 248, 266, 372), strict=True))
    body = Unit("body", dict.fromkeys(SIDES, usual))
    units = []
    for number in range(BONES):
        size, side = random.normal(1, 0.05), str(random.choice(SIDES))
        chosen = random.choice(LONG_BONES, 2, replace=False).tolist()
        units.append(Unit(f"unit {number}", {side: {each: size * usual[each] for each in chosen}}))
    return body, units


def _seconds(work: Callable[[], object], times: int = 7) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return median(taken)


if __name__ == "__main__":
    main()
