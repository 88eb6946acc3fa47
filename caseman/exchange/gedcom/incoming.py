"""A file's tree beside the tree that is here: who of it is missing, who is there, who is added."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from caseman.audit.reasons import because
from caseman.exchange.gedcom.kin import Found
from caseman.exchange.gedcom.reading import FileTree, Person
from caseman.names import compare, normalise, search_keys, tokens
from caseman.reports.codes import ONLY_ONE, THROUGH, Bond, Kin, Living
from caseman.reports.drafts import RelativeFacts
from caseman.reports.models import MissingPerson, Relative
from caseman.reports.numbers import PERSON
from caseman.reports.services import add_relative

MOST_OFFERED: Final = 20
_MOST_COMPARED: Final = 100
_MOST_WORDS: Final = 8_000
"""Different words of names that are compared by sound; in a longer file the rest as written."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody of a file, and the relative here who is the same person, if any."""

    found: Found
    known: Relative | None

    @property
    def living(self) -> Living | None:
        """What the file says of this person's life."""
        person = self.found.person
        return Living.MISSING if person.is_missing else Living.DIED if person.has_died else None


def surely_missing(tree: FileTree, number: str) -> Person | None:
    """Return who of a file bears the number, else the only one who is marked as missing.

    In a file that left here relatives are marked too, but have no number of a missing person.
    """
    marked = [each for each in tree.people.values() if each.is_missing]
    for chosen in (
        [each for each in tree.people.values() if number in each.numbers],
        marked,
        [each for each in marked if any(_is_of_person(own) for own in each.numbers)],
    ):
        if len(chosen) == 1:
            return chosen[0]
    return None


def _is_of_person(number: str) -> bool:
    return number.startswith(PERSON) and "/" not in number


def likely_missing(tree: FileTree, name: str, sought: str = "") -> list[Person]:
    """Return some who may be the missing person, the likeliest first: by the name, or as sought."""
    known: dict[str, frozenset[str]] = {}

    def keys_of(token: str) -> frozenset[str]:
        if token not in known and len(known) < _MOST_WORDS:
            known[token] = search_keys(token) | {token}
        return known.get(token, frozenset({token}))

    wanted = [keys_of(token) for token in tokens(sought or name)]
    alike: dict[int, list[Person]] = defaultdict(list)
    for each in tree.people.values():
        own = [keys_of(token) for token in tokens(each.name)]
        shared = sum(any(keys & theirs for theirs in own) for keys in wanted)
        if each.is_told and (not sought or shared):
            alike[shared + 100 * (each.is_missing and not sought)].append(each)
    first = [each for shared in sorted(alike, reverse=True) for each in alike[shared]]
    first = first[:_MOST_COMPARED]
    first.sort(
        key=lambda each: (each.is_missing, compare(sought or name, each.name).score), reverse=True
    )
    return first[:MOST_OFFERED]


def beside(found: Sequence[Found], relatives: Sequence[Relative]) -> list[Arrival]:
    """Return everybody found with the relative here who is the same person.

    By the number, else because everybody has only one such relative, else by name and relation.
    Each relative here is one person of the file at most.
    """
    known: dict[str, Relative] = {}
    free = dict.fromkeys(relatives)
    for sign in range(_SIGNS):
        waiting: dict[Hashable, list[Relative]] = defaultdict(list)
        for row in reversed(free):
            for own in _signs((row.number,), row.kin, row.bond, row.name or "")[sign]:
                waiting[own].append(row)
        for each in found:
            person = each.person
            for own in _signs(person.numbers, each.kin, each.bond, person.name)[sign]:
                if person.key not in known and waiting[own]:
                    known[person.key] = waiting[own].pop()
                    free.pop(known[person.key])
    return [Arrival(each, known.get(each.person.key)) for each in found]


_SIGNS: Final = 3


def _signs(
    numbers: Collection[str], kin: Kin, bond: Bond | None, name: str
) -> tuple[Collection[Hashable], ...]:
    """Return by what somebody is known again, the surest first."""
    is_only_one = kin in ONLY_ONE and bond in {None, Bond.BIRTH}
    return numbers, (kin,) * is_only_one, ((kin, normalise(name)),)


def bring_in(
    session: Session,
    person: MissingPerson,
    arrivals: Sequence[Arrival],
    chosen: Collection[str],
    notes: Mapping[str, str],
) -> list[Relative]:
    """Add those who were chosen by their keys and are not here yet; return them.

    ``notes`` are by key too. What is here stays as it is.
    """
    rows: dict[str, Relative] = {
        each.found.person.key: each.known for each in arrivals if each.known is not None
    }
    added: list[Relative] = []
    with because(session, "GEDCOM"):
        for each in arrivals:
            key = each.found.person.key
            if key in chosen and key not in rows:
                note = notes.get(key, "")
                rows[key] = add_relative(session, person, _facts(each, rows, note))
                added.append(rows[key])
    return added


def _facts(arrival: Arrival, rows: Mapping[str, Relative], note: str) -> RelativeFacts:
    found = arrival.found
    through = rows.get(found.through or "")
    is_said = through is not None and through.kin in THROUGH.get(found.kin, ())
    return RelativeFacts(
        kin=found.kin,
        sex=found.person.sex,
        through_id=through.id if through is not None and is_said else None,
        name=found.person.name,
        note=note,
        bond=found.bond if is_said or found.through is None else found.line,
        living=arrival.living,
    )


def only_here(arrivals: Sequence[Arrival], relatives: Sequence[Relative]) -> Iterator[Relative]:
    """Yield the relatives here whom the file does not know, or names otherwise."""
    known = {each.known for each in arrivals}
    return (row for row in relatives if row not in known and row.kin is not Kin.SELF)
