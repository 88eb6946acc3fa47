"""Lists of candidates as people see them: what DNA says enters as one more line of evidence.

What is stored rests on all other evidence. DNA is added when a list is shown, so that a result
counts as soon as it is there, and no more once consent is withdrawn.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.database import now
from caseman.identification.dna_line import dna_line
from caseman.identification.evidence import PlainLine, lines_of
from caseman.identification.models import Candidate, DnaResult
from caseman.identification.queries import candidates_of_person, candidates_of_remains
from caseman.identification.queries.dna import (
    STRONG,
    Heard,
    Pair,
    candidate_of,
    heard,
    not_excluded,
    remains_within,
)
from caseman.identification.queries.runs import persons_within
from caseman.identification.services.lists import SHOWN
from caseman.identification.services.pairings import weigh_pair
from caseman.permissions import Scope
from caseman.remains.models import Remains
from caseman.reports.models import MissingPerson

MOST_ADDED = 5
"""Pairs that DNA alone brings onto a list."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A candidate with everything that is said of the pair."""

    id: str
    remains: Remains
    missing_person: MissingPerson
    log10_lr: float
    posterior: float
    model: str
    ranked_at: datetime
    lines: Sequence[PlainLine]

    @property
    def remains_id(self) -> int:
        """The id of the remains."""
        return self.remains.id

    @property
    def missing_person_id(self) -> int:
        """The id of the missing person."""
        return self.missing_person.id


def list_for_remains(session: Session, scope: Scope, remains: Remains) -> list[Shown]:
    """Return who these remains may be, best first by all evidence together."""
    candidates = candidates_of_remains(session, scope, remains)
    listed = DnaResult.missing_person_id.in_([each.missing_person_id for each in candidates])
    said = heard(session, (DnaResult.remains_id == remains.id) & _told(listed), _pairs(candidates))
    added = _only_by_dna(session, said, candidates)
    persons = persons_within(session, scope, [pair[1] for pair in added])
    sides = {pair: (remains, persons[pair[1]]) for pair in added if pair[1] in persons}
    return _listed(session, candidates, said, sides)


def list_for_person(session: Session, scope: Scope, person: MissingPerson) -> list[Shown]:
    """Return which remains may be this person's, best first by all evidence together."""
    candidates = candidates_of_person(session, scope, person)
    listed = DnaResult.remains_id.in_([each.remains_id for each in candidates])
    own = DnaResult.missing_person_id == person.id
    said = heard(session, own & _told(listed), _pairs(candidates))
    added = _only_by_dna(session, said, candidates)
    remains = remains_within(session, scope, [pair[0] for pair in added])
    sides = {pair: (remains[pair[0]], person) for pair in added if pair[0] in remains}
    return _listed(session, candidates, said, sides)


def _told(listed: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Select the results of those on a list, and of those that DNA alone would bring there."""
    return sa.or_(listed, DnaResult.log10_lr >= STRONG)


def _pairs(candidates: Iterable[Candidate]) -> list[Pair]:
    return [(each.remains_id, each.missing_person_id) for each in candidates]


def _only_by_dna(session: Session, said: Heard, candidates: Sequence[Candidate]) -> list[Pair]:
    """Return the pairs that the other evidence does not show and DNA speaks for, best first."""
    listed = set(_pairs(candidates))
    strong = [
        pair
        for pair, result in said.results.items()
        if result.log10_lr >= STRONG and pair not in listed
    ]
    best = sorted(strong, key=lambda pair: -said.results[pair].log10_lr)
    return not_excluded(session, best)[:MOST_ADDED] if best else []


def _listed(
    session: Session,
    candidates: Sequence[Candidate],
    said: Heard,
    sides: Mapping[Pair, tuple[Remains, MissingPerson]],
) -> list[Shown]:
    stored = [row for pair in sides if (row := candidate_of(session, pair)) is not None]
    everything = [*candidates, *stored]
    lines = lines_of(session, everything)
    shown = [_of_candidate(each, lines[each.id]) for each in everything]
    unknown = sides.keys() - set(_pairs(stored))
    shown += [_of_pair(session, *sides[pair], _share(candidates)) for pair in sorted(unknown)]
    combined = _with_dna(shown, said)
    return sorted(combined, key=lambda each: -each.log10_lr)[:SHOWN]


def _of_candidate(row: Candidate, lines: Sequence[PlainLine]) -> Shown:
    return Shown(
        str(row.id),
        row.remains,
        row.missing_person,
        row.log10_lr,
        row.posterior,
        row.model,
        row.ranked_at,
        lines,
    )


def _share(candidates: Sequence[Candidate]) -> float:
    """Return what a pair of LR one would have within this list, from its first candidate."""
    first = candidates[0] if candidates else None
    return first.posterior / 10**first.log10_lr if first else 0.0


def _of_pair(session: Session, remains: Remains, person: MissingPerson, share: float) -> Shown:
    """Return a pair that no list holds, weighed by the evidence of both records now."""
    weighed = weigh_pair(session, remains.id, person.id, None)
    log10_lr = sum(line.log10_lr for line in weighed.lines)
    told = [line.as_plain() for line in weighed.lines if line.level != "not_recorded"]
    chance = min(1.0, share * 10**log10_lr)
    key = f"{remains.id}-{person.id}"
    return Shown(key, remains, person, log10_lr, chance, weighed.model, now(), told)


def _with_dna(shown: Sequence[Shown], said: Heard) -> Iterator[Shown]:
    """Yield the same with the line of DNA; probabilities still count “nobody on this list”."""
    lines = {each.id: dna_line(said, (each.remains_id, each.missing_person_id)) for each in shown}
    if not any(lines.values()):
        yield from shown
        return
    weights = {key: 0.0 if line is None else float(line["log10_lr"]) for key, line in lines.items()}
    odds = {each.id: each.posterior * 10 ** weights[each.id] for each in shown}
    nobody = max(0.0, 1 - sum(each.posterior for each in shown))
    total = nobody + sum(odds.values())
    for each in shown:
        line = lines[each.id]
        yield Shown(
            each.id,
            each.remains,
            each.missing_person,
            each.log10_lr + weights[each.id],
            odds[each.id] / total if total else 0.0,
            each.model,
            each.ranked_at,
            [*([line] if line else []), *each.lines],
        )
