"""Writes one pedigree at one locus as tables: frequencies, transmissions and observations.

Person i has two variables: 2 i, the allele from the father, and 2 i + 1, the one from the mother.
States are classes of alleles (see `lumping`), and only those that a person can have.
"""

from typing import NamedTuple

import numpy as np

from caseman.compilation import compiled
from caseman.kinship.arrays import Floats, Int64s
from caseman.kinship.contraction import LARGEST, TOO_LARGE, Tables

FEMALE, MALE, UNSEXED = 0, 1, 2
UNKNOWN = -1
"""Code of an allele that was not seen; both unknown: not typed."""
NOTHING = -2
"""Code of the first allele where the locus was tried and nothing was seen."""
NOBODY = -1


class Kin(NamedTuple):
    """People by number: parents (or NOBODY), sex, and inbreeding coefficient of founders.

    An allele from NOBODY comes from the population.

    `halved` is 1 for an untyped founder of one child: of two alleles only the one that was passed
    on matters, and it is as good as drawn from the population.
    """

    father: Int64s
    mother: Int64s
    sex: Int64s
    inbreeding: Floats
    halved: Int64s


class Alphabet(NamedTuple):
    """Classes of alleles at one locus: chances of founders, and of transmissions by sex.

    `transmissions[FEMALE]` is of the mother's allele. `silent` is the class of the silent allele
    or -1. `x_linked` is 1 at an X-linked locus.
    """

    frequencies: Floats
    transmissions: Floats
    silent: int
    x_linked: int


class Seen(NamedTuple):
    """Readings by person, in classes, with the chance that an allele drops out."""

    first: Int64s
    second: Int64s
    dropout: Floats


class Plan(NamedTuple):
    """What the tables shall be for: whose genotype stays open, and who has the frequencies.

    `target` is a person or NOBODY. Without `priors` founders' frequencies are left out, because
    a table over all founders together stands for them.
    """

    target: int
    priors: int


class _Draft(NamedTuple):
    """Tables before their cells are known: what each is about, and its variables."""

    sizes: Int64s
    states: Int64s
    kinds: Int64s
    people: Int64s
    scopes: Int64s
    widths: Int64s


_FOUNDER, _FOUNDERS_PAIR, _FROM_PAIR, _FROM_SINGLE, _READING, _READING_SINGLE = range(6)


@compiled
def chance_of_reading(  # noqa: PLR0911 - one line for each kind of reading
    x: int, y: int, seen: tuple[int, int, float], silent: int
) -> float:
    """Return the chance of a reading (first, second, drop-out) given the ordered alleles x, y.

    A homozygote is missed altogether only if both its alleles drop out, an allele seen together
    with an unknown one (partial) is certain, and the silent allele is never seen.
    """
    a, b, d = seen
    if a == NOTHING:
        return (1.0 if x == silent else d) * (1.0 if y == silent else d)
    if a == UNKNOWN and b == UNKNOWN:
        return 1.0
    if b == UNKNOWN:
        return 1.0 if a in (x, y) else 0.0
    if a != b:
        is_pair = (x == a and y == b) or (x == b and y == a)
        return (1.0 - d) * (1.0 - d) if is_pair else 0.0
    if x == a and y == a:
        return 1.0 - d * d
    if a not in (x, y):
        return 0.0
    other = y if x == a else x
    return (1.0 - d) if other == silent else d * (1.0 - d)


@compiled
def chance_of_single(x: int, seen: tuple[int, int, float], silent: int) -> float:
    """Return the chance of a reading given the one allele of a man at an X-linked locus."""
    a, _, d = seen
    if a == NOTHING:
        return 1.0 if x == silent else d
    if a == UNKNOWN:
        return 1.0
    return 1.0 - d if x == a else 0.0


@compiled
def assemble(kin: Kin, alphabet: Alphabet, seen: Seen, plan: Plan) -> tuple[Tables, Int64s, float]:
    """Return the tables, the states of each variable, and a factor for the sum of the tables.

    A typed founder's alleles have no order: one order stands for both, which is the factor. It is
    TOO_LARGE, and there are no tables, where they would outgrow the limits.
    """
    draft = _empty_draft(len(kin.father), len(alphabet.frequencies))
    made, factor = 0, 1.0
    for i in range(len(kin.father)):
        if _fix_founder(kin, alphabet, seen, plan, (draft, i)):
            factor *= 2.0 if seen.first[i] != seen.second[i] else 1.0
        else:
            _write_states(alphabet, seen, plan, (draft, i), is_single(kin, alphabet, i))
            made = _add_reading(kin, alphabet, seen, (draft, i), made)
        made = _add_origins(kin, alphabet, plan, (draft, i), made)
    _, used = _offsets(draft, made)
    if used > LARGEST:
        made, factor = 0, TOO_LARGE
    return _filled(draft, made, kin, alphabet, seen), draft.states, factor


