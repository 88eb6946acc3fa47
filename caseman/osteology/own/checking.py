"""What the figures of a laboratory have in common: how they are read, and how one is refused."""

from collections.abc import Collection, Iterable, Mapping
from math import isfinite
from typing import Final, NoReturn

from caseman.coding import N_
from caseman.osteology.methods import catalogue
from caseman.osteology.tables import Row
from caseman.osteology.values import RefusedInputError

WHOSE: Final = ("method", "population", "source")
"""What every result names, and so nothing of one's own is without."""
FEWEST: Final = 3
"""People in the smallest sample that has a spread."""


class OwnRefusedError(RefusedInputError):
    """Figures that cannot be; ``message`` is English, its ``values`` fill it."""

    def __init__(self, field_name: str, message: str, **values: object) -> None:
        super().__init__(field_name, message % values)
        self.message, self.values = message, values


class LineRefusedError(RefusedInputError):
    """A line of a table that cannot be; ``why`` says it, ``number`` counts the heading as 1."""

    def __init__(self, number: int, why: OwnRefusedError) -> None:
        super().__init__(f"line {number}", str(why) if why.field_name else why.sentence)
        self.number, self.why = number, why


def refuse_own(field_name: str, message: str, **values: object) -> NoReturn:
    """Raise ``OwnRefusedError`` about this column."""
    raise OwnRefusedError(field_name, message, **values)


def refuse_known(name: str) -> None:
    """Refuse the name of a method that comes with the program."""
    if name in catalogue():
        refuse_own(
            "method", N_("A method of this name comes with the program. Give it another name.")
        )


def row_of(given: Mapping[str, object], columns: tuple[str, ...]) -> Row:
    """Return every column as text; refused are others than these, and a row that names nobody."""
    unknown = sorted(str(each) for each in set(given) - set(columns))
    if unknown:
        refuse_own(
            unknown[0],
            N_("%(column)s is no column of these figures. Known are %(known)s."),
            column=unknown[0],
            known=", ".join(columns),
        )
    row = {name: str(given.get(name) if given.get(name) is not None else "") for name in columns}
    for name in WHOSE:
        if not row[name].strip():
            refuse_own(name, N_("Say this: every result names it."))
    return row


def check_numbers(row: Row, names: Iterable[str], needed: Collection[str] = ()) -> None:
    """Refuse what is no number; only what is not ``needed`` may be missing."""
    for name in names:
        if not row[name] and name not in needed:
            continue
        try:
            is_number = isfinite(float(row[name]))
        except ValueError:
            is_number = False
        if not is_number:
            refuse_own(name, N_("A number is needed."))


def check_sample(row: Row, name: str) -> None:
    """Refuse a number of people that is none, or too few to have a spread."""
    if float(row[name]) != int(float(row[name])) or float(row[name]) < FEWEST:
        refuse_own(name, N_("A whole number from %(fewest)s on is expected."), fewest=FEWEST)
