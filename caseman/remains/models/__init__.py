"""The rows of remains."""

from caseman.remains.models.lesions import Pathology, Trauma
from caseman.remains.models.measured import (
    BoneMeasurement,
    EstimateSetAside,
    MethodEstimate,
    ProfileSource,
)
from caseman.remains.models.own_methods import OwnEquation, OwnTable
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
from caseman.remains.models.samples import RemainsSample
from caseman.remains.models.sorting import Reassociation
from caseman.remains.models.summary import RemainsSummary

__all__ = [
    "BiologicalProfile",
    "BoneFinding",
    "BoneMeasurement",
    "EstimateSetAside",
    "FoundName",
    "FoundWith",
    "Mark",
    "MethodEstimate",
    "NumberEvent",
    "OwnEquation",
    "OwnTable",
    "Pathology",
    "PrintedBlock",
    "ProfileSource",
    "Reassociation",
    "RecoveryEvent",
    "Remains",
    "RemainsPart",
    "RemainsPhotograph",
    "RemainsSample",
    "RemainsSummary",
    "ToothFinding",
    "Trauma",
]
