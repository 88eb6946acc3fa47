"""Reads of burial plots: the map of a cemetery, and the register of who lies where."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager, joinedload

from caseman.custody.codes import Standing
from caseman.custody.models import (
    BurialPlot,
    CustodyTransfer,
    Exhibit,
    StoragePlace,
    TransferItem,
)
from caseman.permissions import Scope
from caseman.sites.scope import visible_sites, within_operations


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot of the map with what the reader may know to lie in it now."""

    plot: BurialPlot
    lying: tuple[Exhibit, ...]


def plots_of(session: Session, scope: Scope, cemetery: StoragePlace) -> list[Plot]:
    """Return the plots of ``cemetery`` by row and number."""
    query = (
        sa.select(BurialPlot)
        .join(BurialPlot.place)
        .options(contains_eager(BurialPlot.place))
        .where(StoragePlace.parent_id == cemetery.id)
        .order_by(BurialPlot.row, BurialPlot.number, BurialPlot.id)
    )
    plots = session.scalars(within_operations(query, StoragePlace.operation_id, scope)).all()
    lying = _lying(session, scope, [plot.place_id for plot in plots])
    return [Plot(plot, tuple(lying.get(plot.place_id, ()))) for plot in plots]


def plot_at(session: Session, place: StoragePlace) -> BurialPlot | None:
    """Return the plot that ``place`` is, or None where it is another kind of place."""
    return session.scalar(sa.select(BurialPlot).where(BurialPlot.place_id == place.id))


def _lying(
    session: Session, scope: Scope, place_ids: Sequence[int]
) -> dict[int | None, list[Exhibit]]:
    query = (
        sa.select(Exhibit)
        .where(
            Exhibit.place_id.in_(place_ids),
            Exhibit.standing == Standing.KEPT,
            Exhibit.voided_at.is_(None),
            Exhibit.site_id.in_(visible_sites(scope)),
        )
        .options(joinedload(Exhibit.last_transfer))
        .order_by(Exhibit.number)
    )
    found: dict[int | None, list[Exhibit]] = defaultdict(list)
    for exhibit in session.scalars(query):
        found[exhibit.place_id].append(exhibit)
    return found


def burials(scope: Scope, cemetery: StoragePlace) -> sa.Select[TransferItem]:
    """Return the selection of everything ever handed over into a plot of ``cemetery``."""
    plots = sa.select(StoragePlace.id).join(BurialPlot).where(StoragePlace.parent_id == cemetery.id)
    return (
        sa.select(TransferItem)
        .join(TransferItem.transfer)
        .join(TransferItem.exhibit)
        .options(
            contains_eager(TransferItem.transfer).joinedload(CustodyTransfer.to_place),
            contains_eager(TransferItem.exhibit),
        )
        .where(CustodyTransfer.to_place_id.in_(plots), Exhibit.site_id.in_(visible_sites(scope)))
    )


def still_lies(item: TransferItem) -> bool:
    """Say whether the exhibit of ``item`` lies today in the plot it was handed over into."""
    exhibit = item.exhibit
    return exhibit.standing is Standing.KEPT and exhibit.place_id == item.transfer.to_place_id
