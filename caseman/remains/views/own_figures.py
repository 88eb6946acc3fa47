"""What a table of an operation's own says, in the reader's words."""

from collections.abc import Iterator
from typing import NamedTuple

from caseman.osteology import OwnMethods, PhaseTable, Sectioning, Sex
from caseman.remains.measures import measure_name
from caseman.remains.method_names import CHOICES, INTERVALS, SITES, named
from caseman.remains.models import OwnTable
from caseman.remains.views.method_words import interval_words
from caseman.web.filters import number
from caseman.web.words import gettext as _


class Figures(NamedTuple):
    """A table for the page: names of the columns, and lines of as many cells."""

    columns: tuple[str, ...]
    lines: list[tuple[str, ...]]


def figures(own: OwnMethods) -> Figures:
    """Return what the engine makes of a table, before it is offered and afterwards."""
    if own.sizes:
        columns = (_("Measurement"), _("Men"), _("Women"), _("Equally likely at"))
        return Figures(columns, [_size(each) for each in own.sizes])
    names = (_("Site"), _("Phase"), _("Sex"), _("Mean"), _("Interval"), _("What the interval is"))
    return Figures(names, [line for table in own.phases for line in _phases(table)])


def sources(row: OwnTable) -> str:
    """Return where the lines come from, each source once."""
    return "; ".join(dict.fromkeys(line["source"] for line in row.lines))


def _size(found: Sectioning) -> tuple[str, ...]:
    return (
        measure_name(found.measurement),
        *(
            _(
                "%(mean)s, spread %(spread)s (%(count)s persons)",
                mean=number(round(each.mean_mm, 2), _("mm")),
                spread=number(round(each.sd_mm, 2), _("mm")),
                count=number(each.n),
            )
            for each in (found.men, found.women)
        ),
        number(round(found.cut_mm, 2), _("mm")),
    )


def _phases(table: PhaseTable) -> Iterator[tuple[str, ...]]:
    for row in table.rows:
        sex = Sex(row["sex"])
        said = table.estimate(row["phase"], sex)
        yield (
            named(SITES, table.site),
            row["phase"],
            _(CHOICES[sex]),
            number(None if said.value is None else float(said.value), _("years")),
            interval_words(said.interval, "years"),
            named(INTERVALS, said.interval_kind),
        )
