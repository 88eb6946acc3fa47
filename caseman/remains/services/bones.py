"""The inventory of bones: of one person by the drawn skeleton, of a lot by counting."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from caseman.remains.codes import MOST_ALIKE, BoneSide
from caseman.remains.drafts import BoneFound
from caseman.remains.models import BoneFinding, Remains
from caseman.remains.services.errors import TooManyAlikeError
from caseman.remains.services.findings import touch

Key = tuple[str, BoneSide]


def inventory(session: Session, remains: Remains, bones: Iterable[BoneFound]) -> None:
    """Make the inventory hold exactly ``bones``; what has not changed leaves no trace."""
    touch(remains)
    wanted = {(bone.element, bone.side): bone for bone in bones}
    for row in list(remains.bones):
        bone = wanted.pop((row.element, row.side), None)
        if bone is None:
            remove_bone(session, row)
        else:
            row.state, row.age_class, row.pieces = bone.state, bone.age_class, bone.pieces
    for bone in wanted.values():
        remains.bones.append(_row(bone))
    session.flush()


def add_bone(session: Session, remains: Remains, bone: BoneFound) -> BoneFinding:
    """Add bones to a lot; those of the same kind, side, state and age are counted together."""
    touch(remains)
    for row in remains.bones:
        alike = (row.element, row.side, row.state, row.age_class)
        if alike == (bone.element, bone.side, bone.state, bone.age_class):
            if row.pieces + bone.pieces > MOST_ALIKE:
                raise TooManyAlikeError(MOST_ALIKE)
            row.pieces += bone.pieces
            break
    else:
        row = _row(bone)
        remains.bones.append(row)
    session.flush()
    return row


def remove_bone(session: Session, row: BoneFinding) -> None:
    """Take back bones that are not there; the trail keeps them."""
    touch(row.remains)
    row.remains.bones.remove(row)
    session.delete(row)
    session.flush()


def _row(bone: BoneFound) -> BoneFinding:
    return BoneFinding(
        element=bone.element,
        side=bone.side,
        state=bone.state,
        age_class=bone.age_class,
        pieces=bone.pieces,
    )
