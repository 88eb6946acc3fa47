"""Candidates (by engines), pairings (under review), decisions (signed by people), release.

``Candidate`` < ``Pairing`` < ``Identification`` or ``Exclusion``: three degrees of certainty that
are never confused.
"""

from caseman.identification.models.cases import (
    Decision,
    FamilyNotification,
    Pairing,
    PairingLine,
    PairingPart,
    Recipient,
    Release,
    ReleasedEffect,
    Revocation,
    Signature,
)
from caseman.identification.models.effect_releases import EffectGivenOut, EffectRelease
from caseman.identification.models.genetics import (
    DnaMisfit,
    DnaResult,
    DnaScreened,
    RelativeUse,
    ScreeningRun,
)
from caseman.identification.models.joint import JointPair, JointRemains, JointSolution
from caseman.identification.models.learning import LearnedModel, ModelUse
from caseman.identification.models.likeness import DnaCompared, DnaLikeness, LikenessFinding
from caseman.identification.models.power import PowerAnalysis
from caseman.identification.models.priors import SitePrior
from caseman.identification.models.ranking import (
    Candidate,
    CandidateLeft,
    RankedChange,
    RankingRun,
    RankingTables,
)
from caseman.identification.models.telling import RelativeToTell
from caseman.identification.models.viewings import BelongingsViewing, Recognition

__all__ = [
    "BelongingsViewing",
    "Candidate",
    "CandidateLeft",
    "Decision",
    "DnaCompared",
    "DnaLikeness",
    "DnaMisfit",
    "DnaResult",
    "DnaScreened",
    "EffectGivenOut",
    "EffectRelease",
    "FamilyNotification",
    "JointPair",
    "JointRemains",
    "JointSolution",
    "LearnedModel",
    "LikenessFinding",
    "ModelUse",
    "Pairing",
    "PairingLine",
    "PairingPart",
    "PowerAnalysis",
    "RankedChange",
    "RankingRun",
    "RankingTables",
    "Recipient",
    "Recognition",
    "RelativeToTell",
    "RelativeUse",
    "Release",
    "ReleasedEffect",
    "Revocation",
    "ScreeningRun",
    "Signature",
    "SitePrior",
]
