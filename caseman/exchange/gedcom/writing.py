"""Trees as the bytes of a GEDCOM file: version 7, and 5.5.1 for older programs.

Both by the same records; the older version bounds its lines and doubles every "@".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

import gedcom7
from gedcom7.types import GedcomStructure

from caseman.coding import N_, Code, Sex
from caseman.exchange.gedcom.tree import Family, Individual, Tree
from caseman.writing import clean_lines

SAMPLE: Final = "_SAMPLE"
MISSING: Final = "_MISSING"
URI: Final = "urn:x-caseman:gedcom:"
OTHER_WAY: Final = "related in another way"
MONTHS: Final = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
LONGEST_LINE: Final = 180
"""Characters of text in a line of 5.5.1, which counts 255 with everything else."""

_SEXES: Final = {Sex.MALE: "M", Sex.FEMALE: "F", None: "U"}
_NO_LETTERS: Final = {0xFFFE: None, 0xFFFF: None}
"""What the format knows no place for."""


class GedcomFile(Code):
    """In which version a tree leaves."""

    SEVEN = "7", N_("GEDCOM 7 (newer programs)")
    OLDER = "551", N_("GEDCOM 5.5.1 (older programs)")


@dataclass(frozen=True)
class _Writer:
    tree: Tree
    is_older: bool

    def records(self, title: str) -> Iterator[GedcomStructure]:
        """Yield the head, everybody, every family, the end."""
        yield self._head(title)
        if self.is_older:
            submitter = GedcomStructure("SUBM", xref="@U1@")
            submitter.append_child(self.line("NAME", "caseman"))
            yield submitter
        places = {key: f"@I{n}@" for n, key in enumerate(self.tree.people, start=1)}
        homes = {f"@F{n}@": each for n, each in enumerate(self.tree.families, start=1)}
        for each in self.tree.people.values():
            yield self._individual(each, places, homes)
        for xref, family in homes.items():
            yield self._family(xref, family, places)
        yield GedcomStructure("TRLR")

    def line(self, tag: str, text: str = "", *below: GedcomStructure) -> GedcomStructure:
        """Return a line with its text and what stands below it."""
        row = GedcomStructure(tag)
        lines = clean_lines(text).translate(_NO_LETTERS).split("\n")
        if self.is_older:
            pieces = [_pieces(each) for each in lines]
            row.text = pieces[0][0]
            continued = [
                GedcomStructure("CONT" if at == 0 else "CONC", text=piece)
                for n, line in enumerate(pieces)
                for at, piece in enumerate(line)
                if n or at
            ]
        else:
            row.text, continued = "\n".join(lines), []
        for each in chain(continued, below):
            row.append_child(each)
        return row

    def _head(self, title: str) -> GedcomStructure:
        form = self.line("FORM", "LINEAGE-LINKED")
        version = self.line("VERS", "5.5.1" if self.is_older else "7.0")
        head = self.line("HEAD", "", self.line("GEDC", "", version, *([form] * self.is_older)))
        if self.is_older:
            head.append_child(self.line("CHAR", "UTF-8"))
            head.append_child(GedcomStructure("SUBM", pointer="@U1@"))
        else:
            tags = (self.line("TAG", f"{tag} {URI}{tag[1:].lower()}") for tag in (MISSING, SAMPLE))
            head.append_child(self.line("SCHMA", "", *tags))
        head.append_child(self.line("SOUR", "caseman", self.line("NAME", "caseman")))
        head.append_child(self.line("NOTE", title))
        return head

    def _individual(
        self, each: Individual, places: dict[str, str], homes: dict[str, Family]
    ) -> GedcomStructure:
        row = GedcomStructure("INDI", xref=places[each.key])
        row.append_child(self.line("RESN", "confidential" if self.is_older else "CONFIDENTIAL"))
        if each.name:
            row.append_child(self._name(each))
        row.append_child(self.line("SEX", _SEXES[each.sex]))
        if born := period(*each.born):
            row.append_child(self.line("BIRT", "", self.line("DATE", born)))
        if each.has_died:
            row.append_child(self.line("DEAT", "Y"))
        row.children += self._grew_up(each.key, homes)
        row.children += [
            GedcomStructure("FAMS", pointer=xref)
            for xref, home in homes.items()
            if each.key in home.partners
        ]
        row.children += self._told(each, places)
        return row

    def _grew_up(self, key: str, homes: dict[str, Family]) -> Iterator[GedcomStructure]:
        """Yield in which families somebody is a child, and how, if not by birth."""
        for xref, home in homes.items():
            if key in home.children:
                yield GedcomStructure("FAMC", pointer=xref)
            for word, children in (("ADOPTED", home.adopted), ("FOSTER", home.foster)):
                if key in children:
                    how = self.line("PEDI", word.lower() if self.is_older else word)
                    yield GedcomStructure("FAMC", pointer=xref, children=[how])

    def _told(self, each: Individual, places: dict[str, str]) -> Iterator[GedcomStructure]:
        if each.is_loose:
            yield self._tie(places[next(iter(self.tree.people))])
        if each.number:
            yield self.line("REFN", each.number, self.line("TYPE", "caseman"))
        if each.note:
            yield self.line("NOTE", each.note)
        if each.is_missing:
            yield self.line(MISSING, "Y")
        if each.has_sample:
            yield self.line(SAMPLE, "Y")

    def _name(self, each: Individual) -> GedcomStructure:
        row = self.line("NAME", each.name.replace("/", " "))
        if each.latin:
            latin = each.latin.replace("/", " ")
            below = ("TYPE", "romanized") if self.is_older else ("LANG", "und-Latn")
            tag = "ROMN" if self.is_older else "TRAN"
            row.append_child(self.line(tag, latin, self.line(*below)))
        return row

    def _tie(self, missing: str) -> GedcomStructure:
        if self.is_older:
            told = [self.line("RELA", OTHER_WAY)]
        else:
            told = [self.line("ROLE", "OTHER", self.line("PHRASE", OTHER_WAY))]
        return GedcomStructure("ASSO", pointer=missing, children=told)

    def _family(self, xref: str, each: Family, places: dict[str, str]) -> GedcomStructure:
        row = GedcomStructure("FAM", xref=xref)
        for tag, key in zip(("HUSB", "WIFE"), each.partners, strict=True):
            if key is not None:
                row.append_child(GedcomStructure(tag, pointer=places[key]))
        for key in (*each.children, *each.adopted, *each.foster):
            row.append_child(GedcomStructure("CHIL", pointer=places[key]))
        return row


def written(file: GedcomFile, tree: Tree, title: str) -> bytes:
    """Return a tree, the missing person first, as the bytes of a file."""
    records = _Writer(tree, file is GedcomFile.OLDER).records(title)
    return gedcom7.dumps(records).encode()


def period(first: date | None, last: date | None) -> str:
    """Return a date that is known to lie between two days, as GEDCOM says it."""
    if first is None or last is None:
        return f"AFT {_day(first)}" if first else f"BEF {_day(last)}" if last else ""
    if first == last:
        return _day(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        years = f"{first.year:04}", f"{last.year:04}"
        return years[0] if first.year == last.year else f"BET {years[0]} AND {years[1]}"
    return f"BET {_day(first)} AND {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year:04}"


def _pieces(line: str) -> list[str]:
    """Return a line of 5.5.1 in pieces that each begin and end with a letter."""
    pieces = re.findall(rf"\S.{{0,{LONGEST_LINE - 2}}}\S(?=\S|$)|.+", line) or [""]
    return [_doubled(each) for each in pieces]


def _doubled(text: str) -> str:
    """Double each "@"; the writer doubles the first one of a line."""
    doubled = text.replace("@", "@@")
    return doubled[1:] if doubled.startswith("@@") else doubled
