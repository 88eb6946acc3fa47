"""Everything behind the DNA of one pair, computed anew from what may be used now."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from caseman.identification.genetics import (
    MarkerWeight,
    TypedFamily,
    clash_of,
    weigh_markers,
)
from caseman.identification.models import DnaResult, Pairing
from caseman.identification.profiles import load_family, load_typed_remains, terms_of
from caseman.identification.queries.misfits import Doubted, doubted_of
from caseman.kinship import KinshipError, Prior, posterior
from caseman.laboratory.models import DnaSource, LaboratorySettings, Specimen
from caseman.remains.models import RemainsSample
from caseman.reports.models import MissingPerson, Relative


@dataclass(frozen=True, slots=True)
class Member:
    """One relative: their place in the tree, None without one, and whether they were used."""

    relative: Relative
    place: str | None
    is_used: bool
    doubted: Doubted | None = None
    """What a check found of them, and what was decided."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One profile of the remains against the family; ``fault`` says why nothing was weighed."""

    settings: LaboratorySettings
    source: DnaSource
    family: TypedFamily
    members: Sequence[Member]
    left_out: Sequence[str]
    """Markers of the remains that the table of frequencies does not have."""
    log_ratio: float = 0.0
    markers: Sequence[MarkerWeight] = ()
    fault: KinshipError | None = None

    @property
    def clash(self) -> str | None:
        """The marker at which the family is impossible, where that is the fault."""
        return None if self.fault is None else clash_of(self.fault)

    @property
    def log10_lr(self) -> float:
        """The log10 LR; -inf where the profiles exclude each other under these terms."""
        return self.log_ratio / math.log(10)

    @property
    def posterior(self) -> float:
        """The probability, given the laboratory's prior and DNA alone."""
        return posterior(self.log_ratio, Prior(self.settings.candidates))

    @property
    def reaches(self) -> bool:
        """Whether the posterior reaches the laboratory's threshold."""
        return self.fault is None and self.posterior >= self.settings.threshold.probability


def weighed_for(session: Session, pairing: Pairing) -> list[Weighed]:
    """Return what DNA says of a pair, for each profile of the remains; none without profiles.

    Raises KinshipError where the family tree contradicts itself.
    """
    sources = session.scalars(_sources(pairing)).all()
    return _weighed(session, pairing.missing_person, sources)


def weighed_result(session: Session, result: DnaResult) -> Weighed | None:
    """Return everything behind a stored result, None where its profiles may not be used now."""
    found = _weighed(session, result.missing_person, [result.source])
    return found[0] if found else None


def _weighed(
    session: Session, person: MissingPerson, sources: Sequence[DnaSource]
) -> list[Weighed]:
    settings = session.scalar(
        sa.select(LaboratorySettings)
        .where(LaboratorySettings.operation_id == person.operation_id)
        .options(joinedload(LaboratorySettings.table))
    )
    family = load_family(session, person)
    if settings is None or family is None:
        return []
    members = _members(session, family)
    by_id = {row.id: row for row in sources}
    terms = terms_of(settings)
    found = []
    for remains in load_typed_remains(session, person.operation_id, by_id.keys()):
        weighed = settings, by_id[remains.source_id], family, members
        left_out = sorted(remains.alleles.keys() - terms.frequencies.keys())
        try:
            total, markers = weigh_markers(terms, family, remains)
        except KinshipError as fault:
            found.append(Weighed(*weighed, left_out, fault=fault))
        else:
            found.append(Weighed(*weighed, left_out, total, markers))
    return found


def _sources(pairing: Pairing) -> sa.Select[DnaSource]:
    return (
        sa.select(DnaSource)
        .where(
            DnaSource.id.in_(
                sa.select(Specimen.source_id)
                .join(RemainsSample, RemainsSample.specimen_id == Specimen.id)
                .where(RemainsSample.remains_id == pairing.remains_id)
            )
        )
        .order_by(DnaSource.id)
    )


def _members(session: Session, family: TypedFamily) -> list[Member]:
    rows = session.scalars(
        sa.select(Relative)
        .where(Relative.missing_person_id == family.person_id)
        .options(joinedload(Relative.source))
        .order_by(Relative.ordinal)
    )
    places = family.tree.places
    doubted = {each.relative.id: each for each in doubted_of(session, [family.person_id])}
    return [
        Member(
            row,
            places.get(str(row.id)),
            places.get(str(row.id)) in family.alleles,
            doubted.get(row.id),
        )
        for row in rows
    ]
