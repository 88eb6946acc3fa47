"""What each person of a file is to the missing person, as far as the tree here has a word for it.

Descent counts where the file says nothing else of a child. Who came into the family otherwise
(adopted, fostered, a step-child) bears that bond, and who descends from them is related through
them: nobody becomes related by blood so. Who is related in several ways, as cousins who married
are, stands once, by the nearest. Pure.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from caseman.coding import N_, Code, Sex
from caseman.exchange.gedcom.reading import FileTree, Home, Person
from caseman.reports.codes import THROUGH, Bond, Kin


class WithoutPlace(Code):
    """Why somebody next to the family has no place in the tree."""

    NO_SEX = "no_sex", N_("The file does not say whether this is a man or a woman.")
    SEVERAL_PARENTS = (
        "several_parents",
        N_(
            "The file names several pairs of parents, and not which of them are the parents by "
            "birth."
        ),
    )
    TOO_FAR = "too_far", N_("Related too distantly for this tree, or by marriage alone.")


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who has a place in the tree of the missing person."""

    person: Person
    kin: Kin
    through: str | None = None
    """Key of another one who was found."""
    bond: Bond | None = None
    """How they came into the family, where not by birth."""
    line: Bond | None = None
    """The same of somebody between, or of themselves: the bond where nobody between is named."""
    also: tuple[Kin, ...] = ()
    """What else they are to the missing person."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Somebody next to the family who has no place in the tree, and why."""

    person: Person
    reason: WithoutPlace


@dataclass(frozen=True)
class Relations:
    """Who of a file belongs into the tree: those first through whom others are related."""

    found: tuple[Found, ...]
    unplaced: tuple[Unplaced, ...]


def relations(tree: FileTree, missing: str) -> Relations:
    """Return what everybody in a file is to the one with the key ``missing``."""
    search = _Search(tree, missing)
    search.run()
    return Relations(tuple(search.found()), tuple(search.unplaced()))


class _Parents(NamedTuple):
    father: str | None = None
    mother: str | None = None


class _Claim(NamedTuple):
    key: str
    kin: Kin
    through: str | None
    bond: Bond | None
    line: Bond | None


class _Kinsman(NamedTuple):
    """A child or a sibling: by which bond, and with whom as the other parent."""

    key: str
    bond: Bond | None
    other: str | None = None


class _Siblings(NamedTuple):
    full: list[_Kinsman]
    by_father: list[_Kinsman]
    by_mother: list[_Kinsman]


