"""How common a name is: Muhammad agrees with everybody, Shekhmus with few."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from caseman.names.lexicon import lexicon
from caseman.names.preparation import prepare
from caseman.names.segmentation import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

RAREST: Final = 0.0005
"""Share given to a name never counted: no agreement is stronger evidence than 1 in 2,000."""
_PRIOR_SIZE: Final = 2_000.0
"""Names whose lexicon shares weigh as much as this many counted elements."""


@dataclass(frozen=True, slots=True)
class NameFrequencies:
    """Shares of names among name elements, all spellings of a name counted together.

    Without counts, the shares assumed in the lexicon hold; with counts they are blended in as
    pseudo-counts, so a short list of names cannot make a common name look rare.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    total: int = 0

    @classmethod
    def from_names(cls, names: Iterable[str]) -> NameFrequencies:
        """Count the elements of full names, such as those of all reports."""
        counts = Counter(_identity(token)[0] for name in names for token in tokens(name))
        return cls(counts, counts.total())

    def share(self, token: str) -> float:
        """Return the share of the token's name among name elements, at least :data:`RAREST`."""
        identity, assumed = _identity(token)
        counted = self.counts.get(identity, 0) + _PRIOR_SIZE * assumed
        return max(RAREST, counted / (self.total + _PRIOR_SIZE))


def _identity(token: str) -> tuple[str, float]:
    """Return what all spellings of the token's name have in common, and its assumed share."""
    prepared = prepare(token)
    if prepared.known > 0.5:
        attested = lexicon().names[prepared.readings[0].name]
        return f"{prepared.element.compound}={attested.key}", attested.share
    return f"{prepared.element.compound}:{prepared.element.core}", RAREST