@compiled
def is_single(kin: Kin, alphabet: Alphabet, i: int) -> bool:
    """Whether one allele of the person matters: halved, or a man at an X-linked locus."""
    return bool(kin.halved[i] == 1 or (alphabet.x_linked == 1 and kin.sex[i] == MALE))


@compiled
def _empty_draft(people: int, classes: int) -> _Draft:
    most = 4 * people
    return _Draft(
        np.ones(2 * people, np.int64),
        np.zeros((2 * people, classes), np.int64),
        np.zeros(most, np.int64),
        np.zeros(most, np.int64),
        np.zeros((most, 3), np.int64),
        np.zeros(most, np.int64),
    )


@compiled
def _is_typed(seen: Seen, i: int) -> bool:
    return bool(seen.first[i] != UNKNOWN or seen.second[i] != UNKNOWN)


@compiled
def _is_exact(alphabet: Alphabet, seen: Seen, i: int) -> bool:
    """Whether the reading leaves one unordered genotype."""
    if seen.first[i] < 0 or seen.second[i] < 0 or seen.dropout[i] > 0:
        return False
    return alphabet.silent < 0 or seen.first[i] != seen.second[i]


@compiled
def _fix_founder(
    kin: Kin, alphabet: Alphabet, seen: Seen, plan: Plan, at: tuple[_Draft, int]
) -> bool:
    """Give a typed founder one order of alleles; answer whether that was possible."""
    draft, i = at
    if not is_founder(kin, i) or i == plan.target or is_single(kin, alphabet, i):
        return False
    if not _is_exact(alphabet, seen, i):
        return False
    draft.states[2 * i, 0], draft.states[2 * i + 1, 0] = seen.first[i], seen.second[i]
    return True


@compiled
def _write_states(
    alphabet: Alphabet,
    seen: Seen,
    plan: Plan,
    at: tuple[_Draft, int],
    single: bool,  # noqa: FBT001 - compiled code takes no keywords
) -> None:
    draft, i = at
    exact = seen.first[i] >= 0 and seen.second[i] >= 0 and seen.dropout[i] == 0.0
    for v in range(2 * i + 1 if single else 2 * i, 2 * i + 2):
        if exact and i != plan.target:
            draft.states[v, 0] = seen.first[i]
            if seen.first[i] != seen.second[i]:
                draft.states[v, 1], draft.sizes[v] = seen.second[i], 2
            elif alphabet.silent >= 0 and not single:
                draft.states[v, 1], draft.sizes[v] = alphabet.silent, 2
        else:
            draft.sizes[v] = len(alphabet.frequencies)
            draft.states[v, :] = np.arange(len(alphabet.frequencies))


@compiled
def _add(draft: _Draft, made: int, kind: int, person: int, scope: tuple[int, int, int]) -> int:
    draft.kinds[made], draft.people[made] = kind, person
    for v in scope:
        if v >= 0:
            draft.scopes[made, draft.widths[made]] = v
            draft.widths[made] += 1
    return made + 1


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
def is_founder(kin: Kin, i: int) -> bool:
    """Whether neither parent is known."""
    return bool(kin.father[i] == NOBODY and kin.mother[i] == NOBODY)


@compiled
def _add_origins(
    kin: Kin, alphabet: Alphabet, plan: Plan, at: tuple[_Draft, int], made: int
) -> int:
    """Add where each allele comes from: a parent, or the population."""
    draft, i = at
    single = is_single(kin, alphabet, i)
    if is_founder(kin, i) and kin.inbreeding[i] > 0 and not single:
        if not plan.priors:
            return made
        return _add(draft, made, _FOUNDERS_PAIR, i, (2 * i, 2 * i + 1, -1))
    for v in range(2 * i + 1 if single else 2 * i, 2 * i + 2):
        parent = kin.father[i] if v == 2 * i else kin.mother[i]
        if parent != NOBODY:
            made = _add_transmission(kin, alphabet, (draft, parent, v), made)
        elif plan.priors:
            made = _add(draft, made, _FOUNDER, i, (v, -1, -1))
    return made


