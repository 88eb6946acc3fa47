"""The bags of the story: three left the grave, two arrived, one is to be sampled; one is buried."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from caseman.accounts.models import Operation, User
from caseman.custody.codes import BurialKind, ExhibitCondition, StorageKind, TransferPurpose
from caseman.custody.drafts import (
    HandOver,
    ItemFound,
    ItemGiven,
    PlaceFacts,
    PlotFacts,
    Receipt,
    RowOfPlots,
)
from caseman.custody.models import Exhibit, StoragePlace
from caseman.custody.services import (
    add_place,
    describe_plot,
    hand_over,
    lay_out,
    locate_plot,
    receive,
)
from caseman.sites.models import Degrees

LIFTED = datetime(2019, 3, 4, 15, 10, tzinfo=UTC)


def keep(
    session: Session, operation: Operation, exhibits: Sequence[Exhibit], staff: dict[str, User]
) -> None:
    """Hand ``exhibits`` over to the mortuary, where the last one does not arrive."""
    tent, room, laboratory = _places(session, operation)
    recorder, examiner = staff["recorder"], staff["examiner"]
    left = HandOver(
        operation_id=operation.id,
        given_by=recorder.name,
        given_to=examiner.name,
        purpose=TransferPurpose.STORAGE,
        declared_count=len(exhibits),
        handed_over_at=LIFTED,
        items=[
            ItemGiven(exhibit, seal_number=f"N-{count:04d}")
            for count, exhibit in enumerate(exhibits, start=118)
        ],
        given_by_user_id=recorder.id,
        from_place_id=tent.id,
        to_place_id=room.id,
        authority="Order 12 of the example committee",
    )
    *arrived, lost = left.items
    found = [ItemFound(each.exhibit, each.condition, each.seal_number) for each in arrived]
    counted = Receipt(
        received_by=examiner.name,
        received_count=len(found),
        received_at=LIFTED + timedelta(hours=2),
        items=[*found, ItemFound(lost.exhibit, None)],
        received_by_user_id=examiner.id,
        notes="Counted twice at the gate.",
    )
    receive(session, hand_over(session, left), counted)
    hand_over(session, _to_be_sampled(left, (room, laboratory), arrived[0]))


def _places(
    session: Session, operation: Operation
) -> tuple[StoragePlace, StoragePlace, StoragePlace]:
    def place(
        code: str,
        name: str,
        kind: StorageKind,
        parent: int | None = None,
        capacity: int | None = None,
    ) -> StoragePlace:
        return add_place(session, operation.id, PlaceFacts(code, name, kind, parent, capacity))

    tent = place("SITE-TENT", "Tent at the example stadium", StorageKind.FIELD)
    mortuary = place("MORT", "مشرحة النموذج", StorageKind.MORTUARY, capacity=60)
    room = place("MORT-1", "Cold room one", StorageKind.COLD_ROOM, mortuary.id, 2)
    for shelf in ("A", "B"):
        place(f"MORT-1-{shelf}", f"Shelf {shelf}", StorageKind.SHELF, room.id, 12)
    laboratory = place("LAB", "Example laboratory", StorageKind.LABORATORY)
    return tent, room, laboratory


def bury(session: Session, operation: Operation, unknown: Exhibit, steward: User) -> None:
    """Lay out a cemetery, and lay one unknown person into a plot until somebody is found."""
    facts = PlaceFacts("CEM1", "مقبرة النموذج", StorageKind.CEMETERY)
    cemetery = add_place(session, operation.id, facts)
    plots = lay_out(session, cemetery, RowOfPlots("A", 1, 6, BurialKind.TEMPORARY))
    lay_out(session, cemetery, RowOfPlots("B", 1, 4, BurialKind.FINAL))
    describe_plot(plots[0], PlotFacts(BurialKind.TEMPORARY, 180, 1.2, "Concrete post, CEM1-A01"))
    way = "Twelve steps from the north corner of the wall along it, then three to the left."
    locate_plot(plots[0], Degrees(lat=35.951, lon=39.012), 5, way)
    item = ItemGiven(unknown, ExhibitCondition.INTACT, unknown.seal_number)
    given = HandOver(
        operation_id=operation.id,
        given_by=steward.name,
        given_to="Gravedigger Nimune",
        purpose=TransferPurpose.TEMPORARY_BURIAL,
        declared_count=1,
        handed_over_at=LIFTED + timedelta(days=20),
        items=[item],
        given_by_user_id=steward.id,
        to_place_id=plots[0].place_id,
    )
    received = Receipt(
        received_by="Gravedigger Nimune",
        received_count=1,
        received_at=LIFTED + timedelta(days=20, hours=1),
        items=[ItemFound(unknown, ExhibitCondition.INTACT, unknown.seal_number)],
    )
    receive(session, hand_over(session, given), received)


def _to_be_sampled(
    before: HandOver, way: tuple[StoragePlace, StoragePlace], item: ItemGiven
) -> HandOver:
    room, laboratory = way
    return HandOver(
        operation_id=before.operation_id,
        given_by=before.given_to,
        given_to="Laboratory Nimune",
        purpose=TransferPurpose.SAMPLING,
        declared_count=1,
        handed_over_at=LIFTED + timedelta(days=3),
        items=[ItemGiven(item.exhibit, ExhibitCondition.INTACT, item.seal_number)],
        from_place_id=room.id,
        to_place_id=laboratory.id,
    )
