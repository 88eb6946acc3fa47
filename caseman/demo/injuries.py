"""What an examiner described on two of the finds."""

from datetime import date

from sqlalchemy.orm import Session

from caseman.remains.codes import BoneSide
from caseman.remains.drafts import Disease, Injury
from caseman.remains.lesions import (
    Bevel,
    Criterion,
    Known,
    LesionKind,
    Mechanism,
    PathologyKind,
    Segment,
    Timing,
)
from caseman.remains.models import Remains
from caseman.remains.services import lesions

EXAMINER = "Examiner Nimune"
EXAMINED = date(2019, 3, 12)
HEALED = Injury(
    element="RAD",
    side=BoneSide.LEFT,
    segment=Segment.DISTAL_THIRD,
    timing=Timing.ANTE_MORTEM,
    criteria=(Criterion.ROUNDED_EDGES, Criterion.CALLUS),
    mechanism=Mechanism.BLUNT,
    known=Known.LIKELY,
    description="A well healed fracture, its ends a little displaced.",
    described_by=EXAMINER,
    described_on=EXAMINED,
)
WORN = Disease(
    element="L4",
    side=BoneSide.MIDDLE,
    kind=PathologyKind.OSTEOPHYTE,
    lesion=LesionKind.FORMATION,
    described_by=EXAMINER,
    described_on=EXAMINED,
)
FRAGMENT = Injury(
    element="FRO",
    side=BoneSide.MIDDLE,
    timing=Timing.PERI_MORTEM,
    criteria=(Criterion.SMOOTH_EDGES, Criterion.RADIATING, Criterion.BEVELLED),
    mechanism=Mechanism.BLAST,
    length_mm=14,
    width_mm=9,
    bevel=Bevel.INWARD,
    least_number=1,
    described_by=EXAMINER,
    described_on=EXAMINED,
)


def describe(session: Session, older: Remains, younger: Remains) -> None:
    """Describe the healed forearm and the worn spine of one, and what hit the other's forehead."""
    lesions.describe_injury(session, older, HEALED)
    lesions.describe_disease(session, older, WORN)
    lesions.describe_injury(session, younger, FRAGMENT)
