"""What lies in an exhibit, where it was found and where it went, as the slices above know it.

Remains and effects point at their exhibit, releases at remains; this slice knows of none of them.
Each adds a function that answers for one exhibit, or None where it holds nothing that the reader
may see.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from caseman.custody.models import Exhibit


@dataclass(frozen=True, slots=True)
class Content:
    """One thing in the bag, in words, and the page that tells more."""

    number: str
    what: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the path begins: the place, the day and the finder, in words; empty where unknown."""

    place: str
    when: str = ""
    who: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """How the exhibit went to the family; ``doubt`` says where custody does not say the same."""

    number: str = ""
    """The release; empty where custody alone speaks of one."""
    when: str = ""
    buried: str = ""
    url: str | None = None
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What one slice, or all together, have to say of an exhibit."""

    things: tuple[Content, ...] = ()
    origin: Origin | None = None
    ending: Ending | None = None


Know = Callable[[Exhibit], Contents | None]

_known: list[Know] = []


def add(know: Know) -> Know:
    """Ask ``know`` too for what lies in an exhibit."""
    _known.append(know)
    return know


def of(exhibit: Exhibit) -> Contents:
    """Return everything about ``exhibit`` that the reader may know of."""
    told = list(_told(exhibit))
    things = tuple(thing for each in told for thing in each.things)
    origins = (each.origin for each in told if each.origin is not None)
    endings = (each.ending for each in told if each.ending is not None)
    return Contents(things, next(origins, None), next(endings, None))


def _told(exhibit: Exhibit) -> Iterator[Contents]:
    for know in _known:
        contents = know(exhibit)
        if contents is not None:
            yield contents
