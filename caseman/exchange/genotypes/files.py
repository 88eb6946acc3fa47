"""The files in which genotypes leave: written so that our own import reads the same back.

The number of the release stands in each: in a column of the table, as the family of a pedigree
file, in the name of the database of a Familias file. Formats: pedtools and LINKAGE (``.ped``),
Familias 3 (``.fam``).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from caseman.exchange.codes import GenotypeFile
from caseman.exchange.neutral import as_csv
from caseman.identification.genetics import Alleles, Terms
from caseman.kinship import MutationModel, MutationPair, Sex
from caseman.laboratory.reading.markers import AMELOGENIN

UNKNOWN: Final = "-"
NOBODY: Final = "0"
_SEXES: Final = {Sex.MALE: "1", Sex.FEMALE: "2", None: "0"}
_MODELS: Final = {MutationModel.EQUAL: 0, MutationModel.PROPORTIONAL: 1, MutationModel.STEPWISE: 4}
"""How Familias counts its models; the last one is its extended stepwise model."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a file, by a code; untyped people complete a family tree."""

    name: str
    sex: Sex | None = None
    father: str | None = None
    mother: str | None = None
    alleles: Alleles = field(default_factory=dict)


@dataclass(frozen=True)
class Content:
    """People, family by family, and by what they are weighed where the laboratory decided so."""

    families: tuple[tuple[Person, ...], ...]
    terms: Terms | None = None

    @property
    def people(self) -> list[Person]:
        """Everybody, in the order of the families."""
        return [person for family in self.families for person in family]

    @property
    def typed(self) -> list[Person]:
        """Those with a profile: what an export counts."""
        return [person for person in self.people if person.alleles]

    @property
    def markers(self) -> list[str]:
        """Every marker of which anybody has an allele, in the order in which they come first."""
        return list(dict.fromkeys(marker for each in self.typed for marker in each.alleles))


def written(file: GenotypeFile, number: str, content: Content) -> bytes:
    """Return the bytes of a file; a Familias file without terms has no marker."""
    match file:
        case GenotypeFile.CSV:
            return _table(number, content)
        case GenotypeFile.PED:
            return _lines(_pedigree(number, content))
        case GenotypeFile.FAM:
            return _lines(_familias(number, content))


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _cell(person: Person, marker: str) -> str:
    alleles = person.alleles.get(marker, ())
    return "/".join(allele or UNKNOWN for allele in alleles)


def _table(number: str, content: Content) -> bytes:
    markers = content.markers
    rows = (
        [each.name, number, *(_cell(each, marker) for marker in markers)] for each in content.typed
    )
    return as_csv(["Sample Name", "Release", *markers], rows)


def _pedigree(number: str, content: Content) -> Iterator[str]:
    markers = content.markers
    yield "\t".join(["famid", "id", "fid", "mid", "sex", *markers])
    for place, family in enumerate(content.families, start=1):
        for each in family:
            who = [f"{number}/{place}", each.name, each.father or NOBODY, each.mother or NOBODY]
            cells = [_cell(each, marker) or f"{UNKNOWN}/{UNKNOWN}" for marker in markers]
            yield "\t".join([*who, _SEXES[each.sex], *cells])


def _familias(number: str, content: Content) -> Iterator[str]:
    """Yield a Familias file: only markers with frequencies, and only pairs that are known whole.

    Familias knows no person without a sex: who has none in the tree is written as a man.
    """
    terms, people = content.terms, content.people
    loci = _loci(terms, content) if terms is not None else {}
    yield from ('"Output from Familias, version 3.3"', '"DO NOT EDIT!"', "3.3", '""')
    yield str(len(people))
    for each in people:
        yield from _familias_person(each, loci)
    yield from _relations(people)
    yield NOBODY  # no further pedigree
    theta = terms.theta if terms is not None else 0.0
    yield f"#FALSE# (#Databases: 1 ;Theta/Kinship/Fst: {theta:g} )"
    yield str(len(loci))
    yield from ("#TRUE#", f'"{number}"')
    for marker, frequencies in loci.items():
        yield from _locus(marker, frequencies, terms)


def _loci(terms: Terms, content: Content) -> dict[str, Mapping[str, float]]:
    unseen = terms.unseen(each.alleles for each in content.typed)
    return {
        marker: terms.frequencies_with(marker, unseen)
        for marker in content.markers
        if marker in terms.frequencies and marker != AMELOGENIN
    }


def _familias_person(person: Person, loci: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    is_woman = person.sex is Sex.FEMALE
    yield from (f'"{person.name}"', "#FALSE#", "-1", "#FALSE#")
    yield "#FALSE#" if is_woman else "#TRUE#"
    calls = [
        (place, [[*loci[marker]].index(allele) for allele in person.alleles[marker] if allele])
        for place, marker in enumerate(loci)
        if None not in person.alleles.get(marker, (None,))
    ]
    yield str(len(calls))
    for place, alleles in calls:
        yield from (str(alleles[0]), str(alleles[1]), str(place))


def _relations(people: Sequence[Person]) -> Iterator[str]:
    places = {each.name: place for place, each in enumerate(people)}
    links = [
        (places[parent], places[each.name])
        for each in people
        for parent in (each.father, each.mother)
        if parent is not None
    ]
    yield from ('"Known relations"', NOBODY, NOBODY, str(len(links)))
    for parent, child in links:
        yield from (str(parent), str(child))


def _locus(marker: str, frequencies: Mapping[str, float], terms: Terms | None) -> Iterator[str]:
    pair = terms.mutation_pair if terms is not None else None
    yield f'"{marker}"'
    yield from _mutation(pair)[:4]
    yield str(len(frequencies))
    yield from _mutation(pair)[4:]
    yield from ("#FALSE#", NOBODY)  # no silent allele
    told = "DatabaseSize = 0 , Dropout probability = 0 , Minor allele frequency = 0"
    yield f"{len(frequencies)}\t({told} )"
    for allele, value in frequencies.items():
        yield from (f'"{allele}"', repr(value))


def _mutation(pair: MutationPair | None) -> list[str]:
    """Return rates, models, ranges and second rates, each of women and then of men."""
    if pair is None:
        return [NOBODY, NOBODY, NOBODY, NOBODY, "0.1", "0.1", NOBODY, NOBODY]
    both = (pair.female, pair.male)
    return [
        *(repr(each.rate) for each in both),
        *(str(_MODELS[each.model]) for each in both),
        *(repr(each.range) if each.model is MutationModel.STEPWISE else "0.1" for each in both),
        *(repr(each.rate2) for each in both),
    ]
