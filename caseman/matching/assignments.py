"""Chances of pairs where nobody is given twice: summed in full, or held between bounds.

Both sides are numbers. A claim is the odds of one pair against giving these remains nobody.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from scipy.sparse import csr_array, csr_matrix
from scipy.sparse.csgraph import reverse_cuthill_mckee

from caseman.compilation import compiled
from caseman.matching.arrays import Bools, Floats, Int64s

Claims: TypeAlias = Mapping[int, float]
"""By report, the odds of one of the remains."""

Bounds: TypeAlias = tuple[float, float]

MOST_STATES = 4096
"""Sets of reports already taken that a table may hold, after any of the remains."""

_SLIGHT = 1e-3
_CLOSE = 0.002
_DEPTHS = (3, 5)
_WORK = 1e8
_ROUNDS = 300
_STILL = 1e-9


def counted_chances(claims: Sequence[Claims]) -> list[dict[int, float]] | None:
    """Return, for each of the remains, the chance of each of its reports; None if out of reach.

    A table over the reports taken is carried from remains to remains, forward and backward. A
    report that nobody further on wants is forgotten, so a table stays small where lists overlap
    little.
    """
    found = _counted(claims)
    if found is not None:
        return found
    other_way = _counted(_turned(claims))
    return None if other_way is None else _turned(other_way, len(claims))


def _counted(claims: Sequence[Claims]) -> list[dict[int, float]] | None:
    steps, tables = [], [{0: 1.0}]
    for i, live in _steps(claims):
        after = _after(tables[-1], claims[i], live)
        if len(after) > MOST_STATES:
            return None
        steps.append((i, live))
        tables.append(after)
    return _backward(claims, steps, tables)


def _turned(claims: Sequence[Claims], size: int = 0) -> list[dict[int, float]]:
    """Return the same by the other side: it makes no difference who is given to whom."""
    size = size or _width(claims)
    turned: list[dict[int, float]] = [{} for _ in range(size)]
    for i, own in enumerate(claims):
        for report, value in own.items():
            turned[report][i] = value
    return turned


def _steps(claims: Sequence[Claims]) -> Iterator[tuple[int, int]]:
    """Yield the remains, and as bits the reports seen so far that those to come still want."""
    left = Counter(report for own in claims for report in own)
    seen: set[int] = set()
    for i in _order(claims):
        seen.update(claims[i])
        left.subtract(claims[i].keys())
        seen = {report for report in seen if left[report]}
        yield i, sum(1 << report for report in seen)


def _order(claims: Sequence[Claims]) -> list[int]:
    """Return the remains so that those who want the same stand near (Cuthill and McKee 1969)."""
    rows = [i for i, own in enumerate(claims) for _ in own]
    columns = [report for own in claims for report in own]
    wants = csr_array(
        (np.ones(len(rows), np.int32), (rows, columns)), shape=(len(claims), _width(claims))
    )
    order: Int64s = reverse_cuthill_mckee(csr_matrix(wants @ wants.T), symmetric_mode=True)
    return [int(i) for i in order]


def _width(claims: Sequence[Claims]) -> int:
    return 1 + max((report for own in claims for report in own), default=-1)


def _after(table: Mapping[int, float], own: Claims, live: int) -> dict[int, float]:
    after: dict[int, float] = defaultdict(float)
    for used, weight in table.items():
        after[used & live] += weight
        for report, odds in own.items():
            if not used >> report & 1:
                after[(used | 1 << report) & live] += weight * odds
    return _scaled(after)


def _backward(
    claims: Sequence[Claims],
    steps: Sequence[tuple[int, int]],
    tables: Sequence[Mapping[int, float]],
) -> list[dict[int, float]]:
    chances: list[dict[int, float]] = [{} for _ in claims]
    future = {0: 1.0}
    for (i, live), table in zip(reversed(steps), reversed(tables[:-1]), strict=True):
        own, before = claims[i], {}
        found, nobody = dict.fromkeys(own, 0.0), 0.0
        for used, weight in table.items():
            total = future[used & live]
            nobody += weight * total
            for report, odds in own.items():
                if not used >> report & 1:
                    through = odds * future[(used | 1 << report) & live]
                    found[report] += weight * through
                    total += through
            before[used] = total
        whole = nobody + sum(found.values())
        chances[i] = {report: value / whole for report, value in found.items()}
        future = _scaled(before)
    return chances


def _scaled(table: Mapping[int, float]) -> dict[int, float]:
    largest = max(table.values())
    return {used: weight / largest for used, weight in table.items()}


def bounded_chances(claims: Sequence[Claims]) -> list[dict[int, tuple[float, float, float]]]:
    """Return least, value and most of every chance, by remains and report.

    The bounds are proven: the chance that a node is left free is 1 / (1 + sum of odds x the chance
    that the neighbour is free where the node is gone), followed to some depth (Bayati et al. 2007).
    The value between them is that of belief propagation, which has one fixed point here
    (Vontobel 2013).
    """
    graph, free = _graph(claims), _propagated(claims)
    depths = _depths(graph)
    return [dict(_pair_bounds(graph, claims[i], i, free[i], depths)) for i in range(len(claims))]


def _depths(graph: "_Graph") -> Sequence[int]:
    """Return how deep to look; only as deep as so many lists that overlap so much allow."""
    edges, nodes = len(graph.odds) / 2, len(graph.starts) - 1
    branching = edges / graph.first * edges / (nodes - graph.first)
    return _DEPTHS if edges * branching**2 < _WORK else _DEPTHS[:1]


class _Graph(NamedTuple):
    """Remains, then reports, as nodes of one graph; edges of node i: starts[i]:starts[i + 1]."""

    first: int
    starts: Int64s
    ends: Int64s
    odds: Floats

    def free(self, report: int, gone: int, depth: int) -> Bounds:
        """Return bounds of the chance that a report is free where the remains `gone` are gone."""
        absent = np.zeros(len(self.starts) - 1, np.bool_)
        absent[gone] = True
        return _free(self, absent, self.first + report, depth)


def _graph(claims: Sequence[Claims]) -> _Graph:
    first = len(claims)
    edges = [(i, first + j, odds) for i, own in enumerate(claims) for j, odds in own.items()]
    both = sorted([*edges, *((end, start, odds) for start, end, odds in edges)])
    starts, ends, odds = (np.array(column) for column in zip(*both, strict=True))
    nodes = np.arange(1 + max(starts.tolist()) + 1)
    return _Graph(first, np.searchsorted(starts, nodes), ends, odds.astype(np.float64))


@compiled
def _free(graph: _Graph, gone: Bools, node: int, depth: int) -> Bounds:
    """Return bounds of the chance that nobody is given `node` in the graph without `gone`."""
    starts, ends, odds = graph.starts, graph.ends, graph.odds
    total = 0.0
    for edge in range(starts[node], starts[node + 1]):
        if not gone[ends[edge]]:
            total += odds[edge]
    if depth == 0 or total < _SLIGHT:
        return 1 / (1 + total), 1.0
    least, most = 0.0, 0.0
    gone[node] = True
    for edge in range(starts[node], starts[node + 1]):
        if not gone[ends[edge]]:
            deeper = depth - 1 if odds[edge] > _SLIGHT * (1 + total) else 0
            low, high = _free(graph, gone, ends[edge], deeper)
            least += odds[edge] * low
            most += odds[edge] * high
    gone[node] = False
    return 1 / (1 + most), 1 / (1 + least)


def _pair_bounds(
    graph: _Graph, own: Claims, i: int, free: Mapping[int, float], depths: Sequence[int]
) -> Iterator[tuple[int, tuple[float, float, float]]]:
    """Yield the bounds of each pair of one of the remains, deeper until they are close."""
    total = 1 + sum(odds * free[report] for report, odds in own.items())
    held: list[tuple[int, float, float]] = []
    for depth in depths:
        held = [*_held(graph, own, i, depth)]
        if all(most - least < _CLOSE for _, least, most in held):
            break
    for report, least, most in held:
        value = own[report] * free[report] / total
        yield report, (least, min(most, max(least, value)), most)


def _held(graph: _Graph, own: Claims, i: int, depth: int) -> Iterator[tuple[int, float, float]]:
    bounds = {j: graph.free(j, i, depth) for j in own}
    lows = sum(own[j] * bounds[j][0] for j in own)
    highs = sum(own[j] * bounds[j][1] for j in own)
    for j, odds in own.items():
        low, high = (odds * each for each in bounds[j])
        yield j, low / (1 + low + highs - high), high / (1 + high + lows - low)


def _propagated(claims: Sequence[Claims]) -> list[dict[int, float]]:
    """Return, by remains and report, how likely the report is free for them in the end."""
    seekers: dict[int, list[int]] = defaultdict(list)
    for i, own in enumerate(claims):
        for report in own:
            seekers[report].append(i)
    free = [dict.fromkeys(own, 1.0) for own in claims]
    for _ in range(_ROUNDS):
        open_to = [_others(own, mine) for own, mine in zip(claims, free, strict=True)]
        change = 0.0
        for report, who in seekers.items():
            weights = {i: claims[i][report] * open_to[i][report] for i in who}
            for i in who:
                now = 1 / (1 + sum(w for k, w in weights.items() if k != i))
                change = max(change, abs(now - free[i][report]))
                free[i][report] = now
        if change < _STILL:
            break
    return free


def _others(own: Claims, free: Mapping[int, float]) -> dict[int, float]:
    """Return, for each report, the chance that these remains want none of their other ones."""
    weights = {report: odds * free[report] for report, odds in own.items()}
    return {
        report: 1 / (1 + sum(w for other, w in weights.items() if other != report))
        for report in own
    }
