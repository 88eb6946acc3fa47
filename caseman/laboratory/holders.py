"""Who holds samples: the slices above, which alone know what a code stands for.

Remains hold what was cut from them, reports what relatives gave, the register of staff what
people gave who touch samples. Each registers itself here, so
that a submission can be put together without the laboratory knowing either of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session

from caseman.laboratory.codes import SampleMaterial, SourceKind
from caseman.laboratory.models import DnaSource, Specimen
from caseman.permissions import Scope

Link = Callable[[Specimen], None]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sample that has no code yet."""

    number: str
    operation_id: int
    material: SampleMaterial
    kind: SourceKind
    subject: str
    """Equal for samples of one person; two that have no source yet then get the same."""
    source: DnaSource | None
    link: Link
    """Writes the code down beside the sample."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """What a code stands for, in words."""

    sample: str
    of: str
    url: str | None = None


class Holder(Protocol):
    """A slice that holds samples."""

    def waiting(self, session: Session, scope: Scope) -> Iterable[Waiting]:
        """Return the samples within ``scope`` that have no code yet."""

    def belongings(
        self, session: Session, scope: Scope, specimen_ids: Sequence[int]
    ) -> Mapping[int, Belonging]:
        """Return what those of the coded samples stand for that are of this slice."""


_holders: list[Holder] = []


def add(holder: Holder) -> None:
    """Ask ``holder`` too."""
    _holders.append(holder)


def waiting(session: Session, scope: Scope) -> list[Waiting]:
    """Return every sample within ``scope`` that has no code yet, by number."""
    found = [each for holder in _holders for each in holder.waiting(session, scope)]
    return sorted(found, key=lambda each: each.number)


def belongings(
    session: Session, scope: Scope, specimens: Iterable[Specimen]
) -> dict[int, Belonging]:
    """Return what each coded sample stands for, by the id of the specimen."""
    ids = [specimen.id for specimen in specimens]
    found: dict[int, Belonging] = {}
    for holder in _holders:
        found |= holder.belongings(session, scope, ids)
    return found
