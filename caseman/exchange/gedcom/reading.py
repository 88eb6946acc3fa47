"""GEDCOM files become trees, or say which line stands in the way: 5.5, 5.5.1 and 7.

The lines are read here and not by gedcom7, which knows version 7 alone: what 5.5.1 may write
otherwise (cut lines, calendars, other keys) would have to be read before it, and the numbers of
the lines would be lost. Only who somebody is and how they belong together is taken. Pure.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from caseman.coding import N_, Sex
from caseman.database import DomainError
from caseman.exchange.gedcom.writing import MISSING, OTHER_WAY
from caseman.reports.codes import Bond
from caseman.writing import UNREADABLE, clean_line, clean_lines

MOST_BYTES: Final = 2_000_000
MOST_LINES: Final = 100_000
MOST_PEOPLE: Final = 20_000
DEEPEST: Final = 20
LONGEST_NAME: Final = 300
LONGEST_NOTE: Final = 1000

_LINE: Final = re.compile(
    r"[ \t]*(\d{1,2})[ \t]+(?:(@[^@#\s][^@]*@)[ \t]+)?([A-Za-z0-9_]+)(?:[ \t](.*))?"
)
_ENCODING: Final = re.compile(rb"[\r\n]\s*1\s+CHAR\s+([A-Za-z0-9-]{1,20})")
_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"0\0", "utf-16-le"),
    (b"\x000", "utf-16-be"),
)
_ARCHIVE: Final = b"PK\x03\x04"
_SEXES: Final = {"M": Sex.MALE, "F": Sex.FEMALE}
_BONDS: Final = {
    "BIRTH": Bond.BIRTH,
    "NATURAL": Bond.BIRTH,
    "BIOLOGICAL": Bond.BIRTH,
    "ADOPTED": Bond.ADOPTED,
}
"""How a child came to a couple; every other word says that they brought it up."""


class UnreadableGedcomError(DomainError):
    """The file holds no tree that can be read; the sentence says why, and in which line."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a file; who has neither a name nor a number only stands between others."""

    key: str
    name: str = ""
    sex: Sex | None = None
    numbers: tuple[str, ...] = ()
    """By which other programs, this one among them, know this person."""
    note: str = ""
    is_missing: bool = False
    has_died: bool = False
    tied_to: frozenset[str] = frozenset()
    """Keys of those to whom this person is related in another way than by descent or marriage."""

    @property
    def is_told(self) -> bool:
        """Whether the file says who this is."""
        return bool(self.name or self.numbers)


@dataclass(frozen=True, slots=True)
class Home:
    """A couple with its children: by birth, by another bond, and where the file leaves it open."""

    husband: str | None = None
    wife: str | None = None
    children: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()
    foster: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    """Children of several couples, of whom the file does not say which are the parents by birth."""

    @property
    def partners(self) -> tuple[str, ...]:
        """Whoever of the two is known."""
        return tuple(each for each in (self.husband, self.wife) if each is not None)

    @property
    def bonds(self) -> Iterator[tuple[str, Bond | None]]:
        """The children, each with its bond to the couple: None by birth."""
        yield from ((key, None) for key in self.children)
        yield from ((key, Bond.ADOPTED) for key in self.adopted)
        yield from ((key, Bond.FOSTER) for key in self.foster)


@dataclass(frozen=True)
class FileTree:
    """Everybody in a file by key, in its order, and how they belong together."""

    people: Mapping[str, Person]
    homes: tuple[Home, ...]


@dataclass(slots=True)
class _Line:
    number: int
    key: str
    tag: str
    text: str
    below: list["_Line"] = field(default_factory=list)

    def under(self, *tags: str) -> Iterator["_Line"]:
        """Yield the lines with these tags that stand directly below."""
        return (each for each in self.below if each.tag in tags)

    def first(self, *path: str) -> str:
        """Return what the first line at the end of a path says."""
        line: _Line | None = self
        for tag in path:
            line = next(line.under(tag), None) if line else None
        return line.text.strip() if line else ""


