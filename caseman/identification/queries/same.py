"""Which missing persons may be one: proposed by the engine, decided by people."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from caseman import matching
from caseman.identification.adapters import load_persons
from caseman.permissions import Scope
from caseman.reports.codes import MissingPersonStatus
from caseman.reports.models import MissingPerson
from caseman.reports.queries import findings_of, may_be_same

LEAST = 0.02
"""Whoever is less likely the same person is not proposed."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody who may be the same person, and in what the two resemble each other."""

    person: MissingPerson
    resemblance: matching.Resemblance

    @property
    def may_be_relative(self) -> bool:
        """Whether the two are more likely of one family than one person."""
        return self.resemblance.p_relative > self.resemblance.p_same


def proposals(session: Session, scope: Scope, person: MissingPerson) -> list[Proposal]:
    """Return who may be ``person``, the likeliest first; nobody about whom somebody has decided."""
    decided = {row.other_than(person).id for row in findings_of(session, person)}
    others = [
        each
        for each in may_be_same(session, scope, person)
        if each.id not in decided and each.status is not MissingPersonStatus.CLOSED_DUPLICATE
    ]
    found = [
        Proposal(other, resemblance)
        for other, resemblance in zip(others, _resemblances(session, person, others), strict=True)
        if resemblance.p_same >= LEAST
    ]
    return sorted(found, key=lambda each: (-each.resemblance.p_same, each.person.number))


def resemblance(
    session: Session, person: MissingPerson, other: MissingPerson
) -> matching.Resemblance:
    """Return in what ``other`` resembles ``person``."""
    return _resemblances(session, person, [other])[0]


def _resemblances(
    session: Session, person: MissingPerson, others: Sequence[MissingPerson]
) -> list[matching.Resemblance]:
    """Return them in the order of ``others``."""
    wanted = {person.id, *(other.id for other in others)}
    values = {int(value.key): value for value in load_persons(session, wanted)}
    found = matching.resemblances_to(
        values[person.id], [values[key] for key in sorted(wanted - {person.id})]
    )
    by_id = {int(each.key): each for each in found}
    return [by_id[other.id] for other in others]
