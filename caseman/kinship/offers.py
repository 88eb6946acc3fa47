"""The likelihood of a family for every way to fill several missing persons, in one sum a locus.

Each missing person gets one more variable: which of the remains on offer they are, 0 for none. It
is kept while everything else is summed out, so what the ways have in common is computed once.
"""

from typing import NamedTuple

import numpy as np

from caseman.compilation import compiled
from caseman.kinship.arrays import Floats, Int64s
from caseman.kinship.assembly import assemble
from caseman.kinship.contraction import TOO_LARGE, Tables, contract, elimination_order
from caseman.kinship.observations import chance_of_reading, chance_of_single
from caseman.kinship.panel import Classes, Panel, family_classes
from caseman.kinship.relatives import NOBODY, Kin, Plan, Seen, is_single
from caseman.kinship.states import Variables
from caseman.kinship.summation import FORMS
from caseman.kinship.tables import Typed, in_classes


class Offers(NamedTuple):
    """Remains on offer: those of the i-th person are starts[i] to starts[i + 1].

    Codes of alleles are by remains and locus, the chance of drop-out by remains.
    """

    people: Int64s
    starts: Int64s
    first: Int64s
    second: Int64s
    dropout: Floats


@compiled
def log_likelihoods_by_offer(kin: Kin, panel: Panel, typed: Typed, offers: Offers) -> Floats:
    """Return ln L over all combinations, the last person's offer fastest; 0 stands for none.

    TOO_LARGE stands in every place where the sum is out of reach.
    """
    count = 1
    for i in range(len(offers.people)):
        count *= 1 + offers.starts[i + 1] - offers.starts[i]
    found = np.zeros(count)
    for at in range(len(panel.counts)):
        first = np.concatenate((typed.first[at], offers.first[:, at]))
        second = np.concatenate((typed.second[at], offers.second[:, at]))
        classes = family_classes(panel, at, first, second, 0)
        scale, cells = _sum(kin, classes, in_classes(typed, at, classes), offers, at)
        if scale == TOO_LARGE:
            return np.full(count, TOO_LARGE)
        for k in range(count):
            is_possible = scale > -np.inf and cells[k] > 0.0
            found[k] += scale + np.log(cells[k]) if is_possible else -np.inf
    return found


@compiled
def _sum(kin: Kin, classes: Classes, seen: Seen, offers: Offers, at: int) -> tuple[float, Floats]:
    for split, most in FORMS:
        plan = Plan(NOBODY, 1, 0, split, most)
        tables, states, factor = assemble(kin, classes.alphabet, seen, plan)
        if factor == TOO_LARGE:
            continue
        variables = Variables(tables.sizes, states)
        tables = _with_offers(tables, variables, kin, classes, (offers, at))
        count = len(tables.sizes)
        kept = np.arange(count - len(offers.people), count)
        order, work = elimination_order(tables, kept)
        if work <= most:
            scale, cells = contract(tables, order, kept, most)
            return scale + np.log(factor), cells
    return TOO_LARGE, np.zeros(0)


@compiled
def _with_offers(
    tables: Tables, variables: Variables, kin: Kin, classes: Classes, at: tuple[Offers, int]
) -> Tables:
    """Return the tables with one for each person on offer: the chance of the reading offered."""
    offers = at[0]
    given, more = len(tables.widths), len(offers.people)
    sizes = np.concatenate((tables.sizes, 1 + offers.starts[1:] - offers.starts[:-1]))
    scopes = np.zeros((given + more, 3), np.int64)
    scopes[:given] = tables.scopes
    widths = np.concatenate((tables.widths, np.zeros(more, np.int64)))
    offsets = np.concatenate((tables.offsets, np.zeros(more, np.int64)))
    cells = tables.cells
    for i in range(more):
        person = offers.people[i]
        single = is_single(kin, classes.alphabet, person)
        scope = scopes[given + i]
        scope[0] = 2 * person + 1 if single else 2 * person
        scope[1] = len(tables.sizes) + i if single else 2 * person + 1
        scope[2] = 0 if single else len(tables.sizes) + i
        widths[given + i], offsets[given + i] = 2 if single else 3, len(cells)
        mothers = variables.states[2 * person + 1, : variables.sizes[2 * person + 1]]
        fathers = variables.states[2 * person, : variables.sizes[2 * person]]
        own = _chances(fathers, mothers, classes, (*at, i), single)
        cells = np.concatenate((cells, own))
    return Tables(sizes, scopes, widths, offsets, cells)


@compiled
def _chances(
    fathers: Int64s,
    mothers: Int64s,
    classes: Classes,
    at: tuple[Offers, int, int],
    single: bool,  # noqa: FBT001 - compiled code takes no keywords
) -> Floats:
    """Return the chance of each offer by the alleles from father and mother, 1 for none."""
    offers, locus, i = at
    begin, end = offers.starts[i], offers.starts[i + 1]
    rows = 1 if single else len(fathers)
    cells = np.ones((rows, len(mothers), 1 + end - begin))
    for v in range(begin, end):
        a, b = (
            _class_of(classes, offers.first[v, locus]),
            _class_of(classes, offers.second[v, locus]),
        )
        reading = (a, b, offers.dropout[v])
        for y in range(len(mothers)):
            for x in range(rows):
                if single:
                    chance = chance_of_single(mothers[y], reading, classes.alphabet.silent)
                else:
                    chance = chance_of_reading(
                        fathers[x], mothers[y], reading, classes.alphabet.silent
                    )
                cells[x, y, 1 + v - begin] = chance
    return cells.ravel()


@compiled
def _class_of(classes: Classes, code: int) -> int:
    return int(classes.class_of[code]) if code >= 0 else code
