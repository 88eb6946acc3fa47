"""What of a feature has a place, for its plan."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from caseman.effects.models import PersonalEffect
from caseman.effects.plan import Placed, PlanKind
from caseman.effects.queries import effects_of_feature, remains_of_feature
from caseman.permissions import Scope
from caseman.remains.codes import RemainsKind
from caseman.remains.models import Remains, RemainsPhotograph
from caseman.sites.models import Feature


def placed_in(session: Session, scope: Scope, feature: Feature) -> tuple[list[Placed], list[str]]:
    """Return what has a place in ``feature``, and the numbers of the remains that have none."""
    all_remains = remains_of_feature(session, scope, feature)
    placed = [each for row in all_remains for each in _of_remains(row)]
    for effect in effects_of_feature(session, scope, feature):
        if effect.grid_e_m is not None and effect.grid_n_m is not None:
            layer = effect.remains.layer if effect.remains else None
            where = (effect.grid_e_m, effect.grid_n_m, effect.depth_m, layer)
            lay_in = _context(effect)
            placed.append(Placed(PlanKind.EFFECT, effect.number, *where, context=lay_in))
    on_plan = {each.number for each in placed if each.kind is not PlanKind.PHOTOGRAPH}
    return placed, [row.number for row in all_remains if row.number not in on_plan]


def photographs_in(session: Session, scope: Scope, feature: Feature) -> list[RemainsPhotograph]:
    """Return the photographs of the remains in ``feature``, by the numbers of the remains."""
    rows = remains_of_feature(session, scope, feature)
    return [picture for row in rows for picture in row.photographs]


def is_placed(picture: RemainsPhotograph) -> bool:
    """Say whether it is known where the camera stood."""
    return picture.grid_e_m is not None and picture.grid_n_m is not None


def _of_remains(row: Remains) -> Iterator[Placed]:
    found_at = row.recovery
    if found_at and found_at.grid_e_m is not None and found_at.grid_n_m is not None:
        kind = PlanKind.BODY if row.kind is RemainsKind.BODY else PlanKind.PART
        where = (found_at.grid_e_m, found_at.grid_n_m, found_at.depth_m, row.layer)
        yield Placed(kind, row.number, *where, found_at.orientation_deg, _context(row))
    for picture in row.photographs:
        if picture.grid_e_m is not None and picture.grid_n_m is not None:
            where = (picture.grid_e_m, picture.grid_n_m, picture.depth_m, row.layer)
            facing, lay_in = picture.facing_deg, _context(row)
            kind = PlanKind.PHOTOGRAPH
            yield Placed(kind, row.number, *where, facing, lay_in, picture.id)


def _context(find: Remains | PersonalEffect) -> str | None:
    return find.context.code if find.context is not None else None