class _Search:
    def __init__(self, tree: FileTree, missing: str) -> None:
        self.tree = tree
        self.missing = missing
        self.homes_of: dict[str, list[Home]] = defaultdict(list)
        self.grew_up_in: dict[str, list[tuple[Home, Bond | None]]] = defaultdict(list)
        for home in tree.homes:
            for partner in home.partners:
                self.homes_of[partner].append(home)
            for child, bond in home.bonds:
                self.grew_up_in[child].append((home, bond))
        self.claims: list[_Claim] = []
        self.doubts: dict[str, WithoutPlace] = {}

    def run(self) -> None:
        """Go from the missing person outwards, the nearest first."""
        father, mother = self._ascend(self.missing, Kin.FATHER, Kin.MOTHER)
        for home in self.homes_of[self.missing]:
            self._claim(self._other(home, self.missing), Kin.SPOUSE)
        own = self._children(self.missing)
        for child in own:
            kin = self._by_sex(child.key, Kin.SON, Kin.DAUGHTER)
            self._claim(child.key, kin, child.other, child.bond)
        siblings = self._siblings(self.missing)
        for each in siblings.full:
            kin = self._by_sex(each.key, Kin.BROTHER, Kin.SISTER)
            self._claim(each.key, kin, bond=each.bond)
        self._claim_all(siblings.by_father, Kin.HALF_BY_FATHER)
        self._claim_all(siblings.by_mother, Kin.HALF_BY_MOTHER)
        self._ascend(father, Kin.FATHERS_FATHER, Kin.FATHERS_MOTHER)
        self._ascend(mother, Kin.MOTHERS_FATHER, Kin.MOTHERS_MOTHER)
        of_father, of_mother = self._siblings(father).full, self._siblings(mother).full
        self._claim_all(of_father, Kin.FATHERS_SIBLING)
        self._claim_all(of_mother, Kin.MOTHERS_SIBLING)
        self._descend(siblings.full, Kin.SIBLINGS_CHILD)
        self._descend(own, Kin.GRANDCHILD)
        self._descend(of_father, Kin.COUSIN_BY_FATHER)
        self._descend(of_mother, Kin.COUSIN_BY_MOTHER)
        for key, person in self.tree.people.items():
            if self.missing in person.tied_to:
                self._claim(key, Kin.OTHER)

    def found(self) -> Iterator[Found]:
        """Yield everybody with a place, the nearest first, and blood before any other bond."""
        nearest: dict[str, _Claim] = {}
        for claim in sorted(self.claims, key=lambda claim: claim.line is not None):
            nearest.setdefault(claim.key, claim)
        also: dict[str, list[Kin]] = defaultdict(list)
        for claim in self.claims:
            if claim.line is None:
                also[claim.key].append(claim.kin)
        for claim in self.claims:
            person = self.tree.people[claim.key]
            if claim is nearest[claim.key] and person.is_told:
                others = tuple(kin for kin in dict.fromkeys(also[claim.key]) if kin != claim.kin)
                between = nearest.get(claim.through or "")
                if self._is_said_through(claim, between):
                    through, bond = claim.through, claim.bond
                else:
                    through, bond = None, claim.line
                yield Found(person, claim.kin, through, bond, claim.line, others)

    def unplaced(self) -> Iterator[Unplaced]:
        """Yield those of whom the search knows why, and the next of everybody with a place."""
        placed = {self.missing, *(claim.key for claim in self.claims)}
        reasons = dict(self.doubts)
        for home in self.tree.homes:
            members = (*home.partners, *(key for key, _ in home.bonds), *home.unclear)
            if placed.isdisjoint(members) and self.doubts.keys().isdisjoint(members):
                continue
            for key in members:
                is_open = key in home.unclear or not placed.isdisjoint(home.unclear)
                reasons.setdefault(
                    key, WithoutPlace.SEVERAL_PARENTS if is_open else WithoutPlace.TOO_FAR
                )
        for key, person in self.tree.people.items():
            if key in reasons and key not in placed and person.is_told:
                yield Unplaced(person, reasons[key])

    def _claim(
        self,
        key: str | None,
        kin: Kin | None,
        through: str | None = None,
        bond: Bond | None = None,
        line: Bond | None = None,
    ) -> None:
        if key is None or key == self.missing:
            return
        if kin is None:
            self.doubts[key] = WithoutPlace.NO_SEX
        else:
            self.claims.append(_Claim(key, kin, through, bond, bond or line))

    def _claim_all(self, kinsmen: Iterable[_Kinsman], kin: Kin) -> None:
        for each in kinsmen:
            self._claim(each.key, kin, bond=each.bond)

    def _ascend(self, key: str | None, father: Kin, mother: Kin) -> tuple[str | None, str | None]:
        """Claim the parents of somebody; return those by birth."""
        by_birth: tuple[str | None, str | None] = (None, None)
        for home, bond in self.grew_up_in.get(key or "", ()):
            pair = self._pair(home)
            by_birth = pair if bond is None else by_birth
            self._claim(pair[0], father, bond=bond)
            self._claim(pair[1], mother, bond=bond)
        return by_birth

    def _descend(self, kinsmen: Iterable[_Kinsman], kin: Kin) -> None:
        for each in kinsmen:
            for child in self._children(each.key):
                self._claim(child.key, kin, each.key, child.bond, each.bond)

    def _is_said_through(self, claim: _Claim, between: _Claim | None) -> bool:
        """Say whether the one between has a place by which the relation can be told."""
        return (
            between is not None
            and self.tree.people[between.key].is_told
            and between.kin in THROUGH.get(claim.kin, ())
        )

    def _by_sex(self, key: str, of_man: Kin, of_woman: Kin) -> Kin | None:
        sex = self.tree.people[key].sex
        return None if sex is None else of_man if sex is Sex.MALE else of_woman

    def _pair(self, home: Home) -> tuple[str | None, str | None]:
        """Return father and mother: by their sex, else by the place that the family gives them.

        Of a couple of one sex nobody can tell who is a parent by birth.
        """
        pair = home.husband, home.wife
        if not self._fits(*pair):
            pair = home.wife, home.husband
        return pair if self._fits(*pair) else (None, None)

    def _fits(self, father: str | None, mother: str | None) -> bool:
        people = self.tree.people
        return (father is None or people[father].sex is not Sex.FEMALE) and (
            mother is None or people[mother].sex is not Sex.MALE
        )

    def _other(self, home: Home, key: str) -> str | None:
        return next((each for each in home.partners if each != key), None)

    def _children(self, key: str) -> list[_Kinsman]:
        return [
            _Kinsman(child, bond, self._other(home, key))
            for home in self.homes_of[key]
            for child, bond in home.bonds
        ]

    def _siblings(self, key: str | None) -> _Siblings:
        """Return who grew up as a sibling; half are those whose other parent is another."""
        found = _Siblings([], [], [])
        for home, bond in self.grew_up_in.get(key or "", ()):
            self._add_children(found.full, home, key, bond)
            if bond is None:
                self._add_half(found, home, key)
        return found

    def _add_half(self, found: _Siblings, own: Home, key: str | None) -> None:
        father, mother = parents = self._pair(own)
        around = {id(home): home for each in own.partners for home in self.homes_of[each]}
        around.pop(id(own), None)
        for home in around.values():
            theirs = self._pair(home)
            if None not in theirs and theirs == parents:
                self._add_children(found.full, home, key)
            elif father is not None and theirs[0] == father:
                self._add_children(found.by_father, home, key)
            elif mother is not None and theirs[1] == mother:
                self._add_children(found.by_mother, home, key)

    def _add_children(
        self, to: list[_Kinsman], home: Home, but: str | None, bond: Bond | None = None
    ) -> None:
        to += [_Kinsman(child, own or bond) for child, own in home.bonds if child != but]
