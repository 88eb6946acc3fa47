"""Injuries and diseases of bone: described, corrected, struck, and kept as a mark.

A description weighs nothing by itself. Kept as a mark, it is compared with what families tell.
"""

from dataclasses import asdict
from typing import Any, Final, TypeVar

from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.coding import N_
from caseman.coding.physical import BodyRegion, MarkKind
from caseman.database import now
from caseman.remains.codes import BoneSide
from caseman.remains.drafts import Disease, Injury, NewMark
from caseman.remains.lesions import Mechanism, Timing
from caseman.remains.models import Mark, Pathology, Remains, Trauma
from caseman.remains.services.errors import RemainsError, VoidedError
from caseman.remains.services.findings import add_mark

L = TypeVar("L", Trauma, Pathology)

SHORTEST_REASON: Final = 5
HEALED: Final = frozenset({Timing.ANTE_MORTEM, Timing.POSSIBLE_ANTE_MORTEM})
_HEAD: Final = frozenset(
    {
        *("FRO", "PAR", "OCC", "TEM", "SPH", "ETH", "MAX", "ZYG", "NAS", "LAC", "PAL", "INC"),
        *("VOM", "MAL", "INS", "STA"),
    }
)
_PELVIS: Final = frozenset({"COX", "SAC", "COC"})
_ARM: Final = frozenset(
    {
        *("HUM", "RAD", "ULN", "SCD", "LUN", "TRQ", "PIS", "TRM", "TRD", "CAP", "HAM"),
        *("MC", "PHP", "PHI", "PHD"),
    }
)
_LEG: Final = frozenset(
    {
        *("FEM", "PAT", "TIB", "FIB", "TAL", "CAL", "NAV", "CUB", "CU"),
        *("MT", "PFP", "PFI", "PFD"),
    }
)


def describe_injury(session: Session, remains: Remains, seen: Injury) -> Trauma:
    """Record an injury."""
    return _add(session, remains, Trauma(remains=remains, **_columns(seen)))


def describe_disease(session: Session, remains: Remains, seen: Disease) -> Pathology:
    """Record a disease or anomaly."""
    return _add(session, remains, Pathology(remains=remains, **_columns(seen)))


def correct_lesion(lesion: Trauma | Pathology, seen: Injury | Disease) -> None:
    """Bring a description to what is now seen; the trail keeps the old one."""
    _must_stand(lesion)
    for name, value in _columns(seen).items():
        setattr(lesion, name, value)


def strike_lesion(lesion: Trauma | Pathology, reason: str, by: User) -> None:
    """Strike a description that is wrong: it stays to be read, and can be taken back."""
    _must_stand(lesion)
    if len(reason.strip()) < SHORTEST_REASON:
        raise RemainsError(N_("Say why this description is struck."))
    lesion.struck_at, lesion.struck_by, lesion.struck_reason = now(), by, reason


def restore_lesion(lesion: Trauma | Pathology) -> None:
    """Let a struck description stand again."""
    if lesion.remains.voided_at is not None:
        raise VoidedError(lesion.remains.number)
    if lesion.struck_at is None:
        raise RemainsError(N_("This description is not struck."))
    lesion.struck_at, lesion.struck_by, lesion.struck_reason = None, None, ""


def keep_as_mark(session: Session, lesion: Trauma | Pathology, words: str) -> Mark:
    """Keep a description as a mark, which is compared with what families tell; once only."""
    _must_stand(lesion)
    if lesion.mark_id is not None:
        raise RemainsError(N_("It is kept as a mark already."))
    region = region_of(lesion.element, lesion.side)
    new = NewMark(mark_kind(lesion), region=region.value if region else "", description=words)
    mark = add_mark(session, lesion.remains, new)
    lesion.mark_id = mark.id
    session.flush()
    return mark


def mark_kind(lesion: Trauma | Pathology) -> MarkKind:
    """Return as which kind of mark a description is compared."""
    if isinstance(lesion, Pathology):
        return MarkKind.CONGENITAL if lesion.kind.is_from_birth else MarkKind.DISEASE
    if lesion.mechanism is Mechanism.AMPUTATION:
        return MarkKind.AMPUTATION
    if lesion.mechanism is Mechanism.SURGICAL:
        return MarkKind.SURGERY
    return MarkKind.HEALED_FRACTURE if lesion.timing in HEALED else MarkKind.PERIMORTEM_TRAUMA


def region_of(element: str, side: BoneSide) -> BodyRegion | None:
    """Return the region of the body that a bone is of; None where the side of a limb is unknown."""
    family = element.rstrip("0123456789")
    if element == "MAN":
        return BodyRegion.MANDIBLE
    if element in _HEAD:
        return BodyRegion.SKULL
    if element in _PELVIS:
        return BodyRegion.PELVIS
    if family in _ARM:
        arms = {BoneSide.LEFT: BodyRegion.LEFT_ARM, BoneSide.RIGHT: BodyRegion.RIGHT_ARM}
        return arms.get(side)
    if family in _LEG:
        legs = {BoneSide.LEFT: BodyRegion.LEFT_LEG, BoneSide.RIGHT: BodyRegion.RIGHT_LEG}
        return legs.get(side)
    return BodyRegion.TORSO


def _add(session: Session, remains: Remains, row: L) -> L:
    if remains.voided_at is not None:
        raise VoidedError(remains.number)
    session.add(row)
    session.flush()
    return row


def _columns(seen: Injury | Disease) -> dict[str, Any]:
    values = asdict(seen)
    for name in ("criteria", "fractures"):
        if name in values:
            values[name] = [str(each) for each in values[name]]
    return values


def _must_stand(lesion: Trauma | Pathology) -> None:
    if lesion.remains.voided_at is not None:
        raise VoidedError(lesion.remains.number)
    if lesion.struck_at is not None:
        raise RemainsError(N_("This description is struck."))
