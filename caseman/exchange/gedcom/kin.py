"""What each person of a file is to the missing person, as far as the tree here has a word for it.

Descent counts where the file says nothing else of a child. Who is a child otherwise (adopted,
fostered, a step-child) is never followed further: nobody is related by blood through adoption.
Who is related in several ways, as cousins who married are, stands once, by the nearest. Pure.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from caseman.coding import N_, Sex
from caseman.exchange.gedcom.reading import FileTree, Home, Person
from caseman.reports.codes import THROUGH, Kin

NO_SEX: Final = N_("The file does not say whether this is a man or a woman.")
SEVERAL_PARENTS: Final = N_(
    "The file names several pairs of parents, and not which of them are the parents by birth."
)
TOO_FAR: Final = N_("Related too distantly for this tree, or by marriage alone.")


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who has a place in the tree of the missing person."""

    person: Person
    kin: Kin
    through: str | None = None
    """Key of another one who was found."""
    is_adopted: bool = False
    also: tuple[Kin, ...] = ()
    """What else they are to the missing person."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Somebody next to the family who has no place in the tree, and why."""

    person: Person
    reason: str


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
    kin: Kin
    through: str | None = None
    is_adopted: bool = False


class _Siblings(NamedTuple):
    full: list[str]
    by_father: list[str]
    by_mother: list[str]


