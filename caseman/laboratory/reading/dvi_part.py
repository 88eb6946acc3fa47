"""The DVI part of a Familias file: nested headings in brackets, ``Key= value`` below them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from caseman.laboratory.reading.kinship import Link, TreeRead

_HEADING: Final = re.compile(r"\[+([^\[\]]*)\]+")
_FAMILY: Final = re.compile(r"Family \d+ *")
_PERSON: Final = re.compile(r"Person \d+ *")
_PEDIGREE: Final = re.compile(r"Pedigree \d+ *")


@dataclass(slots=True)
class DviPerson:
    """Remains or a relative with what was typed: a marker and its alleles, as written."""

    line: int
    name: str = ""
    calls: list[tuple[str, list[str]]] = field(default_factory=list)


@dataclass(slots=True)
class _Tree:
    family: str
    name: str = ""
    links: list[Link] = field(default_factory=list)
    parent: str | None = None


@dataclass
class _Reader:
    persons: list[DviPerson] = field(default_factory=list)
    trees: list[_Tree] = field(default_factory=list)
    family: str = ""
    open: object = None
    """What a name belongs to: a person, a tree, the word of a family, or nothing."""

    def heading(self, line: int, words: str) -> None:
        if _PERSON.fullmatch(words):
            self.open = DviPerson(line)
            self.persons.append(self.open)
        elif _PEDIGREE.fullmatch(words):
            self.open = _Tree(self.family)
            self.trees.append(self.open)
        elif _FAMILY.fullmatch(words):
            self.open = "family"
        elif words != "DNA data":
            self.open = None

    def value(self, key: str, value: str) -> None:
        match self.open:
            case DviPerson():
                _of_person(self.open, key, value)
            case _Tree():
                _of_tree(self.open, key, value)
            case "family" if key == "Name":
                self.family = value
            case _:
                pass


def _of_person(person: DviPerson, key: str, value: str) -> None:
    if key == "Name":
        person.name = value
    elif key == "SystemName":
        person.calls.append((value, []))
    elif key in {"Allele1", "Allele2"} and person.calls:
        person.calls[-1][1].append(value)


def _of_tree(tree: _Tree, key: str, value: str) -> None:
    if key == "Name":
        tree.name = value
    elif key == "Parent":
        tree.parent = value
    elif key == "Child" and tree.parent is not None:
        tree.links.append((tree.parent, value))
        tree.parent = None


def read_dvi(lines: Iterable[tuple[int, str]]) -> tuple[list[DviPerson], list[TreeRead]]:
    """Return the typed persons and the trees with relations, from numbered lines."""
    reader = _Reader()
    for at, line in lines:
        heading = _HEADING.fullmatch(line)
        key, divider, value = line.partition("=")
        if heading:
            reader.heading(at, heading[1].strip())
        elif divider:
            reader.value(key.strip(), value.strip().strip('"'))
    trees = [
        TreeRead(f"{each.family}: {each.name}"[:100], tuple(each.links))
        for each in reader.trees
        if each.links
    ]
    return [each for each in reader.persons if each.calls], trees
