"""What does not agree between the two ends of a hand-over, in words, with numbers and names."""

from collections.abc import Iterator

from caseman.custody.numbers import isolated, several
from caseman.custody.queries import Mismatch
from caseman.web.words import gettext as _
from caseman.web.words import ngettext


def told(mismatch: Mismatch) -> list[str]:
    """Return a sentence for each thing that does not agree, the counts first."""
    return list(_told(mismatch)) if mismatch else []


def _told(found: Mismatch) -> Iterator[str]:
    yield from _counts(found)
    if found.not_listed:
        yield ngettext(
            "%(numbers)s arrived, but the giver did not list it.",
            "%(numbers)s arrived, but the giver did not list them.",
            len(found.not_listed),
            numbers=several(found.not_listed),
        )
    for number, (left, arrived) in found.seals_differ.items():
        yield _(
            "%(number)s left under the seal %(left)s and arrived under %(arrived)s.",
            number=isolated(number),
            left=isolated(left),
            arrived=isolated(arrived),
        )
    if found.unseen:
        yield ngettext(
            "%(num)s more exhibit does not agree; its site is not open to you.",
            "%(num)s more exhibits do not agree; their sites are not open to you.",
            found.unseen,
        )


def _counts(found: Mismatch) -> Iterator[str]:
    if found.received is not None and found.not_received:
        yield ngettext(
            "%(left)s left, %(arrived)s arrived: %(numbers)s did not arrive.",
            "%(left)s left, %(arrived)s arrived: %(numbers)s did not arrive.",
            len(found.not_received),
            left=found.declared,
            arrived=found.received,
            numbers=several(found.not_received),
        )
    elif found.received is not None and found.received != found.declared:
        yield _("%(left)s left, %(arrived)s arrived.", left=found.declared, arrived=found.received)
    if found.declared != found.listed:
        yield _(
            "The giver counted %(count)s and listed %(listed)s.",
            count=found.declared,
            listed=found.listed,
        )
    if found.received is not None and found.received != found.arrived:
        yield _(
            "The receiver counted %(count)s and found %(found)s of the numbers.",
            count=found.received,
            found=found.arrived,
        )