class _Search:
    def __init__(self, tree: FileTree, missing: str) -> None:
        self.tree = tree
        self.missing = missing
        self.born_in = {child: home for home in tree.homes for child in home.children}
        self.homes_of: dict[str, list[Home]] = defaultdict(list)
        for home in tree.homes:
            for partner in home.partners:
                self.homes_of[partner].append(home)
        self.claims: dict[str, list[_Claim]] = defaultdict(list)
        self.doubts: dict[str, str] = {}

    def run(self) -> None:
        """Go from the missing person outwards, the nearest first."""
        father, mother = self._parents(self.missing)
        self._claim(father, Kin.FATHER)
        self._claim(mother, Kin.MOTHER)
        own = list(self._children(self.missing))
        for home in self.homes_of[self.missing]:
            self._claim(self._other(home, self.missing), Kin.SPOUSE)
        for child, other in own:
            self._claim(child, self._by_sex(child, Kin.SON, Kin.DAUGHTER), other)
        siblings = self._siblings(self.missing)
        for each in siblings.full:
            self._claim(each, self._by_sex(each, Kin.BROTHER, Kin.SISTER))
        for each in siblings.by_father:
            self._claim(each, Kin.HALF_BY_FATHER)
        for each in siblings.by_mother:
            self._claim(each, Kin.HALF_BY_MOTHER)
        uncles = self._side(father, Kin.FATHERS_FATHER, Kin.FATHERS_MOTHER, Kin.FATHERS_SIBLING)
        aunts = self._side(mother, Kin.MOTHERS_FATHER, Kin.MOTHERS_MOTHER, Kin.MOTHERS_SIBLING)
        self._children_of(siblings.full, Kin.SIBLINGS_CHILD)
        self._children_of([child for child, _ in own], Kin.GRANDCHILD)
        self._children_of(uncles, Kin.COUSIN_BY_FATHER)
        self._children_of(aunts, Kin.COUSIN_BY_MOTHER)
        self._otherwise()

    def found(self) -> Iterator[Found]:
        """Yield everybody with a place, the nearest first."""
        for key, (nearest, *more) in self.claims.items():
            person = self.tree.people[key]
            if person.is_told:
                also = dict.fromkeys(each.kin for each in more if not each.is_adopted)
                also.pop(nearest.kin, None)
                yield Found(
                    person, nearest.kin, self._through(nearest), nearest.is_adopted, tuple(also)
                )

    def unplaced(self) -> Iterator[Unplaced]:
        """Yield those of whom the search knows why, and the next of everybody with a place."""
        reasons = dict(self.doubts)
        inside = {self.missing, *self.claims, *self.doubts}
        for home in self.tree.homes:
            members = (*home.partners, *home.children, *home.adopted, *home.unclear)
            if inside.isdisjoint(members):
                continue
            for key in members:
                is_open = key in home.unclear or inside & set(home.unclear)
                reasons.setdefault(key, SEVERAL_PARENTS if is_open else TOO_FAR)
        for key, person in self.tree.people.items():
            if key in reasons and key not in self.claims and key != self.missing and person.is_told:
                yield Unplaced(person, reasons[key])

    def _claim(
        self,
        key: str | None,
        kin: Kin | None,
        through: str | None = None,
        *,
        is_adopted: bool = False,
    ) -> None:
        if key is None or key == self.missing:
            return
        if kin is None:
            self.doubts[key] = NO_SEX
        else:
            self.claims[key].append(_Claim(kin, through, is_adopted))

    def _through(self, claim: _Claim) -> str | None:
        """Return through whom, where that one has a place by which it can be said."""
        key = claim.through
        if key is None or key not in self.claims or not self.tree.people[key].is_told:
            return None
        return key if self.claims[key][0].kin in THROUGH.get(claim.kin, ()) else None

    def _by_sex(self, key: str, of_man: Kin, of_woman: Kin) -> Kin | None:
        sex = self.tree.people[key].sex
        return None if sex is None else of_man if sex is Sex.MALE else of_woman

    def _parents(self, key: str | None) -> _Parents:
        """Return the parents by birth: by their sex, else by the place where the family has them.

        Of a couple of one sex nobody can tell who is a parent by birth.
        """
        home = self.born_in.get(key or "")
        return _Parents() if home is None else self._pair(home)

    def _pair(self, home: Home) -> _Parents:
        pair = _Parents(home.husband, home.wife)
        if not self._fits(pair):
            pair = _Parents(home.wife, home.husband)
        return pair if self._fits(pair) else _Parents()

    def _fits(self, pair: _Parents) -> bool:
        father, mother = (self.tree.people.get(key or "") for key in pair)
        return not (father and father.sex is Sex.FEMALE) and not (mother and mother.sex is Sex.MALE)

    def _other(self, home: Home, key: str) -> str | None:
        return next((each for each in home.partners if each != key), None)

    def _children(self, key: str) -> Iterator[tuple[str, str | None]]:
        """Yield the children by birth, each with its other parent."""
        for home in self.homes_of[key]:
            for child in home.children:
                yield child, self._other(home, key)

    def _siblings(self, key: str | None) -> _Siblings:
        """Return siblings by birth; half are those whose other parent is another or not told."""
        home = self.born_in.get(key or "")
        found = _Siblings([], [], [])
        if home is None:
            return found
        father, mother = parents = self._parents(key)
        around = {id(home): home}
        for parent in filter(None, parents):
            around |= {id(each): each for each in self.homes_of[parent]}
        for each in around.values():
            theirs = self._pair(each)
            if each is home or (None not in theirs and theirs == parents):
                kind = found.full
            elif father is not None and theirs.father == father:
                kind = found.by_father
            elif mother is not None and theirs.mother == mother:
                kind = found.by_mother
            else:
                continue
            kind += [child for child in each.children if child != key]
        return found

    def _side(self, parent: str | None, father: Kin, mother: Kin, sibling: Kin) -> list[str]:
        """Claim the parents and the siblings of a parent; return the siblings."""
        grandparents = self._parents(parent)
        self._claim(grandparents.father, father)
        self._claim(grandparents.mother, mother)
        siblings = self._siblings(parent).full
        for each in siblings:
            self._claim(each, sibling)
        return siblings

    def _children_of(self, keys: list[str], kin: Kin) -> None:
        for key in keys:
            for child, _ in self._children(key):
                self._claim(child, kin, key)

    def _otherwise(self) -> None:
        """Claim who is tied to the missing person by adoption, or in another way."""
        for home in self.tree.homes:
            if self.missing in home.partners:
                for child in home.adopted:
                    self._claim(child, self._by_sex(child, Kin.SON, Kin.DAUGHTER), is_adopted=True)
            elif self.missing in home.children:
                self._adopt_siblings(home.adopted)
            elif self.missing in home.adopted:
                father, mother = self._pair(home)
                self._claim(father, Kin.FATHER, is_adopted=True)
                self._claim(mother, Kin.MOTHER, is_adopted=True)
                self._adopt_siblings((*home.children, *home.adopted))
        for key, person in self.tree.people.items():
            if self.missing in person.tied_to:
                self._claim(key, Kin.OTHER)

    def _adopt_siblings(self, keys: tuple[str, ...]) -> None:
        for key in keys:
            self._claim(key, self._by_sex(key, Kin.BROTHER, Kin.SISTER), is_adopted=True)