def text_of(content: bytes) -> str:
    """Return the text of a file in UTF-8 or UTF-16.

    Raises UnreadableGedcomError where it is too large, no text, or in another encoding: letters
    are never guessed.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableGedcomError(
            N_("The file is larger than %(most)s MB. Let your program write out fewer people."),
            most=MOST_BYTES // 1_000_000,
        )
    if not content.strip():
        raise UnreadableGedcomError(N_("The file is empty."))
    if content.startswith(_ARCHIVE):
        raise UnreadableGedcomError(
            N_("The file is an archive. Open it, and choose the file in it that ends in .ged.")
        )
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as fault:
        raise _not_unicode(content, fault) from fault
    if "\0" in text:
        raise UnreadableGedcomError(N_("The file is no text, and so no GEDCOM file."))
    return text.removeprefix("\ufeff").replace(UNREADABLE, "?")


def _not_unicode(content: bytes, fault: UnicodeDecodeError) -> UnreadableGedcomError:
    told = _ENCODING.search(content)
    if told is None:
        return UnreadableGedcomError(
            N_("Line %(line)s holds letters that are not in UTF-8. Save the file in UTF-8."),
            line=content.count(b"\n", 0, fault.start) + 1,
        )
    return UnreadableGedcomError(
        N_("The file is written in %(encoding)s. Let your program write it out in UTF-8."),
        encoding=told[1].decode("ascii"),
    )


def read_tree(text: str) -> FileTree:
    """Return the tree of a file; raises UnreadableGedcomError where it breaks the rules."""
    records = _records(text)
    is_older = _is_older(next(records, None))
    people: dict[str, Person] = {}
    families: dict[str, _Line] = {}
    bonds: dict[tuple[str, str], Bond] = {}
    last = None
    for last in records:
        if last.key in people or last.key in families:
            raise UnreadableGedcomError(
                N_("Line %(line)s: “%(key)s” stands twice."), line=last.number, key=last.key[:40]
            )
        if last.tag == "INDI" and last.key:
            people[last.key] = _person(last, is_older=is_older)
            bonds |= _bonds(last)
        elif last.tag == "FAM" and last.key:
            families[last.key] = last
        if len(people) > MOST_PEOPLE:
            raise UnreadableGedcomError(
                N_("The file holds more than %(most)s people. Let your program write out fewer."),
                most=MOST_PEOPLE,
            )
    if last is None or last.tag != "TRLR":
        raise UnreadableGedcomError(
            N_("The end of the file is missing (“0 TRLR”): it was cut off on its way.")
        )
    return FileTree(people, _homes(people, families, bonds))


def _is_older(head: _Line | None) -> bool:
    if head is None or head.tag != "HEAD":
        raise UnreadableGedcomError(
            N_("This is no GEDCOM file: such a file begins with the line “0 HEAD”.")
        )
    version = head.first("GEDC", "VERS")
    if not version.startswith(("5.5", "7")):
        raise UnreadableGedcomError(
            N_("Only GEDCOM 5.5, 5.5.1 and 7 can be read. Let your program write one of them.")
        )
    return version.startswith("5.5")


def _records(text: str) -> Iterator[_Line]:
    """Yield each record with all its lines."""
    above: list[_Line] = []
    for level, line in _lines(text):
        if level > min(len(above), DEEPEST):
            raise UnreadableGedcomError(
                N_("Line %(line)s begins with %(level)s, which does not follow the line before."),
                line=line.number,
                level=level,
            )
        if level == 0 and above:
            yield above[0]
        del above[level:]
        if line.tag in {"CONT", "CONC"} and above:
            above[-1].text += line.text if line.tag == "CONC" else f"\n{line.text}"
            continue
        if above:
            above[-1].below.append(line)
        above.append(line)
    if above:
        yield above[0]


def _lines(text: str) -> Iterator[tuple[int, _Line]]:
    """Yield each line that is not blank, with its level."""
    for number, written in enumerate(text.split("\n"), start=1):
        if number > MOST_LINES:
            raise UnreadableGedcomError(
                N_("The file has more than %(most)s lines. Let your program write out fewer."),
                most=MOST_LINES,
            )
        if written.strip():
            yield _line(number, written)


def _line(number: int, written: str) -> tuple[int, _Line]:
    parts = _LINE.fullmatch(written)
    if parts is None:
        raise UnreadableGedcomError(
            N_("Line %(line)s is no line of GEDCOM: each begins with a number and a short word."),
            line=number,
        )
    level, key, tag, text = parts.groups()
    return int(level), _Line(number, key or "", tag.upper(), text or "")


def _person(record: _Line, *, is_older: bool) -> Person:
    tied_to = {each.text.strip() for each in record.under("ASSO") if _is_another_way(each)}
    return Person(
        key=record.key,
        name=clean_line(_plain(record.first("NAME"), is_older).replace("/", " "))[:LONGEST_NAME],
        sex=_SEXES.get(record.first("SEX")),
        numbers=tuple(each.text.strip() for each in record.under("REFN") if each.text.strip()),
        note=clean_lines(_plain(record.first("NOTE"), is_older))[:LONGEST_NOTE] if tied_to else "",
        is_missing=record.first(MISSING) == "Y",
        has_died=any(each.text != "N" for each in record.under("DEAT")),
        tied_to=frozenset(tied_to),
    )


def _plain(text: str, is_older: bool) -> str:  # noqa: FBT001 - of two versions
    """Return a text without the doubling of "@", which version 7 asks for at the beginning only."""
    if is_older:
        return text.replace("@@", "@")
    return text.removeprefix("@") if text.startswith("@@") else text


def _is_another_way(tie: _Line) -> bool:
    return OTHER_WAY in {tie.first("RELA"), tie.first("ROLE", "PHRASE")}


def _bonds(record: _Line) -> dict[tuple[str, str], Bond]:
    """Return the bond by child and family, as far as the child's own record tells it."""
    told = {
        (record.key, each.text.strip()): _bond(each.first("PEDI"))
        for each in record.under("FAMC")
        if each.first("PEDI")
    }
    for adoption in record.under("ADOP"):
        told |= {(record.key, each.text.strip()): Bond.ADOPTED for each in adoption.under("FAMC")}
    return told


