"""Sums products of tables over their variables, one variable after another.

The likelihood of a pedigree is such a sum: a variable for each allele of each person, a table for
each founder's frequency, each transmission and each observation. Eliminating variables one by one
is peeling (Elston and Stewart 1971) without its limits: loops and inbreeding need nothing more.
"""

from typing import NamedTuple

import numpy as np

from caseman.compilation import compiled
from caseman.kinship.arrays import Flags, Floats, Int64s

WIDEST = 24
"""The most variables that one table may have."""
LARGEST = 1 << 26
"""The most cells of one table: half a gigabyte."""
MOST_WORK = 1 << 32
"""The most cells that all sums of one likelihood go through: some ten seconds."""
TOO_LARGE = np.inf
"""The log scale answered in place of a result that would need a larger table."""
IMPOSSIBLE = -np.inf
_ALL = -1
_SMALL, _GREAT, _SAME = 1e-60, 1e60, 1e-9


class Tables(NamedTuple):
    """Tables over variables: table t has the variables scopes[t, :widths[t]], the last fastest.

    Its cells begin at offsets[t]. `sizes` counts the states of each variable; one with a single
    state is no variable at all and may stand in any scope. A variable that stands twice in a scope
    takes the diagonal.
    """

    sizes: Int64s
    scopes: Int64s
    widths: Int64s
    offsets: Int64s
    cells: Floats


class _Bench(NamedTuple):
    """The tables that are left, and what one sum needs: scope, shape and strides of its inputs."""

    scopes: Int64s
    widths: Int64s
    offsets: Int64s
    alive: Flags
    inputs: Int64s
    scope: Int64s
    shape: Int64s
    strides: Int64s
    inner: Int64s
    place: Int64s


@compiled
def elimination_order(tables: Tables, kept: Int64s) -> tuple[Int64s, float]:
    """Return the variables but the kept ones in the order of summing them out, and the work.

    The work is how many cells all these sums go through.

    First whoever joins fewest variables that had no table together, weighed by their sizes (least
    weighted fill, Kjaerulff 1990), then the cheapest sum, then the lower number. Variables of a
    single state are among them, so that the order serves other readings too.
    """
    count = len(tables.sizes)
    adjacent = np.zeros((count, count), np.bool_)
    for t in range(len(tables.widths)):
        for i in range(tables.widths[t]):
            for j in range(tables.widths[t]):
                adjacent[tables.scopes[t, i], tables.scopes[t, j]] = True
    logs = np.log(np.maximum(tables.sizes, 2))
    waiting = np.ones(count, np.bool_)
    for v in range(count):
        waiting[v] = adjacent[v, v]
    for v in kept:
        waiting[v] = False
    order, work = np.empty(waiting.sum(), np.int64), 0.0
    for step in range(len(order)):
        best = _cheapest(logs, adjacent, waiting)
        order[step] = best
        work += np.prod(tables.sizes[adjacent[best]].astype(np.float64))
        waiting[best] = False
        _join_neighbours(adjacent, best)
    return order, work


@compiled
def _cheapest(logs: Floats, adjacent: Flags, waiting: Flags) -> int:
    best, least_fill, least_cost = -1, np.inf, np.inf
    for v in np.flatnonzero(waiting):
        around = np.flatnonzero(adjacent[v])
        fill, cost = 0.0, 0.0
        for i in around:
            cost += logs[i]
            for j in around:
                if i < j and not adjacent[i, j]:
                    fill += logs[i] * logs[j]
        if fill < least_fill - _SAME or (fill < least_fill + _SAME and cost < least_cost - _SAME):
            best, least_fill, least_cost = int(v), fill, cost
    return best


@compiled
def _join_neighbours(adjacent: Flags, v: int) -> None:
    around = np.flatnonzero(adjacent[v])
    for i in around:
        for j in around:
            adjacent[i, j] = True
    adjacent[v, :] = False
    adjacent[:, v] = False


@compiled
def contract(tables: Tables, order: Int64s, kept: Int64s, most: int) -> tuple[float, Floats]:
    """Return (log scale, cells): the sum over `order` is exp(log scale) times the cells.

    The cells run over `kept`, the last variable fastest. The log scale is IMPOSSIBLE where every
    cell is zero, TOO_LARGE where a table would outgrow the limits, or a sum go through more cells
    than `most`.
    """
    bench = _set_up(tables, len(order))
    used, made, log_scale = len(tables.cells), len(tables.widths), 0.0
    need = 0.0
    cells = np.empty(max(2 * used, 1024))
    cells[:used] = tables.cells
    for step in range(len(order) + 1):
        v = order[step] if step < len(order) else _ALL
        inputs = _choose_inputs(bench, made, v)
        if inputs == 0 and v != _ALL:
            continue
        width = _lay_out(bench, tables.sizes, inputs, v, kept)
        need, inner = _cells_needed(bench, tables.sizes, width, v)
        if need > LARGEST or need * inner > most:
            return TOO_LARGE, np.zeros(0)
        cells = _with_room(cells, used, int(need))
        top = _sum_products(cells, used, bench, inputs, (width, int(need), inner))
        if top <= 0.0:
            return IMPOSSIBLE, np.zeros(int(need))
        if top < _SMALL or top > _GREAT:
            cells[used : used + int(need)] /= top
            log_scale += np.log(top)
        _register(bench, made, used, width)
        made += 1
        used += int(need)
    return log_scale, cells[used - int(need) : used].copy()


