"""By what DNA is weighed: tables of frequencies, and what the laboratory decides."""

from dataclasses import asdict, dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import Operation, User
from caseman.coding import N_
from caseman.database import DomainError, now
from caseman.laboratory.codes import MinimumRule, MutationKind, Threshold
from caseman.laboratory.models import FrequencyTable, LaboratorySettings
from caseman.laboratory.reading.frequencies import Frequencies

SEEN = 5
"""Alleles seen less often count as seen so often (National Research Council 1996)."""


class WeighingRefusedError(DomainError):
    """Frequencies or settings that nothing can be weighed by."""


@dataclass(frozen=True, slots=True)
class NewTable:
    """Frequencies with all that is known of where they come from."""

    name: str
    population: str
    source: str
    chromosomes: int | None
    minimum_rule: MinimumRule
    fixed: float | None
    """The minimum, where the rule is a fixed one."""
    frequencies: Frequencies


@dataclass(frozen=True, slots=True)
class Weighing:
    """What a laboratory decides for an operation."""

    table_id: int
    threshold: Threshold
    candidates: int
    theta: float
    mutation: MutationKind
    female_rate: float
    male_rate: float


def add_table(
    session: Session, operation: Operation, new: NewTable, by: User | None
) -> FrequencyTable:
    """Keep a table for ever; nothing is weighed by it before the settings say so."""
    row = FrequencyTable(
        operation=operation,
        name=new.name,
        population=new.population,
        source=new.source,
        chromosomes=new.chromosomes,
        minimum_rule=new.minimum_rule,
        minimum=_minimum(new),
        frequencies={marker: dict(alleles) for marker, alleles in new.frequencies.items()},
        added_by=by,
    )
    session.add(row)
    session.flush()
    return row


def _minimum(new: NewTable) -> float:
    if new.minimum_rule is MinimumRule.FIXED:
        if new.fixed is None:
            raise WeighingRefusedError(N_("Write the minimum frequency, for example 0.001."))
        return new.fixed
    if new.chromosomes is None:
        raise WeighingRefusedError(
            N_("5/2N needs the number of alleles counted. Write it, or choose a fixed frequency.")
        )
    if new.chromosomes <= 2 * SEEN:
        raise WeighingRefusedError(N_("So few alleles are no table: 5/2N would be a half or more."))
    return SEEN / new.chromosomes


def settle(
    session: Session, operation: Operation, weighing: Weighing, by: User | None
) -> LaboratorySettings:
    """Decide how DNA is weighed in an operation from now on; the trail keeps what was before."""
    table = session.get(FrequencyTable, weighing.table_id)
    if table is None or table.operation_id != operation.id:
        raise WeighingRefusedError(N_("Choose a table of frequencies of this operation."))
    row = session.scalar(
        sa.select(LaboratorySettings).where(LaboratorySettings.operation_id == operation.id)
    )
    row = row or LaboratorySettings(operation=operation)
    for name, value in asdict(weighing).items():
        setattr(row, name, value)
    session.add(row)
    row.set_at, row.set_by = now(), by
    session.flush()
    return row
