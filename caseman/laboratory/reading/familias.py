"""Genotypes, relations and frequencies from files of Familias (``.fam``, also of its DVI part)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NoReturn

from caseman.coding import N_
from caseman.laboratory.reading.dvi_part import DviPerson, read_dvi
from caseman.laboratory.reading.kinship import Link, TreeRead
from caseman.laboratory.reading.markers import AMELOGENIN, marker_named, read_alleles
from caseman.laboratory.reading.tables import LONGEST_NAME, SampleRead, UnreadableTableError
from caseman.values import Doubt

BEGINS: Final = "Output from Familias"
DVI: Final = "[DVI]"
MOST: Final = 100_000
"""No count in a file can be larger."""
_YES: Final = "#TRUE#"


@dataclass(frozen=True)
class FrequenciesRead:
    """The database of a file: its name, and the frequencies by marker and allele as written."""

    name: str
    frequencies: Mapping[str, Mapping[str, float]]
    doubts: tuple[Doubt, ...]
    """What of it could not be taken: markers of no kit here, silent alleles."""


@dataclass(frozen=True)
class FamiliasRead:
    """All that a file of Familias says and that can be used here."""

    samples: list[SampleRead]
    trees: list[TreeRead]
    frequencies: FrequenciesRead


def is_familias(text: str) -> bool:
    """Say whether a file begins as Familias writes it."""
    return text.lstrip("\ufeff \n").lstrip('"').startswith(BEGINS)


def read_familias(text: str) -> FamiliasRead:
    """Return persons with their genotypes, relations and frequencies.

    Raises UnreadableTableError, with the line, where the file is not as Familias writes it.
    Untyped persons are in the trees only.
    """
    numbered = [(at, line.strip()) for at, line in enumerate(text.split("\n"), start=1)]
    start = next((i for i, (_, line) in enumerate(numbered) if line == DVI), len(numbered))
    lines = _Lines([each for each in numbered[:start] if each[1]])
    lines.skip(3)
    if lines.is_next_empty_text():
        lines.skip(1)
    persons = [_person(lines) for _ in range(lines.count())]
    trees = list(_trees(lines, [each.name for each in persons]))
    loci = _database(lines)
    victims, families = read_dvi(numbered[start:])
    samples = [each for each in (_sample(person, loci) for person in persons) if each]
    samples += [_of_dvi(person) for person in victims]
    told = [tree for tree in (*trees, *families) if tree.links]
    return FamiliasRead(samples, told, _frequencies(loci))


class _Lines:
    """The lines of the first part, taken one after another."""

    def __init__(self, lines: Sequence[tuple[int, str]]) -> None:
        self._lines = lines
        self._at = 0
        self.number = 0

    def take(self) -> str:
        if self._at >= len(self._lines):
            raise UnreadableTableError(
                Doubt(N_("The Familias file ends too early. Save it again and send it whole."))
            )
        self.number, line = self._lines[self._at]
        self._at += 1
        return line

    def skip(self, count: int) -> None:
        for _ in range(count):
            self.take()

    def is_next_empty_text(self) -> bool:
        return self._at < len(self._lines) and self._lines[self._at][1] == '""'

    def text(self) -> str:
        return self.take().strip('"').strip()

    def count(self) -> int:
        """Return a count or an index, which may stand before further words."""
        line = self.take()
        first = line.split("\t")[0].strip()
        if not (first.isascii() and first.isdigit() and int(first[:7]) <= MOST):
            self.refuse(N_("Line %(line)s: “%(text)s” is no number that Familias writes here."))
        return int(first)

    def fraction(self) -> float:
        line = self.take()
        try:
            value = float(line)
        except ValueError:
            value = -1.0
        if not 0 <= value <= 1:
            self.refuse(N_("Line %(line)s: “%(text)s” is no frequency from 0 to 1."))
        return value

    def is_true(self) -> bool:
        return self.take() == _YES

    def refuse(self, message: str) -> NoReturn:
        text = self._lines[self._at - 1][1][:20]
        raise UnreadableTableError(Doubt(message, {"line": self.number, "text": text}))


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    line: int
    calls: tuple[tuple[int, int, int], ...]
    """Places of two alleles, and of their marker, in the database."""


def _person(lines: _Lines) -> _Person:
    name = lines.text()
    line = lines.number
    lines.skip(4)  # a flag, the year of birth, a flag, the sex
    calls = [(lines.count(), lines.count(), lines.count()) for _ in range(lines.count())]
    return _Person(name[:LONGEST_NAME], line, tuple(calls))


def _trees(lines: _Lines, names: Sequence[str]) -> Iterator[TreeRead]:
    lines.skip(1)
    yield TreeRead("", _links(lines, names))
    for _ in range(lines.count()):
        lines.skip(1)
        name = lines.text()
        yield TreeRead(name[:LONGEST_NAME], _links(lines, names))


def _links(lines: _Lines, names: Sequence[str]) -> tuple[Link, ...]:
    women, men = lines.count(), lines.count()
    people = [
        *names,
        *(f"? {i}" for i in range(1, 1 + women)),
        *(f"? {i}" for i in range(1 + women, 1 + women + men)),
    ]
    return tuple((_who(lines, people), _who(lines, people)) for _ in range(lines.count()))


def _who(lines: _Lines, people: Sequence[str]) -> str:
    place = lines.count()
    if place >= len(people):
        lines.refuse(N_("Line %(line)s: nobody in the file has the number %(text)s."))
    return people[place]


@dataclass(slots=True)
class _Locus:
    name: str
    has_silent: bool
    alleles: list[tuple[str, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Database:
    name: str
    loci: list[_Locus]


def _database(lines: _Lines) -> _Database:
    if lines.take().startswith(_YES):
        lines.refuse(N_("Line %(line)s: the file holds results. Save it without them and send it."))
    count = lines.count()
    name = lines.text() if lines.is_true() else ""
    return _Database(name, [_locus(lines) for _ in range(count)])


def _locus(lines: _Lines) -> _Locus:
    name = lines.text()
    lines.skip(4)  # the rates and kinds of mutation
    count = lines.count()
    lines.skip(4)  # ranges and second rates of mutation
    locus = _Locus(name, has_silent=lines.is_true())
    lines.skip(2)  # the frequency of the silent allele, and the size of the database
    for _ in range(count - locus.has_silent):
        locus.alleles.append((lines.text(), lines.fraction()))
    return locus


def _sample(person: _Person, database: _Database) -> SampleRead | None:
    if not person.calls:
        return None
    sample = SampleRead(person.name, person.line)
    for one, other, at in person.calls:
        locus = database.loci[at] if at < len(database.loci) else None
        if locus is None or max(one, other) >= len(locus.alleles):
            raise UnreadableTableError(
                Doubt(
                    N_("Line %(line)s: “%(text)s” has an allele that the file does not list."),
                    {"line": person.line, "text": person.name[:20]},
                )
            )
        sample.take(locus.name, [locus.alleles[one][0], locus.alleles[other][0]])
    return sample


def _of_dvi(person: DviPerson) -> SampleRead:
    sample = SampleRead(person.name[:LONGEST_NAME], person.line)
    for locus, alleles in person.calls:
        sample.take(locus, alleles)
    return sample


def _frequencies(database: _Database) -> FrequenciesRead:
    found: dict[str, dict[str, float]] = {}
    doubts: list[Doubt] = []
    for locus in database.loci:
        marker = marker_named(locus.name)
        if marker is None or marker == AMELOGENIN or marker in found:
            named = {"marker": locus.name[:20]}
            doubts.append(Doubt(N_("“%(marker)s” is left out: a marker of no kit here."), named))
            continue
        if locus.has_silent:
            doubts.append(
                Doubt(N_("%(marker)s: the silent allele is left out."), {"marker": marker})
            )
        read = ((read_alleles(marker, [name])[0], value) for name, value in locus.alleles)
        found[marker] = {alleles[0]: value for alleles, value in read if alleles and value > 0}
        rest = len([value for _, value in locus.alleles if value > 0]) - len(found[marker])
        if rest:
            doubts.append(
                Doubt(
                    N_(
                        "%(marker)s: %(count)s of its alleles are no alleles here and are left out."
                    ),
                    {"marker": marker, "count": rest},
                )
            )
    return FrequenciesRead(database.name, found, tuple(doubts))
