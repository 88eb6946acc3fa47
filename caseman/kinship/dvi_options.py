"""What may be chosen of a run over a caseload."""

from collections.abc import Mapping
from dataclasses import dataclass

from caseman.kinship.screening import MOST_INCONSISTENT, THRESHOLD


@dataclass(frozen=True)
class DviOptions:
    """What may be chosen of a run; `evidence` is log10 LR of other lines by pair."""

    threshold: float = THRESHOLD
    limit: float = 0.0
    most_inconsistent: int = MOST_INCONSISTENT
    evidence: Mapping[tuple[str, str], float] | None = None
