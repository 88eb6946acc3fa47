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
from caseman.identification.models.genetics import DnaResult, DnaScreened, ScreeningRun
from caseman.identification.models.joint import JointPair, JointRemains, JointSolution
from caseman.identification.models.learning import LearnedModel, ModelUse
from caseman.identification.models.priors import SitePrior
from caseman.identification.models.ranking import (
    Candidate,
    CandidateLeft,
    RankedChange,
    RankingRun,
    RankingTables,
)

__all__ = [
    "Candidate",
    "CandidateLeft",
    "Decision",
    "DnaResult",
    "DnaScreened",
    "FamilyNotification",
    "JointPair",
    "JointRemains",
    "JointSolution",
    "LearnedModel",
    "ModelUse",
    "Pairing",
    "PairingLine",
    "PairingPart",
    "RankedChange",
    "RankingRun",
    "RankingTables",
    "Recipient",
    "Release",
    "ReleasedEffect",
    "Revocation",
    "ScreeningRun",
    "Signature",
    "SitePrior",
]