@compiled
def _set_up(tables: Tables, steps: int) -> _Bench:
    given = len(tables.widths)
    count = given + steps + 1
    bench = _Bench(
        np.empty((count, WIDEST), np.int64),
        np.zeros(count, np.int64),
        np.zeros(count, np.int64),
        np.zeros(count, np.bool_),
        np.empty(count, np.int64),
        np.empty(len(tables.sizes), np.int64),
        np.empty(len(tables.sizes), np.int64),
        np.empty((count, len(tables.sizes)), np.int64),
        np.empty(count, np.int64),
        np.empty(len(tables.sizes), np.int64),
    )
    for t in range(given):
        width = 0
        for i in range(tables.widths[t]):
            if tables.sizes[tables.scopes[t, i]] > 1:
                bench.scopes[t, width] = tables.scopes[t, i]
                width += 1
        bench.widths[t] = width
        bench.offsets[t] = tables.offsets[t]
        bench.alive[t] = True
    return bench


@compiled
def _choose_inputs(bench: _Bench, made: int, v: int) -> int:
    """Take the tables that have the variable from the living; return how many."""
    count = 0
    for t in range(made):
        if not bench.alive[t]:
            continue
        has = v == _ALL
        for i in range(bench.widths[t]):
            if bench.scopes[t, i] == v:
                has = True
                break
        if has:
            bench.alive[t] = False
            bench.inputs[count] = t
            count += 1
    return count


@compiled
def _lay_out(bench: _Bench, sizes: Int64s, inputs: int, v: int, kept: Int64s) -> int:
    """Write scope, shape and strides of the sum over `v`; return the width of its result."""
    bench.place[:] = -1
    width = 0
    if v == _ALL:
        for u in kept:
            bench.scope[width], bench.place[u] = u, width
            width += 1
    for i in range(inputs):
        t = bench.inputs[i]
        for j in range(bench.widths[t]):
            u = bench.scopes[t, j]
            if u != v and bench.place[u] < 0:
                bench.scope[width], bench.place[u] = u, width
                width += 1
    for j in range(width):
        bench.shape[j] = sizes[bench.scope[j]]
    _write_strides(bench, sizes, inputs, v)
    return width


@compiled
def _write_strides(bench: _Bench, sizes: Int64s, inputs: int, v: int) -> None:
    for i in range(inputs):
        t = bench.inputs[i]
        bench.strides[i, :] = 0
        bench.inner[i] = 0
        stride = 1
        for j in range(bench.widths[t] - 1, -1, -1):
            u = bench.scopes[t, j]
            if u == v:
                bench.inner[i] += stride
            else:
                bench.strides[i, bench.place[u]] += stride
            stride *= sizes[u]


@compiled
def _cells_needed(bench: _Bench, sizes: Int64s, width: int, v: int) -> tuple[float, int]:
    """Return the cells of the result, beyond all limits where it is too wide, and of the sum."""
    if width > WIDEST:
        return np.inf, 1
    need = 1.0
    for j in range(width):
        need *= bench.shape[j]
    return need, sizes[v] if v != _ALL else 1


@compiled
def _with_room(cells: Floats, used: int, need: int) -> Floats:
    if used + need <= len(cells):
        return cells
    larger = np.empty(max(2 * len(cells), used + need))
    larger[:used] = cells[:used]
    return larger


@compiled
def _register(bench: _Bench, made: int, used: int, width: int) -> None:
    bench.scopes[made, :width] = bench.scope[:width]
    bench.widths[made] = width
    bench.offsets[made] = used
    bench.alive[made] = True


@compiled
def _sum_products(
    cells: Floats, used: int, bench: _Bench, inputs: int, extent: tuple[int, int, int]
) -> float:
    """Write the sum of products behind `used`; return the largest cell."""
    width, need, inner = extent
    shape, strides, steps = bench.shape, bench.strides, bench.inner
    at = np.empty(inputs, np.int64)
    for i in range(inputs):
        at[i] = bench.offsets[bench.inputs[i]]
    counter, line = np.zeros(width, np.int64), np.empty(inner)
    top = 0.0
    for cell in range(need):
        line[:] = 1.0
        for i in range(inputs):
            here, step = at[i], steps[i]
            for x in range(inner):
                line[x] *= cells[here]
                here += step
        total = line.sum()
        cells[used + cell] = total
        top = max(top, total)
        for j in range(width - 1, -1, -1):  # the odometer turns, and the inputs with it
            counter[j] += 1
            is_turned = counter[j] == shape[j]
            turn = shape[j] - 1 if is_turned else -1
            for i in range(inputs):
                at[i] -= strides[i, j] * turn
            if not is_turned:
                break
            counter[j] = 0
    return top
