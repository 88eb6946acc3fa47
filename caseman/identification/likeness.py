"""Every profile against every other, whatever was declared: values in, values out."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from caseman.identification.codes import LikenessRelation
from caseman.identification.genetics import Alleles, Terms, profile_of
from caseman.kinship import (
    BlindOptions,
    Caseload,
    Likeness,
    Locus,
    Profile,
    Relation,
    Remains,
    Sample,
    Source,
    search_blindly,
)
from caseman.laboratory.codes import SourceKind

LEAST: Final = -300.0
"""No log10 LR counts as less: a database knows no infinity."""

_KIN: Final = frozenset({Relation.PARENT_CHILD, Relation.SIBLINGS})


@dataclass(frozen=True)
class Typed:
    """The profile of one source, and whose it is."""

    source_id: int
    kind: SourceKind
    alleles: Alleles
    runs: Sequence[Alleles] = ()
    """Each run apart, where there are several: one may be of staff and the consensus hide it."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Two sources, the smaller id first, and what they may be of each other."""

    first_id: int
    second_id: int
    relation: LikenessRelation
    log10_lr: float
    compared: int
    differing: tuple[str, ...]


def find_alike(
    terms: Terms, typed: Sequence[Typed], declared: Mapping[int, int], changed: Collection[int]
) -> list[Alike]:
    """Return the pairs with a changed source that are alike and were not declared so.

    ``declared`` gives the family of each relative by the source. What is expected is left out:
    kin within a family, remains beside relatives or beside a missing person's own things, which
    are weighed by family trees. Staff is compared for identity only, and with single runs too.
    """
    seen = [alleles for each in typed for alleles in (each.alleles, *each.runs)]
    loci = terms.loci(terms.unseen(seen))
    kinds = {each.source_id: each.kind for each in typed}
    remains, staff = list[Remains](), list[Sample]()
    for each in typed:
        key, profile = str(each.source_id), profile_of(terms, each.alleles)
        if each.kind is SourceKind.STAFF:
            staff.append(Sample(Source.STAFF, key, profile))
        else:
            remains.append(Remains(key, None, profile))
    options = BlindOptions(only=frozenset(str(source_id) for source_id in changed))
    found = search_blindly(Caseload(loci, tuple(remains), ()), staff, options)
    alike = [*_undeclared(found, kinds, declared)]
    known = {(each.first_id, each.second_id) for each in alike}
    runs = {
        f"{each.source_id}/{place}": profile_of(terms, alleles)
        for each in typed
        for place, alleles in enumerate(each.runs)
        if each.kind is not SourceKind.STAFF
    }
    return alike + [
        each
        for each in _runs_of_staff(loci, runs, staff)
        if (each.first_id, each.second_id) not in known
        and not {each.first_id, each.second_id}.isdisjoint(changed)
    ]


def _runs_of_staff(
    loci: tuple[Locus, ...], runs: Mapping[str, Profile], staff: Sequence[Sample]
) -> Iterator[Alike]:
    """Yield each source of which one run alone is like somebody of staff, once a pair."""
    caseload = Caseload(loci, tuple(Remains(key, None, own) for key, own in runs.items()), ())
    options = BlindOptions(only=frozenset(each.key for each in staff))
    known = set[tuple[int, int]]()
    for found in search_blindly(caseload, staff, options) if runs and staff else ():
        pair = _ids(found)
        if pair not in known:
            known.add(pair)
            yield _alike(found)


def _ids(found: Likeness) -> tuple[int, int]:
    """Return the two sources, the smaller id first, whether a key names a run or all of them."""
    first, second = sorted(int(each.key.partition("/")[0]) for each in (found.first, found.second))
    return first, second


def _undeclared(
    found: Sequence[Likeness], kinds: Mapping[int, SourceKind], declared: Mapping[int, int]
) -> Iterator[Alike]:
    for each in found:
        first, second = _ids(each)
        family = declared.get(first)
        is_one_family = family is not None and family == declared.get(second)
        if _is_expected(each.relation, {kinds[first], kinds[second]}, is_one_family=is_one_family):
            continue
        yield _alike(each)


def _alike(found: Likeness) -> Alike:
    return Alike(
        *_ids(found),
        LikenessRelation(found.relation.value),
        max(LEAST, found.log_ratios[found.relation] / math.log(10)),
        found.compared,
        found.differing,
    )


def _is_expected(relation: Relation, kinds: set[SourceKind], *, is_one_family: bool) -> bool:
    if SourceKind.REMAINS in kinds and len(kinds) > 1:
        return relation in _KIN or SourceKind.DIRECT in kinds
    return is_one_family and relation in _KIN
