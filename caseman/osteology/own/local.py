"""All that a laboratory has of its own, and its tables as files give them."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple, NoReturn, TypeVar

from caseman.coding import N_
from caseman.osteology.adult_age import PhaseTable
from caseman.osteology.methods import (
    Method,
    name_of,
    name_of_phases,
    name_of_sizes,
    phase_methods,
    size_methods,
    stature_methods,
)
from caseman.osteology.own.checking import LineRefusedError, OwnRefusedError
from caseman.osteology.own.equations import own_equation
from caseman.osteology.own.phases import own_phase, own_phases
from caseman.osteology.own.sizes import own_sizes
from caseman.osteology.sex import Sectioning
from caseman.osteology.stature import StatureEquation
from caseman.osteology.tables import Row, titled

Made = TypeVar("Made")
Line = tuple[int, Row]

_OF_THE_PROGRAM: Final = frozenset({"status", "error_status", "name", "cut_mm"})
"""Columns that only the program's own tables have; of a table made from one they say nothing."""


class OwnMethods(NamedTuple):
    """What somebody has beside the methods that come with the program."""

    equations: Sequence[StatureEquation] = ()
    sizes: Sequence[Sectioning] = ()
    phases: Sequence[PhaseTable] = ()

    @classmethod
    def joined(cls, some: Iterable["OwnMethods"]) -> "OwnMethods":
        """Return all of several together."""
        return cls(*(list(chain.from_iterable(each)) for each in zip(cls(), *some, strict=True)))

    def methods(self) -> dict[str, Method]:
        """Return them by name, as the catalogue has its own."""
        made = (
            *stature_methods(self.equations),
            *size_methods(self.sizes),
            *phase_methods(self.phases),
        )
        return {each.name: each for each in made}


NO_OWN: Final = OwnMethods()


def local_methods(table: Iterable[Mapping[str, str | None]]) -> OwnMethods:
    """Return what a laboratory's own table holds; its columns tell what it is a table of.

    Raises ``LineRefusedError`` for the first line that is none.
    """
    lines = [(number, _cells(number, row)) for number, row in enumerate(table, start=2)]
    if not lines:
        return NO_OWN
    columns = lines[0][1].keys()
    read = next((read for column, read in _READERS.items() if column in columns), None)
    if read is None:
        _refuse(1, N_("One of %(known)s is expected among the columns."), known=", ".join(_READERS))
    return read(lines)


def _refuse(number: int, message: str, **values: object) -> NoReturn:
    raise LineRefusedError(number, OwnRefusedError("", message, **values))


def _cells(number: int, row: Mapping[str, str | None]) -> Row:
    if None in row:
        _refuse(number, N_("It has more cells than there are columns."))
    return {name: cell or "" for name, cell in row.items() if name not in _OF_THE_PROGRAM}


def _equations(lines: Iterable[Line]) -> OwnMethods:
    def key(made: StatureEquation) -> Hashable:
        return name_of(made), made.provenance.population, made.sex, made.measures

    return OwnMethods(equations=[made for _, made in _each(lines, own_equation, key)])


def _sizes(lines: Iterable[Line]) -> OwnMethods:
    def key(made: Sectioning) -> Hashable:
        return name_of_sizes(made), made.provenance.population, made.measurement

    return OwnMethods(sizes=[made for _, made in _each(lines, own_sizes, key)])


def _phases(lines: Iterable[Line]) -> OwnMethods:
    def table(row: Row) -> tuple[str, str]:
        return name_of_phases(titled(row), row["site"]), row["population"]

    def key(row: Row) -> Hashable:
        return *table(row), row["phase"], row["sex"]

    grouped: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for number, row in _each(lines, own_phase, key):
        grouped[table(row)].append((number, row))
    return OwnMethods(phases=[_phases_of(some) for some in grouped.values()])


def _phases_of(lines: Sequence[Line]) -> PhaseTable:
    try:
        return own_phases([row for _, row in lines])
    except OwnRefusedError as refused:
        raise LineRefusedError(lines[-1][0], refused) from refused


def _each(
    lines: Iterable[Line], make: Callable[[Row], Made], key: Callable[[Made], Hashable]
) -> Iterator[tuple[int, Made]]:
    """Yield what each line is, with its number; refused is one that is none, or another again."""
    seen: set[Hashable] = set()
    for number, row in lines:
        try:
            made = make(row)
        except OwnRefusedError as refused:
            raise LineRefusedError(number, refused) from refused
        if key(made) in seen:
            _refuse(number, N_("An earlier line is of the same."))
        seen.add(key(made))
        yield number, made


_READERS: Final[Mapping[str, Callable[[Sequence[Line]], OwnMethods]]] = {
    "slope": _equations,
    "mean_male_mm": _sizes,
    "phase": _phases,
}
"""By a column that no other kind has."""
