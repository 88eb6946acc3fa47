"""What people decided, beside what the engine had said: for the page of match quality."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.identification.codes import Outcome, Step
from caseman.identification.models import Decision, Pairing, Signature
from caseman.identification.quality import Case, age_group
from caseman.identification.queries import within_pairs
from caseman.permissions import Scope
from caseman.remains.models import Remains
from caseman.reports.models import MissingPerson
from caseman.sites.models import Site

DECIDED = (Outcome.IDENTIFIED, Outcome.EXCLUDED)

ORDER = (Step.PROPOSER, Step.REVIEWER, Step.FIRST_DECIDER, Step.SECOND_DECIDER)


def decided_cases(session: Session, scope: Scope) -> list[Case]:
    """Return the cases decided one way or the other, those in force, within ``scope``."""
    person = MissingPerson
    born_and_seen = (person.birth_from, person.birth_to, person.last_seen_from)
    mine = within_pairs(
        sa.select(Decision.id), Decision.remains_id, Decision.missing_person_id, scope
    )
    decided = (
        sa.select(
            Decision.outcome,
            Pairing.rank,
            Pairing.posterior,
            Site.code,
            person.sex,
            *born_and_seen,
        )
        .join(Decision.pairing)
        .join(Remains, Remains.id == Decision.remains_id)
        .join(Site, Site.id == Remains.site_id)
        .join(person, person.id == Decision.missing_person_id)
        .where(Decision.revoked_at.is_(None), Decision.outcome.in_(DECIDED))
        .where(Decision.id.in_(mine))
    )
    return [
        Case(
            is_identified=outcome is Outcome.IDENTIFIED,
            rank=rank,
            posterior=posterior,
            site=site,
            sex="" if sex is None else sex.value,
            age=age_group(_age(born, born_to, seen)),
        )
        for outcome, rank, posterior, site, sex, born, born_to, seen in session.execute(decided)
    ]


def _age(born: date | None, born_to: date | None, seen: date | None) -> float | None:
    """Return about how old somebody was when last seen."""
    if born is None or born_to is None or seen is None:
        return None
    middle = born + (born_to - born) / 2
    return (seen - middle).days / 365.2425


def conclusions(session: Session, scope: Scope) -> dict[tuple[Step, Step], list[tuple[str, str]]]:
    """Return, for each step and the next, what both people concluded of the same case."""
    mine = within_pairs(sa.select(Pairing.id), Pairing.remains_id, Pairing.missing_person_id, scope)
    signed = sa.select(
        Signature.pairing_id, Signature.round, Signature.step, Signature.outcome
    ).where(Signature.voided_at.is_(None), Signature.pairing_id.in_(mine))
    rounds: dict[tuple[int, int], dict[Step, str]] = {}
    for pairing_id, round_, step, outcome in session.execute(signed):
        rounds.setdefault((pairing_id, round_), {})[step] = outcome.value
    return {steps: [*_both(rounds.values(), *steps)] for steps in pairwise(ORDER)}


def _both(rounds: Iterable[dict[Step, str]], one: Step, other: Step) -> Iterable[tuple[str, str]]:
    for concluded in rounds:
        if one in concluded and other in concluded:
            yield concluded[one], concluded[other]