@compiled
def _add_transmission(kin: Kin, alphabet: Alphabet, at: tuple[_Draft, int, int], made: int) -> int:
    draft, parent, v = at
    if is_single(kin, alphabet, parent):
        return _add(draft, made, _FROM_SINGLE, v // 2, (2 * parent + 1, v, -1))
    return _add(draft, made, _FROM_PAIR, v // 2, (2 * parent, 2 * parent + 1, v))


@compiled
def _offsets(draft: _Draft, made: int) -> tuple[Int64s, int]:
    offsets, used = np.zeros(made, np.int64), 0
    for t in range(made):
        offsets[t] = used
        count = 1
        for j in range(draft.widths[t]):
            count *= draft.sizes[draft.scopes[t, j]]
        used += count
    return offsets, used


@compiled
def _filled(draft: _Draft, made: int, kin: Kin, alphabet: Alphabet, seen: Seen) -> Tables:
    offsets, used = _offsets(draft, made)
    cells = np.empty(used)
    for t in range(made):
        kind, i = draft.kinds[t], draft.people[t]
        rows = draft.states[draft.scopes[t, 0], : draft.sizes[draft.scopes[t, 0]]]
        columns = draft.states[draft.scopes[t, 1], : draft.sizes[draft.scopes[t, 1]]]
        end = offsets[t + 1] if t + 1 < made else used
        table = cells[offsets[t] : end]
        reading = (seen.first[i], seen.second[i], seen.dropout[i])
        if kind == _FOUNDER:
            _fill_founder(table, rows, alphabet.frequencies)
        elif kind == _FOUNDERS_PAIR:
            _fill_founders(table, rows, columns, alphabet.frequencies, kin.inbreeding[i])
        elif kind in (_FROM_PAIR, _FROM_SINGLE):
            received = draft.scopes[t, draft.widths[t] - 1]
            passed = alphabet.transmissions[MALE if received == 2 * i else FEMALE]
            if kind == _FROM_SINGLE:
                _fill_from_single(table, rows, columns, passed)
            else:
                last = draft.states[received, : draft.sizes[received]]
                _fill_from_pair(table, rows, columns, last, passed)
        elif kind == _READING:
            _fill_reading(table, rows, columns, reading, alphabet.silent)
        else:
            _fill_single(table, rows, reading, alphabet.silent)
    return Tables(
        draft.sizes, draft.scopes[:made].copy(), draft.widths[:made].copy(), offsets, cells
    )


@compiled
def _fill_founder(table: Floats, states: Int64s, frequencies: Floats) -> None:
    for k in range(len(states)):
        table[k] = frequencies[states[k]]


@compiled
def _fill_founders(
    table: Floats, rows: Int64s, columns: Int64s, frequencies: Floats, inbreeding: float
) -> None:
    at = 0
    for x in rows:
        for y in columns:
            table[at] = founders_pair(frequencies, inbreeding, x, y)
            at += 1


@compiled
def _fill_from_single(table: Floats, rows: Int64s, received: Int64s, passed: Floats) -> None:
    at = 0
    for x in rows:
        for z in received:
            table[at] = passed[x, z]
            at += 1


@compiled
def _fill_from_pair(
    table: Floats, rows: Int64s, columns: Int64s, received: Int64s, passed: Floats
) -> None:
    at = 0
    for x in rows:
        for y in columns:
            for z in received:
                table[at] = 0.5 * (passed[x, z] + passed[y, z])
                at += 1


@compiled
def _fill_reading(
    table: Floats,
    rows: Int64s,
    columns: Int64s,
    reading: tuple[int, int, float],
    silent: int,
) -> None:
    at = 0
    for x in rows:
        for y in columns:
            table[at] = chance_of_reading(x, y, reading, silent)
            at += 1


@compiled
def _fill_single(
    table: Floats, states: Int64s, reading: tuple[int, int, float], silent: int
) -> None:
    for k in range(len(states)):
        table[k] = chance_of_single(states[k], reading, silent)


@compiled
def founders_pair(frequencies: Floats, inbreeding: float, x: int, y: int) -> float:
    """Return the chance of a founder's ordered alleles at an inbreeding coefficient."""
    twin = inbreeding * frequencies[x] if x == y else 0.0
    return float(twin + (1 - inbreeding) * frequencies[x] * frequencies[y])
