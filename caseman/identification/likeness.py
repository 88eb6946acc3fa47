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
    are weighed by family trees. Staff is compared for identity only.
    """
    loci = terms.loci(terms.unseen(each.alleles for each in typed))
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
    return list(_undeclared(found, kinds, declared))


def _undeclared(
    found: Sequence[Likeness], kinds: Mapping[int, SourceKind], declared: Mapping[int, int]
) -> Iterator[Alike]:
    for each in found:
        first, second = sorted((int(each.first.key), int(each.second.key)))
        family = declared.get(first)
        is_one_family = family is not None and family == declared.get(second)
        if _is_expected(each.relation, {kinds[first], kinds[second]}, is_one_family=is_one_family):
            continue
        yield Alike(
            first,
            second,
            LikenessRelation(each.relation.value),
            max(LEAST, each.log_ratios[each.relation] / math.log(10)),
            each.compared,
            each.differing,
        )


def _is_expected(relation: Relation, kinds: set[SourceKind], *, is_one_family: bool) -> bool:
    if SourceKind.REMAINS in kinds and len(kinds) > 1:
        return relation in _KIN or SourceKind.DIRECT in kinds
    return is_one_family and relation in _KIN
