"""Numbers that go out on blank paper forms, and come back written on bags."""

from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.remains.codes import RemainsKind
from caseman.remains.models import PrintedBlock, Remains
from caseman.remains.services.drafts import NewRemains
from caseman.remains.services.errors import NumberNotIssuedError, NumberUsedError
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


def check_printed(session: Session, new: NewRemains) -> int:
    """Return the draft's own sequence, if it was printed for its team here and is not used."""
    sequence = new.sequence or 0
    kind = NumberKind(new.kind.value)
    number = format_number(new.feature.site.code, new.feature.code, kind, sequence)
    if session.scalar(sa.select(Remains.id).where(Remains.number == number)):
        raise NumberUsedError(number)
    printed = sa.select(PrintedBlock.id).where(
        PrintedBlock.feature_id == new.feature.id,
        PrintedBlock.kind == new.kind,
        PrintedBlock.team_id == new.team_id,
        PrintedBlock.first <= sequence,
        PrintedBlock.last >= sequence,
    )
    if session.scalar(printed) is None:
        raise NumberNotIssuedError(number)
    return sequence
