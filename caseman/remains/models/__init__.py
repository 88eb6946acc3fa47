"""The rows of remains."""

from caseman.remains.models.printing import PrintedBlock
from caseman.remains.models.remains import (
    BiologicalProfile,
    BoneFinding,
    FoundName,
    FoundWith,
    Mark,
    NumberEvent,
    RecoveryEvent,
    Remains,
    RemainsPart,
    RemainsPhotograph,
    ToothFinding,
)

__all__ = [
    "BiologicalProfile",
    "BoneFinding",
    "FoundName",
    "FoundWith",
    "Mark",
    "NumberEvent",
    "PrintedBlock",
    "RecoveryEvent",
    "Remains",
    "RemainsPart",
    "RemainsPhotograph",
    "ToothFinding",
]
