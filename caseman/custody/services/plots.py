"""Burial plots: laying out rows of them in a cemetery, and saying how each is found again."""

from dataclasses import fields

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.coding import N_
from caseman.custody.codes import StorageKind
from caseman.custody.drafts import PlaceFacts, PlotFacts, RowOfPlots
from caseman.custody.models import BurialPlot, StoragePlace
from caseman.custody.services.errors import DuplicatePlaceCodeError, TooManyPlotsError
from caseman.custody.services.places import add_place
from caseman.sites.models import Degrees

MOST_AT_ONCE = 200
LONGEST_CODE = 20


def lay_out(session: Session, cemetery: StoragePlace, wanted: RowOfPlots) -> list[BurialPlot]:
    """Add the plots of a row, each a place for one; its code is that of the cemetery, row, number.

    Raises TooManyPlotsError beyond ``MOST_AT_ONCE`` or where their codes would become too long,
    DuplicatePlaceCodeError where one is there already.
    """
    numbers = range(wanted.first, wanted.last + 1)
    if len(numbers) > MOST_AT_ONCE:
        raise TooManyPlotsError(
            N_("At most %(most)s plots are laid out at once."), most=MOST_AT_ONCE
        )
    codes = {number: f"{cemetery.code}-{wanted.row}{number:02d}" for number in numbers}
    if any(len(code) > LONGEST_CODE for code in codes.values()):
        raise TooManyPlotsError(N_("The code of the cemetery is too long to name plots after it."))
    _check_free(session, cemetery, set(codes.values()))
    plots = []
    for number, code in codes.items():
        name = f"{cemetery.name} {wanted.row}{number:02d}"[:200]
        facts = PlaceFacts(code, name, StorageKind.PLOT, cemetery.id, capacity=1)
        place = add_place(session, cemetery.operation_id, facts)
        plots.append(BurialPlot(place=place, kind=wanted.kind, row=wanted.row, number=number))
    session.add_all(plots)
    session.flush()
    return plots


def _check_free(session: Session, cemetery: StoragePlace, codes: set[str]) -> None:
    query = sa.select(sa.func.min(StoragePlace.code)).where(
        StoragePlace.operation_id == cemetery.operation_id, StoragePlace.code.in_(codes)
    )
    if (taken := session.scalar(query)) is not None:
        raise DuplicatePlaceCodeError(N_("Another storage place is called %(code)s."), code=taken)


def describe_plot(plot: BurialPlot, facts: PlotFacts) -> None:
    """Bring ``plot`` to what ``facts`` say; the trail keeps what it said before."""
    for each in fields(facts):
        setattr(plot, each.name, getattr(facts, each.name))


def locate_plot(
    plot: BurialPlot, place: Degrees | None, precision_m: float | None, way: str
) -> None:
    """Enter or correct where ``plot`` is; both are sealed."""
    plot.position = place
    plot.precision_m = precision_m if place else None
    plot.way = way or None
