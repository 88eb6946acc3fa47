"""Numbers that go out on blank paper forms, and come back written on bags."""

from collections.abc import Iterable
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.remains.codes import RemainsKind
from caseman.remains.drafts import NewRemains
from caseman.remains.models import PrintedBlock, Remains
from caseman.remains.services.errors import (
    NumberNotIssuedError,
    NumberOfTeamError,
    NumberUsedError,
    VoidedError,
)
from caseman.sites.codes import NumberKind
from caseman.sites.models import Feature
from caseman.sites.services import format_number, take_numbers


def print_block(
    session: Session, feature: Feature, team_id: int, kind: RemainsKind, *, count: int
) -> list[PrintedBlock]:
    """Give ``count`` numbers out on paper: one block for each unbroken run of them."""
    taken = take_numbers(session, feature, team_id, NumberKind(kind.value), count=count)
    blocks = []
    for _, run in groupby(enumerate(taken), lambda placed: placed[1] - placed[0]):
        sequences = [sequence for _, sequence in run]
        blocks.append(
            PrintedBlock(
                feature=feature,
                team_id=team_id,
                kind=kind,
                first=sequences[0],
                last=sequences[-1],
            )
        )
    session.add_all(blocks)
    session.flush()
    return blocks


def number_text(new: NewRemains) -> str:
    """Return the number that a draft with a sequence of its own asks for."""
    kind = NumberKind(new.kind.value)
    return format_number(new.feature.site.code, new.feature.code, kind, new.sequence or 0)


def check_printed(session: Session, drafts: Iterable[NewRemains]) -> None:
    """Refuse a sequence that was not printed for its team here, or comes a second time."""
    written: set[str] = set()
    for new in drafts:
        number = number_text(new)
        row = session.scalar(sa.select(Remains).where(Remains.number == number))
        if row is not None and row.voided_at is not None:
            raise VoidedError(number)
        if number in written or row is not None:
            raise NumberUsedError(number)
        block = session.scalar(_printed(new))
        if block is None:
            raise NumberNotIssuedError(number)
        if block.team_id != new.team_id:
            raise NumberOfTeamError(number, block.team.code)
        written.add(number)


def _printed(new: NewRemains) -> sa.Select[PrintedBlock]:
    return sa.select(PrintedBlock).where(
        PrintedBlock.feature_id == new.feature.id,
        PrintedBlock.kind == new.kind,
        PrintedBlock.first <= (new.sequence or 0),
        PrintedBlock.last >= (new.sequence or 0),
    )
