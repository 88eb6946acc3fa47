"""Writes one pedigree at one locus as tables: frequencies, transmissions and observations."""

from typing import NamedTuple

import numpy as np

from caseman.compilation import compiled
from caseman.kinship.arrays import Floats, Int64s
from caseman.kinship.contraction import LARGEST, TOO_LARGE, Tables
from caseman.kinship.filling import (
    fill_founder,
    fill_founders,
    fill_from_pair,
    fill_from_single,
    fill_if_taken,
    fill_reading,
    fill_single,
)
from caseman.kinship.observations import UNKNOWN
from caseman.kinship.relatives import (
    FEMALE,
    MALE,
    NOBODY,
    Alphabet,
    Kin,
    Plan,
    Seen,
    is_founder,
    is_single,
)
from caseman.kinship.states import Variables, find_states


class _Draft(NamedTuple):
    """Tables before their cells are known: what each is of, whom it is about, its variables."""

    kinds: Int64s
    people: Int64s
    scopes: Int64s
    widths: Int64s


_FOUNDER, _FOUNDERS_PAIR, _FROM_PAIR, _FROM_SINGLE, _READING, _READING_SINGLE = range(6)
_IF_FIRST, _IF_SECOND = 6, 7
_FEW = 4
"""Up to so many genotypes of a parent a transmission stays one table."""


@compiled
def assemble(kin: Kin, alphabet: Alphabet, seen: Seen, plan: Plan) -> tuple[Tables, Int64s, float]:
    """Return the tables, the states of each variable, and a factor for the sum of the tables.

    The factor is TOO_LARGE, and there are no tables, where they would outgrow the limits.
    """
    variables, is_fixed, factor = find_states(kin, alphabet, seen, plan)
    draft, made = _empty_draft(len(kin.father)), 0
    for i in range(len(kin.father)):
        if not is_fixed[i]:
            made = _add_reading(kin, alphabet, seen, (draft, i), made)
        made = _add_origins(kin, alphabet, plan, (draft, i, variables), made)
    offsets, used = _offsets(draft, variables, made)
    if used > min(LARGEST, plan.most):
        made, used, factor = 0, 0, TOO_LARGE
    cells = np.empty(used)
    for t in range(made):
        end = offsets[t + 1] if t + 1 < made else used
        _fill(cells[offsets[t] : end], draft, t, (variables, kin, alphabet, seen))
    scopes, widths = draft.scopes[:made].copy(), draft.widths[:made].copy()
    tables = Tables(variables.sizes, scopes, widths, offsets[:made].copy(), cells)
    return tables, variables.states, factor


@compiled
def _empty_draft(people: int) -> _Draft:
    most = 5 * people
    return _Draft(
        np.zeros(most, np.int64),
        np.zeros(most, np.int64),
        np.zeros((most, 3), np.int64),
        np.zeros(most, np.int64),
    )


@compiled
def _add(draft: _Draft, made: int, kind: int, person: int, scope: tuple[int, int, int]) -> int:
    draft.kinds[made], draft.people[made] = kind, person
    for v in scope:
        if v >= 0:
            draft.scopes[made, draft.widths[made]] = v
            draft.widths[made] += 1
    return made + 1


@compiled
def _is_typed(seen: Seen, i: int) -> bool:
    return bool(seen.first[i] != UNKNOWN or seen.second[i] != UNKNOWN)


@compiled
def _add_reading(
    kin: Kin, alphabet: Alphabet, seen: Seen, at: tuple[_Draft, int], made: int
) -> int:
    draft, i = at
    if not _is_typed(seen, i):
        return made
    if is_single(kin, alphabet, i):
        return _add(draft, made, _READING_SINGLE, i, (2 * i + 1, -1, -1))
    return _add(draft, made, _READING, i, (2 * i, 2 * i + 1, -1))


@compiled
def _add_origins(
    kin: Kin, alphabet: Alphabet, plan: Plan, at: tuple[_Draft, int, Variables], made: int
) -> int:
    """Add where each allele comes from: a parent, or the population."""
    draft, i, variables = at
    single = is_single(kin, alphabet, i)
    if is_founder(kin, i) and kin.inbreeding[i] > 0 and not single:
        if not plan.priors:
            return made
        return _add(draft, made, _FOUNDERS_PAIR, i, (2 * i, 2 * i + 1, -1))
    for v in range(2 * i + 1 if single else 2 * i, 2 * i + 2):
        parent = kin.father[i] if v == 2 * i else kin.mother[i]
        if parent != NOBODY:
            if is_single(kin, alphabet, parent):
                made = _add(draft, made, _FROM_SINGLE, i, (2 * parent + 1, v, -1))
            elif plan.split == 1 and _has_many(variables, parent):
                made = _add_split((draft, parent, v), variables, made)
            else:
                made = _add(draft, made, _FROM_PAIR, i, (2 * parent, 2 * parent + 1, v))
        elif plan.priors:
            made = _add(draft, made, _FOUNDER, i, (v, -1, -1))
    return made


@compiled
def _has_many(variables: Variables, parent: int) -> bool:
    return bool(variables.sizes[2 * parent] * variables.sizes[2 * parent + 1] > _FEW)


@compiled
def _add_split(at: tuple[_Draft, int, int], variables: Variables, made: int) -> int:
    draft, parent, v = at
    selector = len(variables.sizes) // 2 + v
    variables.sizes[selector] = 2
    made = _add(draft, made, _IF_FIRST, v // 2, (2 * parent, v, selector))
    return _add(draft, made, _IF_SECOND, v // 2, (2 * parent + 1, v, selector))


@compiled
def _offsets(draft: _Draft, variables: Variables, made: int) -> tuple[Int64s, int]:
    offsets, used = np.zeros(made, np.int64), 0
    for t in range(made):
        offsets[t] = used
        count = 1
        for j in range(draft.widths[t]):
            count *= variables.sizes[draft.scopes[t, j]]
        used += count
    return offsets, used


@compiled
def _fill(
    table: Floats, draft: _Draft, t: int, given: tuple[Variables, Kin, Alphabet, Seen]
) -> None:
    variables, kin, alphabet, seen = given
    kind, i = draft.kinds[t], draft.people[t]
    rows, columns = _states(variables, draft.scopes[t, 0]), _states(variables, draft.scopes[t, 1])
    reading = (seen.first[i], seen.second[i], seen.dropout[i])
    if kind == _FOUNDER:
        fill_founder(table, rows, alphabet.frequencies)
    elif kind == _FOUNDERS_PAIR:
        fill_founders(table, rows, columns, alphabet.frequencies, kin.inbreeding[i])
    elif kind in (_FROM_PAIR, _FROM_SINGLE):
        received = draft.scopes[t, draft.widths[t] - 1]
        passed = alphabet.transmissions[MALE if received == 2 * i else FEMALE]
        if kind == _FROM_SINGLE:
            fill_from_single(table, rows, columns, passed)
        else:
            fill_from_pair(table, rows, columns, _states(variables, received), passed)
    elif kind in (_IF_FIRST, _IF_SECOND):
        passed = alphabet.transmissions[MALE if draft.scopes[t, 1] == 2 * i else FEMALE]
        fill_if_taken(table, rows, columns, passed, kind - _IF_FIRST)
    elif kind == _READING:
        fill_reading(table, rows, columns, reading, alphabet.silent)
    else:
        fill_single(table, rows, reading, alphabet.silent)


@compiled
def _states(variables: Variables, v: int) -> Int64s:
    return variables.states[v, : variables.sizes[v]]
