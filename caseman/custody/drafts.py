"""What forms hand over to services: values that are complete in themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from caseman.custody.codes import BurialKind, ExhibitCondition, StorageKind, TransferPurpose
from caseman.custody.models import Exhibit


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What of a storage place can be corrected; it never changes its operation."""

    code: str
    name: str
    kind: StorageKind
    parent_id: int | None = None
    capacity: int | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class RowOfPlots:
    """Plots of one row of a cemetery that are laid out together."""

    row: str
    first: int
    last: int
    kind: BurialKind


@dataclass(frozen=True, slots=True)
class PlotFacts:
    """What is known of one plot; where exactly it is stands apart."""

    kind: BurialKind
    head_to_deg: int | None = None
    depth_m: float | None = None
    marker: str = ""


@dataclass(frozen=True, slots=True)
class ItemGiven:
    """One exhibit as it is handed over."""

    exhibit: Exhibit
    condition: ExhibitCondition = ExhibitCondition.INTACT
    seal_number: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """The giver's end of a hand-over."""

    operation_id: int
    given_by: str
    given_to: str
    purpose: TransferPurpose
    declared_count: int
    handed_over_at: datetime
    items: Sequence[ItemGiven]
    given_by_user_id: int | None = None
    from_place_id: int | None = None
    to_place_id: int | None = None
    authority: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class ItemFound:
    """One exhibit as the receiver finds it; ``condition`` is None where it is not there."""

    exhibit: Exhibit
    condition: ExhibitCondition | None
    seal_number: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The receiver's end of a hand-over."""

    received_by: str
    received_count: int
    received_at: datetime
    items: Sequence[ItemFound]
    received_by_user_id: int | None = None
    notes: str = ""
