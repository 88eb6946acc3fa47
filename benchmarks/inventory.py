"""Measures the pages of bones and of custody through the production server.

Run as ``python -m benchmarks.inventory [--database URL] [--folder build/inventory]``. A site of
5,000 elements is made anew each time: 30 bodies with 120 bones each, 800 loose bones of which 40
pairs are held to be of one person, 6 lots with 100 lines each; beside it a child of whom every part
of every bone is recorded; and an exhibit that was handed over
200 times. Each figure is the middle and the slow end (p50, p95) of ``--requests`` requests of one
client in milliseconds, after one to warm up, then the processor time of one request.
"""

import argparse
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice, product
from pathlib import Path
from shutil import rmtree
from typing import Final, NamedTuple
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from benchmarks.filling import LOADING, create_database, installation_at, staff
from benchmarks.serving import database_process, server, signed_in
from benchmarks.web import Bench
from caseman import schema
from caseman.accounts.models import Person, User
from caseman.app import create_app
from caseman.custody.codes import ExhibitCondition, TransferPurpose
from caseman.custody.drafts import HandOver, ItemFound, ItemGiven, Receipt
from caseman.custody.models import Exhibit
from caseman.custody.services import hand_over, receive
from caseman.database import Sessions, take_stock
from caseman.permissions import Role
from caseman.remains.adapters import ELEMENTS, PARTS
from caseman.remains.codes import AgeClass, BoneState, RemainsKind
from caseman.remains.drafts import BoneFound
from caseman.remains.models import BoneFinding, Remains
from caseman.remains.services import (
    NewRemains,
    Proposal,
    inventory,
    propose,
    register_all,
    sign,
)
from caseman.sealing.keys import create_keys
from caseman.sites.codes import FeatureKind, SiteKind
from caseman.sites.models import Feature
from caseman.sites.services import NewSite, open_feature, register_site

CODE: Final = "BONES"
BODIES, BONES_OF_ONE = 30, 120
LOOSE, PAIRS_HELD = 800, 40
LOTS, LINES_OF_ONE = 6, 100
TRANSFERS: Final = 200
BEGAN: Final = datetime(2019, 3, 1, 8, tzinfo=UTC)
ROLES: Final = (Role.EXAMINER, Role.RECORDER, Role.STEWARD)
PLACES: Final = [(each.code, side) for each in ELEMENTS for side in each.sides]
PRESENT: Final = (BoneState.WHOLE, BoneState.PART, BoneState.FRAGMENT)


class Found(NamedTuple):
    """What of the site is asked for."""

    body: str
    child: str
    exhibit: str
    elements: int


def main() -> None:
    """Make the site, then print a line for each page."""
    options = _options()
    rmtree(options.folder, ignore_errors=True)
    address = sa.make_url(options.database or f"sqlite:///{options.folder}/caseman.db")
    installation = installation_at(address, 0, options.folder)
    create_database(address)
    installation.config.files.mkdir(parents=True)
    create_keys(installation.config.keys)
    schema.upgrade(installation.config.database_url)
    app = create_app(installation.config)
    sessions: Sessions = app.extensions["caseman"].sessions
    operation, team = staff(app, sessions, ROLES)
    with sessions.transaction(actor=LOADING) as session:
        found = _fill(session, operation, team)
    take_stock(sessions.engine)
    sessions.engine.dispose()
    print(f"{found.elements} elements at one site, {address.get_backend_name()}")
    with server(installation.environment, options.folder / "server.log") as (port, process):
        bench = Bench(signed_in(port), process, database_process(str(address)))
        for name, path in _pages(found).items():
            cell = bench.cell(lambda path=path: cycle([path]), 1, options.requests)
            print(f"{name}: {cell.middle:.0f} / {cell.slow:.0f} ms, {cell.cpu} ms CPU", flush=True)


def _pages(found: Found) -> dict[str, str]:
    return {
        "inventory of a body": f"/remains/{found.body}/bones",
        "page of a body": f"/remains/{found.body}",
        "inventory of a child, in parts": f"/remains/{found.child}/bones",
        "bones and persons of the site": f"/sites/{CODE}/bones",
        "bones and persons of the feature": f"/sites/{CODE}/features/1/bones",
        f"custody path of {TRANSFERS} transfers": f"/custody/exhibits/{found.exhibit}/path",
        f"exhibit with {TRANSFERS} transfers": f"/custody/exhibits/{found.exhibit}",
    }


def _fill(session: Session, operation: int, team: int) -> Found:
    site = register_site(session, NewSite(operation, CODE, SiteKind.MASS_GRAVE, "Invented place"))
    feature = open_feature(session, site, kind=FeatureKind.PRIMARY_MASS)
    session.flush()
    bodies = _units(session, feature, team, RemainsKind.BODY, BODIES)
    for body in bodies:
        places = islice(PLACES, BONES_OF_ONE)
        inventory(session, body, [BoneFound(*place, BoneState.WHOLE) for place in places])
    loose = _units(session, feature, team, RemainsKind.BONE, LOOSE)
    for bone, place in zip(loose, cycle(PLACES), strict=False):
        inventory(session, bone, [BoneFound(*place, BoneState.PART)])
    for lot in _units(session, feature, team, RemainsKind.COMMINGLED, LOTS):
        lot.bones.extend(islice(_lines(), LINES_OF_ONE))
    _hold(session, loose)
    session.flush()
    _hand_on(session, operation, bodies[0].exhibit)
    elements = session.scalar(sa.select(sa.func.sum(BoneFinding.pieces))) or 0
    (child,) = _units(session, feature, team, RemainsKind.BODY, 1)
    inventory(
        session,
        child,
        [BoneFound(bone, side, BoneState.WHOLE, part=part) for bone, side, part in PARTS],
    )
    return Found(bodies[0].number, child.number, bodies[0].exhibit.number, elements)


def _units(
    session: Session, feature: Feature, team: int, kind: RemainsKind, count: int
) -> Sequence[Remains]:
    new = NewRemains(feature=feature, team_id=team, kind=kind)
    return register_all(session, [new] * count)


def _lines() -> Iterator[BoneFinding]:
    for (element, side), state, age in product(PLACES, PRESENT, AgeClass):
        yield BoneFinding(element=element, side=side, state=state, age_class=age)


def _hold(session: Session, loose: Sequence[Remains]) -> None:
    """Hold bones one after the other to be of one person, two and two."""
    first = session.scalars(sa.select(User)).one()
    second = User(person=Person(name="Second"), username="second", fs_uniquifier=uuid4().hex)
    second.password = first.password
    session.add(second)
    for one, other in islice(zip(loose[::2], loose[1::2], strict=True), PAIRS_HELD):
        sign(session, propose(session, one, other, Proposal("They fit."), first), second)


def _hand_on(session: Session, operation: int, exhibit: Exhibit) -> None:
    for step in range(TRANSFERS):
        at = BEGAN + timedelta(hours=step)
        transfer = hand_over(
            session,
            HandOver(
                operation,
                f"Holder {step}",
                f"Holder {step + 1}",
                TransferPurpose.STORAGE,
                1,
                at,
                [ItemGiven(exhibit)],
            ),
        )
        item = ItemFound(exhibit, ExhibitCondition.INTACT)
        receive(session, transfer, Receipt(f"Holder {step + 1}", 1, at, [item]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time the pages of bones and of custody.")
    parser.add_argument("--database", default="", help="its address; else SQLite in the folder")
    parser.add_argument("--folder", type=Path, default=Path("build/inventory"))
    parser.add_argument("--requests", type=int, default=60, help="requests a page")
    return parser.parse_args()


if __name__ == "__main__":
    main()
