"""Family trees as families tell them become pedigrees of the kinship engine, here only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from caseman.coding import Sex
from caseman.kinship import Member, Pedigree
from caseman.kinship import Sex as EngineSex
from caseman.reports.codes import Kin

MISSING: Final = "missing"
"""Key of the missing person in the tree."""


@dataclass(frozen=True, slots=True)
class Told:
    """One relative: a key, what they are to the missing person, and through whom."""

    key: str
    kin: Kin
    sex: Sex | None = None
    through: str | None = None


@dataclass(frozen=True)
class FamilyTree:
    """The pedigree, the key in it of each relative, and those whose place nobody knows.

    Untyped members that the relations imply have keys that begin with a question mark. Half
    siblings have each their own other parent, because nobody said that they share it.
    """

    pedigree: Pedigree
    places: dict[str, str]
    left_out: tuple[str, ...]


def family_tree(sex: Sex | None, relatives: Sequence[Told]) -> FamilyTree:
    """Return the tree of a missing person of ``sex``; raises KinshipError for a contradiction."""
    builder = _Builder(sex, relatives)
    for each in relatives:
        builder.place(each)
    return FamilyTree(
        Pedigree(tuple(builder.members.values())), builder.places, tuple(builder.left_out)
    )


@dataclass
class _Builder:
    sex: Sex | None
    relatives: Sequence[Told]
    members: dict[str, Member] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.only = {each.kin: each.key for each in self.relatives}
        self.father = self._ancestor(Kin.FATHER, Sex.MALE)
        self.mother = self._ancestor(Kin.MOTHER, Sex.FEMALE)
        self._add(MISSING, self.sex, (self.father, self.mother))

    def place(self, told: Told) -> None:
        """Give a relative a place, with whoever must be between."""
        if told.kin is Kin.SELF:
            self.places[told.key] = MISSING
            return
        parents = self._parents(told)
        if told.kin is Kin.OTHER:
            self.left_out.append(told.key)
            return
        self.places[told.key] = told.key
        if told.key not in self.members or parents:
            self._add(told.key, told.sex, parents)

    def _parents(self, told: Told) -> tuple[str, str] | None:
        match told.kin:
            case Kin.BROTHER | Kin.SISTER:
                return self.father, self.mother
            case Kin.HALF_BY_FATHER:
                return self.father, self._unknown(told, Sex.FEMALE)
            case Kin.HALF_BY_MOTHER:
                return self._unknown(told, Sex.MALE), self.mother
            case Kin.FATHERS_FATHER | Kin.FATHERS_MOTHER | Kin.MOTHERS_FATHER | Kin.MOTHERS_MOTHER:
                self._grandparents(told.kin in {Kin.FATHERS_FATHER, Kin.FATHERS_MOTHER})
            case Kin.FATHERS_SIBLING | Kin.MOTHERS_SIBLING:
                return self._grandparents(told.kin is Kin.FATHERS_SIBLING)
            case Kin.FATHER | Kin.MOTHER | Kin.SPOUSE | Kin.OTHER | Kin.SELF:
                pass
            case _:
                return self._couple(told)
        return None

    def _couple(self, told: Told) -> tuple[str, str]:
        """Return the parents of a child of somebody in the tree."""
        if told.kin in {Kin.SON, Kin.DAUGHTER}:
            return self._as_parents(MISSING, self.sex, self._spouse(told))
        between = told.through or self._between(told)
        sex = next((each.sex for each in self.relatives if each.key == between), None)
        return self._as_parents(between, sex, self._unknown(told, None))

    def _between(self, told: Told) -> str:
        """Return an untyped member through whom the relation runs."""
        key = f"?through {told.key}"
        match told.kin:
            case Kin.SIBLINGS_CHILD:
                parents = self.father, self.mother
            case Kin.COUSIN_BY_FATHER | Kin.COUSIN_BY_MOTHER:
                parents = self._grandparents(told.kin is Kin.COUSIN_BY_FATHER)
            case _:
                other = self._add(f"?parent of {key}", None, None)
                parents = self._as_parents(MISSING, self.sex, other)
        return self._add(key, None, parents)

    def _spouse(self, told: Told) -> str:
        spouses = [each.key for each in self.relatives if each.kin is Kin.SPOUSE]
        if told.through is not None:
            return self._found(told.through)
        return self._found(spouses[0]) if len(spouses) == 1 else self._unknown(told, None)

    def _found(self, key: str) -> str:
        if key not in self.members:
            sex = next(each.sex for each in self.relatives if each.key == key)
            self._add(key, sex, None)
        return key

    def _as_parents(self, one: str, sex: Sex | None, other: str) -> tuple[str, str]:
        return (other, one) if sex is Sex.FEMALE else (one, other)

    def _grandparents(self, is_fathers: bool) -> tuple[str, str]:  # noqa: FBT001 - of two sides
        kins = (
            (Kin.FATHERS_FATHER, Kin.FATHERS_MOTHER)
            if is_fathers
            else (Kin.MOTHERS_FATHER, Kin.MOTHERS_MOTHER)
        )
        pair = self._ancestor(kins[0], Sex.MALE), self._ancestor(kins[1], Sex.FEMALE)
        child, sex = (self.father, Sex.MALE) if is_fathers else (self.mother, Sex.FEMALE)
        self._add(child, sex, pair)
        return pair

    def _ancestor(self, kin: Kin, sex: Sex) -> str:
        key = self.only.get(kin, f"?{kin.value}")
        return key if key in self.members else self._add(key, sex, None)

    def _unknown(self, told: Told, sex: Sex | None) -> str:
        return self._add(f"?parent of {told.key}", sex, None)

    def _add(self, key: str, sex: Sex | None, parents: tuple[str, str] | None) -> str:
        father, mother = parents or (None, None)
        of_engine = None if sex is None else EngineSex(sex.value)
        self.members[key] = Member(key, father, mother, of_engine)
        return key
