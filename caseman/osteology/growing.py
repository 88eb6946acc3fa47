"""The parts of a young bone, until they grow together: centres, shafts, epiphyses.

An unfused part fills the zones of the grown bone that stand beside it, or where there is none a
zone of its own. So parts of one bone have no zone in common and count as one bone, as its fragments
do; two of the same part, a part beside a whole bone, and a part beside a fragment with a zone that
it fills are of two bones. An end that grows from several parts, such as the head and trochanters of
the femur, is no zone of any of them: each may lie beside a fragment of that end, and the number
stays a least one. A part that has fused counts as its zones too, which no other part has.
"""

from functools import cache

from caseman.osteology.counting import UNNUMBERED_RIB
from caseman.osteology.tables import Row, rows


def parts_of(element: str) -> tuple[str, ...]:
    """Return the parts that a young bone has, the first that others fuse to; none if it has one.

    A part of the right and the left half of one bone begins with R or L.
    """
    return tuple(row["part"] for row in _rows_of(element))


@cache
def zones_of_part(element: str, part: str) -> frozenset[str]:
    """Return the zones that an unfused part fills."""
    row = next(row for row in _rows_of(element) if row["part"] == part)
    return frozenset(each.strip() for each in (row["zones"] or part).split(";"))


def _rows_of(element: str) -> tuple[Row, ...]:
    """Return the rows of a bone, or of the row of bones that it is one of."""
    by_itself = tuple(row for row in rows("young_parts") if row["bone"] == element)
    series = "R" if element == UNNUMBERED_RIB else element.rstrip("0123456789")
    return by_itself or tuple(row for row in rows("young_parts") if row["bone"] == series)
