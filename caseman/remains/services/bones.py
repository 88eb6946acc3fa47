"""The inventory of bones: of one person by the drawn skeleton, of a lot by counting."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from caseman.osteology import zones_of
from caseman.remains.codes import MOST_ALIKE, BoneState
from caseman.remains.drafts import BoneDetails, BoneFound
from caseman.remains.models import BoneFinding, Remains
from caseman.remains.services.errors import JoinedTogetherError, TooManyAlikeError
from caseman.remains.services.findings import touch


def inventory(session: Session, remains: Remains, bones: Iterable[BoneFound]) -> None:
    """Make the inventory hold exactly ``bones``; what has not changed leaves no trace."""
    touch(remains)
    wanted = {(bone.element, bone.side, bone.part): bone for bone in bones}
    for row in list(remains.bones):
        bone = wanted.pop((row.element, row.side, row.part or ""), None)
        if bone is None:
            remove_bone(session, row)
            continue
        row.state, row.age_class, row.pieces = bone.state, bone.age_class, bone.pieces
        if bone.state is BoneState.ABSENT:
            row.zones = row.joins = row.preservation = row.weathering = None
    for bone in wanted.values():
        remains.bones.append(_row(bone))
    session.flush()


def add_bone(session: Session, remains: Remains, bone: BoneFound) -> BoneFinding:
    """Add bones to a lot; those alike in all that is said of them are counted together.

    A fragment added by itself keeps a line of its own: its zones and joins can be told then.
    """
    touch(remains)
    for row in [] if _is_told_apart(bone) else remains.bones:
        alike = BoneFound(
            row.element,
            row.side,
            row.state,
            row.age_class,
            bone.pieces,
            row.preservation,
            row.weathering,
            row.part or "",
        )
        if alike == bone and not (row.zones or row.joins or row.note):
            if row.pieces + bone.pieces > MOST_ALIKE:
                raise TooManyAlikeError(MOST_ALIKE)
            row.pieces += bone.pieces
            break
    else:
        row = _row(bone)
        remains.bones.append(row)
    session.flush()
    return row


def describe_bone(session: Session, row: BoneFinding, details: BoneDetails) -> None:
    """Say more of one bone, in the place of what was said before.

    A fragment can join others only where it is counted for itself.
    """
    if details.joins and row.pieces > 1:
        raise JoinedTogetherError
    touch(row.remains)
    row.zones = [each for each in zones_of(row.element) if each in details.zones] or None
    row.preservation, row.weathering = details.preservation, details.weathering
    row.joins = list(details.joins) or None
    row.note = details.note or None
    session.flush()


def remove_bone(session: Session, row: BoneFinding) -> None:
    """Take back bones that are not there; the trail keeps them."""
    touch(row.remains)
    row.remains.bones.remove(row)
    session.delete(row)
    session.flush()


def _is_told_apart(bone: BoneFound) -> bool:
    is_part = bone.state in (BoneState.PART, BoneState.FRAGMENT)
    return is_part and bone.pieces == 1 and bool(zones_of(bone.element))


def _row(bone: BoneFound) -> BoneFinding:
    return BoneFinding(
        element=bone.element,
        side=bone.side,
        state=bone.state,
        age_class=bone.age_class,
        pieces=bone.pieces,
        preservation=bone.preservation,
        weathering=bone.weathering,
        part=bone.part or None,
    )
