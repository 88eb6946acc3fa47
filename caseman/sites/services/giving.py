"""Numbers: blocks reserved for teams, and giving out of them.

Two teams that ask at once get two blocks, because each holds the feature's row meanwhile.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.sites.codes import NumberKind
from caseman.sites.models import BLOCK_SIZE, Feature, NumberBlock


def reserve_block(
    session: Session,
    feature: Feature,
    team_id: int,
    kind: NumberKind,
    *,
    size: int = BLOCK_SIZE,
) -> NumberBlock:
    """Reserve the next ``size`` numbers of ``kind`` in ``feature`` for one team.

    The feature's row is locked meanwhile, so that two teams that ask at once get two blocks.
    """
    _lock(session, feature)
    highest = session.scalar(
        sa.select(sa.func.max(NumberBlock.last)).where(
            NumberBlock.feature_id == feature.id, NumberBlock.kind == kind
        )
    )
    first = (highest or 0) + 1
    block = NumberBlock(
        feature_id=feature.id,
        team_id=team_id,
        kind=kind,
        first=first,
        last=first + size - 1,
        upcoming=first,
    )
    session.add(block)
    session.flush()
    return block


def next_number(session: Session, feature: Feature, team_id: int, kind: NumberKind) -> int:
    """Return the next sequence of the team's block; a used-up block is followed by a new one."""
    return take_numbers(session, feature, team_id, kind, count=1)[0]


def take_numbers(
    session: Session, feature: Feature, team_id: int, kind: NumberKind, *, count: int
) -> list[int]:
    """Give out ``count`` sequences at once, in order."""
    taken: list[int] = []
    while len(taken) < count:
        block = _open_block(session, feature, team_id, kind) or reserve_block(
            session, feature, team_id, kind, size=max(BLOCK_SIZE, count - len(taken))
        )
        stop = min(block.last + 1, block.upcoming + count - len(taken))
        taken += range(block.upcoming, stop)
        block.upcoming = stop
    session.flush()
    return taken


def _open_block(
    session: Session, feature: Feature, team_id: int, kind: NumberKind
) -> NumberBlock | None:
    _lock(session, feature)
    return session.scalar(
        sa.select(NumberBlock)
        .where(
            NumberBlock.feature_id == feature.id,
            NumberBlock.team_id == team_id,
            NumberBlock.kind == kind,
            NumberBlock.upcoming <= NumberBlock.last,
        )
        .order_by(NumberBlock.first)
        .limit(1)
        .with_for_update()
    )


def _lock(session: Session, feature: Feature) -> None:
    """Hold the feature against other givers of numbers until the transaction ends."""
    session.flush()
    session.execute(sa.select(Feature.id).where(Feature.id == feature.id).with_for_update())
