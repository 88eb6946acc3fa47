"""How many bones there are at a site or in a feature, and how many of them are pairs."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.permissions import Scope
from caseman.remains.adapters import BoneCount, BoneLine, PairCount, counted_lines, zones_filled
from caseman.remains.codes import BoneSide, BoneState, RemainsKind
from caseman.remains.models import BoneFinding, Remains
from caseman.remains.persons import groups_at
from caseman.remains.queries import remains
from caseman.sites.models import Feature, Site


def bone_counts(
    session: Session, scope: Scope, site: Site, feature: Feature | None = None
) -> list[BoneCount]:
    """Return how many bones of each kind, side and age were found in a site or one feature.

    Bones looked for and not there count for nothing, nor do those of a voided number. Those of
    units that are held to be of one person, fragments with zones and those that fit to others are
    counted line by line, so that they can be joined.
    """
    within = counted(scope, site, feature).with_only_columns(Remains.id)
    person_of = {
        each: str(key) for key, group in enumerate(groups_at(session, site), 1) for each in group
    }
    kind = (
        BoneFinding.element,
        BoneFinding.side,
        BoneFinding.age_class,
        BoneFinding.part,
        BoneFinding.state,
    )
    there = BoneFinding.remains_id.in_(within), BoneFinding.state != BoneState.ABSENT
    fits = BoneFinding.joins.is_not(sa.null())
    fitted = session.scalars(sa.select(BoneFinding.joins).where(*there, fits))
    numbers = {number for joins in fitted for number in joins or ()}
    named = within.where(Remains.number.in_(sorted(numbers)))
    apart = sa.or_(
        BoneFinding.remains_id.in_(sorted(person_of)),
        BoneFinding.remains_id.in_(named),
        BoneFinding.zones.is_not(sa.null()),
        fits,
    )
    summed = sa.select(*kind, sa.func.sum(BoneFinding.pieces)).where(*there).group_by(*kind)
    singly = sa.select(BoneFinding, Remains.number).join(BoneFinding.remains).where(*there, apart)
    lines = session.execute(singly.order_by(BoneFinding.id)).all()
    held = {unit: person_of[row.remains_id] for row, unit in lines if row.remains_id in person_of}
    told = counted_lines([BoneLine.of(unit, row) for row, unit in lines], held)
    alike = [
        BoneCount(element, side, age, pieces, zones=zones_filled(element, part))._replace(
            is_part=bool(part), is_fused=state is BoneState.FUSED
        )
        for element, side, age, part, state, pieces in session.execute(summed.where(sa.not_(apart)))
    ]
    return [*alike, *told]


def counted(scope: Scope, site: Site, feature: Feature | None = None) -> sa.Select[Remains]:
    """Return the selection of what was found in a site or one feature, without voided numbers."""
    statement = remains(scope).where(Remains.site_id == site.id, Remains.voided_at.is_(None))
    return statement if feature is None else statement.where(Remains.feature_id == feature.id)


def persons_held(
    session: Session, scope: Scope, site: Site, feature: Feature | None = None
) -> list[list[Remains]]:
    """Return the units of a site or feature that are held to be of one person, person by person."""
    groups = groups_at(session, site)
    ids = sorted(frozenset[int]().union(*groups))
    statement = counted(scope, site, feature).where(Remains.id.in_(ids)).order_by(Remains.number)
    rows = session.scalars(statement).all()
    found = ([row for row in rows if row.id in group] for group in groups)
    return [units for units in found if len(units) > 1]


def pair_counts(
    session: Session, scope: Scope, site: Site, feature: Feature | None = None
) -> list[PairCount]:
    """Return of each paired bone on how many persons the left, the right and both are there.

    A person is a unit that is no lot, or units held to be of one. Bones in lots are left out: of
    them nobody has said which are pairs.
    """
    within = counted(scope, site, feature).where(Remains.kind != RemainsKind.COMMINGLED)
    group_of = {unit: min(group) for group in groups_at(session, site) for unit in group}
    person: sa.ColumnElement[int] = BoneFinding.remains_id.expression
    if group_of:
        person = sa.case(group_of, value=BoneFinding.remains_id, else_=BoneFinding.remains_id)
    sides = {
        side: sa.func.max(sa.case((BoneFinding.side == side, 1), else_=0)).label(side.name)
        for side in (BoneSide.LEFT, BoneSide.RIGHT)
    }
    each = (
        sa.select(BoneFinding.element, *sides.values())
        .where(
            BoneFinding.remains_id.in_(within.with_only_columns(Remains.id)),
            BoneFinding.state != BoneState.ABSENT,
            BoneFinding.side.in_(sides),
        )
        .group_by(person, BoneFinding.element)
        .subquery()
    )
    left, right = each.c.LEFT, each.c.RIGHT
    sums = (sa.func.sum(left), sa.func.sum(right), sa.func.sum(left * right))
    statement = sa.select(each.c.element, *sums).group_by(each.c.element)
    return [PairCount(*row) for row in session.execute(statement)]
