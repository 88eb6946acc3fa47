"""Family trees as families tell them become pedigrees of the kinship engine, here only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from caseman.coding import Sex
from caseman.kinship import Member, Pedigree
from caseman.kinship import Sex as EngineSex
from caseman.reports.codes import ONLY_ONE, Kin

MISSING: Final = "missing"
"""Key of the missing person in the tree."""
_ANCESTORS: Final = ONLY_ONE - {Kin.SELF}
_GREW_UP_WITH: Final = {
    Kin.BROTHER: (Kin.FATHER, Kin.MOTHER),
    Kin.SISTER: (Kin.FATHER, Kin.MOTHER),
    Kin.HALF_BY_FATHER: (Kin.FATHER,),
    Kin.HALF_BY_MOTHER: (Kin.MOTHER,),
    Kin.FATHERS_SIBLING: (Kin.FATHERS_FATHER, Kin.FATHERS_MOTHER),
    Kin.MOTHERS_SIBLING: (Kin.MOTHERS_FATHER, Kin.MOTHERS_MOTHER),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One relative: a key, what they are to the missing person, and through whom."""

    key: str
    kin: Kin
    sex: Sex | None = None
    through: str | None = None
    by_birth: bool = True


@dataclass(frozen=True, slots=True)
class Tie:
    """Somebody of the family who is not of its blood: as a child of some, or a parent of one."""

    key: str
    sex: EngineSex | None
    parents: tuple[str, ...] = ()
    child: str | None = None


@dataclass(frozen=True)
class FamilyTree:
    """The pedigree, the key in it of each relative, and those whose place nobody knows.

    Untyped members that the relations imply have keys that begin with a question mark. Half
    siblings have each their own other parent, because nobody said that they share it. Ties are
    of those who were adopted or brought up, and of who descends from them: they are drawn and
    never weighed.
    """

    pedigree: Pedigree
    places: dict[str, str]
    left_out: tuple[str, ...]
    ties: tuple[Tie, ...] = ()


def family_tree(sex: Sex | None, relatives: Sequence[Told]) -> FamilyTree:
    """Return the tree of a missing person of ``sex``; raises KinshipError for a contradiction."""
    builder = _Builder(sex, relatives)
    for each in relatives:
        builder.place(each)
    return FamilyTree(
        Pedigree(tuple(builder.members.values())),
        builder.places,
        tuple(builder.left_out),
        tuple(builder.ties()),
    )


@dataclass
class _Builder:
    sex: Sex | None
    relatives: Sequence[Told]
    members: dict[str, Member] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    tied: list[Told] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.told = {each.key: each for each in self.relatives}
        self.only = {each.kin: each.key for each in self.relatives if each.by_birth}
        self.father = self._ancestor(Kin.FATHER, Sex.MALE)
        self.mother = self._ancestor(Kin.MOTHER, Sex.FEMALE)
        self._add(MISSING, self.sex, (self.father, self.mother))

    def place(self, told: Told) -> None:
        """Give a relative a place, with whoever must be between."""
        if told.kin is Kin.SELF:
            self.places[told.key] = MISSING
            return
        if not self._is_of_the_blood(told):
            self.tied.append(told)
            self.left_out.append(told.key)
            return
        parents = self._parents(told)
        if told.kin is Kin.OTHER:
            self.left_out.append(told.key)
            return
        self.places[told.key] = told.key
        if told.key not in self.members or parents:
            self._add(told.key, told.sex, parents)

    def ties(self) -> Iterator[Tie]:
        """Yield the ties of those who are not of the blood to those who stand in the tree."""
        known = {*self.members, *(each.key for each in self.tied)}
        for told in self.tied:
            if told.kin in _ANCESTORS:
                yield Tie(told.key, _of_engine(told.sex), child=self._whose_parent(told.kin))
                continue
            parents = tuple(key for key in self._foster_parents(told) if key in known)
            if parents:
                yield Tie(told.key, _of_engine(told.sex), parents)

    def _is_of_the_blood(self, told: Told) -> bool:
        through = self.told.get(told.through or "")
        runs_by_blood = through is None or through.kin is Kin.SPOUSE or through.by_birth
        return runs_by_blood and (told.by_birth or told.kin is Kin.SPOUSE)

    def _whose_parent(self, kin: Kin) -> str:
        match kin:
            case Kin.FATHERS_FATHER | Kin.FATHERS_MOTHER:
                return self.father
            case Kin.MOTHERS_FATHER | Kin.MOTHERS_MOTHER:
                return self.mother
            case _:
                return MISSING

    def _foster_parents(self, told: Told) -> tuple[str, ...]:
        """Return of whom they are as a child; who only might stand there is not made up."""
        if told.kin in _GREW_UP_WITH:
            return tuple(self._only(kin) for kin in _GREW_UP_WITH[told.kin])
        if told.kin in {Kin.SON, Kin.DAUGHTER}:
            return MISSING, told.through or self._only_spouse() or ""
        return (told.through or "",)

    def _only(self, kin: Kin) -> str:
        return self.only.get(kin, f"?{kin.value}")

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
        spouse = told.through or self._only_spouse()
        return self._unknown(told, None) if spouse is None else self._found(spouse)

    def _only_spouse(self) -> str | None:
        spouses = [each.key for each in self.relatives if each.kin is Kin.SPOUSE]
        return spouses[0] if len(spouses) == 1 else None

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
        key = self._only(kin)
        return key if key in self.members else self._add(key, sex, None)

    def _unknown(self, told: Told, sex: Sex | None) -> str:
        return self._add(f"?parent of {told.key}", sex, None)

    def _add(self, key: str, sex: Sex | None, parents: tuple[str, str] | None) -> str:
        father, mother = parents or (None, None)
        self.members[key] = Member(key, father, mother, _of_engine(sex))
        return key


def _of_engine(sex: Sex | None) -> EngineSex | None:
    return None if sex is None else EngineSex(sex.value)