def _bond(word: str) -> Bond:
    return _BONDS.get(word.strip().upper(), Bond.FOSTER)


def _homes(
    people: Mapping[str, Person],
    families: Mapping[str, _Line],
    bonds: Mapping[tuple[str, str], Bond],
) -> tuple[Home, ...]:
    """Return the families of known people, each child by birth in one of them at most."""
    told = dict(bonds)
    homes_of: dict[str, list[str]] = defaultdict(list)
    for key, record in families.items():
        for child in record.under("CHIL"):
            pointer = child.text.strip()
            for each in child.under("_FREL", "_MREL"):
                bond = _bond(each.text)
                if bond is not Bond.BIRTH:
                    told[pointer, key] = bond
            if pointer in people and key not in homes_of[pointer]:
                homes_of[pointer].append(key)
    children = _by_bond(homes_of, told)
    return tuple(
        Home(
            _known(people, record.first("HUSB")),
            _known(people, record.first("WIFE")),
            *(tuple(children[key, sort]) for sort in ("birth", "adopted", "foster", "unclear")),
        )
        for key, record in families.items()
    )


def _by_bond(
    homes_of: Mapping[str, list[str]], told: Mapping[tuple[str, str], Bond]
) -> dict[tuple[str, str], list[str]]:
    """Return children by family and bond; "unclear" where several families may be by birth."""
    children: dict[tuple[str, str], list[str]] = defaultdict(list)
    for child, keys in homes_of.items():
        by_birth = [key for key in keys if told.get((child, key)) is Bond.BIRTH]
        by_birth = by_birth or [key for key in keys if (child, key) not in told]
        for key in keys:
            bond = told.get((child, key), Bond.FOSTER)
            if key in by_birth:
                bond = Bond.BIRTH
            is_unclear = key in by_birth and len(by_birth) > 1
            children[key, "unclear" if is_unclear else bond.value].append(child)
    return children


def _known(people: Mapping[str, Person], key: str) -> str | None:
    return key if key in people else None
