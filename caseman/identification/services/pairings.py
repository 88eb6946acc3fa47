"""Opens the comparison of a pair and records what people judge of each line of evidence."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman import matching
from caseman.accounts.models import User
from caseman.coding import N_
from caseman.database import now, random_code
from caseman.identification.adapters import load_persons, load_remains
from caseman.identification.codes import NEED_WORDS, OPEN_STATES, Outcome, PairingState, Verdict
from caseman.identification.drafts import Judgement
from caseman.identification.errors import ReconciliationError
from caseman.identification.evidence import direct_lines, is_fresh, key_of, retelling
from caseman.identification.models import Candidate, Decision, Pairing, PairingLine
from caseman.identification.queries.learning import parameters_in_use
from caseman.identification.queries.priors import expected_at
from caseman.identification.queries.runs import last_finished
from caseman.identification.services.dna_lines import renew_dna
from caseman.identification.services.frozen import opened
from caseman.identification.services.lists import places_now
from caseman.identification.services.teeth_lines import renew_teeth
from caseman.remains.models import Remains
from caseman.reports.codes import OPEN_STATUSES
from caseman.reports.models import MissingPerson

DRAWN = 300
"""About so many people tell roughly what is rare; reading all of them would keep everyone waiting.
"""

REVIEW_DAYS = 30
"""After so many days an open comparison is overdue."""


def open_pairing(
    session: Session, remains: Remains, person: MissingPerson, opener: User, *, today: date
) -> Pairing:
    """Open the comparison of ``person`` with ``remains``, or return the one that is open.

    Raises ``ReconciliationError`` where the pair was excluded: that decision must first be
    revoked, with a reason, by two people.
    """
    if found := open_pairing_of(session, remains, person):
        return found
    if excluded := _exclusion_of(session, remains, person):
        raise ReconciliationError(
            N_("This pair was excluded by decision %(number)s. Revoke that decision first."),
            number=excluded.number,
        )
    pairing = Pairing(
        number=f"P-{random_code(7)}",
        remains=remains,
        missing_person=person,
        opened_by=opener,
        due_on=today + timedelta(days=REVIEW_DAYS),
        rank=places_now(session, [remains.id]).get(remains.id, {}).get(person.id),
    )
    session.add(pairing)
    renew_lines(session, pairing)
    session.flush()
    return pairing


def open_pairing_of(session: Session, remains: Remains, person: MissingPerson) -> Pairing | None:
    """Return the comparison of the pair that is not closed."""
    return session.scalar(
        sa.select(Pairing).where(
            Pairing.remains_id == remains.id,
            Pairing.missing_person_id == person.id,
            Pairing.closed_at.is_(None),
        )
    )


def _exclusion_of(session: Session, remains: Remains, person: MissingPerson) -> Decision | None:
    return session.scalar(
        sa.select(Decision).where(
            Decision.remains_id == remains.id,
            Decision.missing_person_id == person.id,
            Decision.outcome == Outcome.EXCLUDED,
            Decision.revoked_at.is_(None),
        )
    )


def renew_lines(session: Session, pairing: Pairing) -> None:
    """Write the engine's lines into ``pairing``; judgements of unchanged lines stay."""
    session.flush()
    candidate = session.scalar(
        sa.select(Candidate).where(
            Candidate.remains_id == pairing.remains_id,
            Candidate.missing_person_id == pairing.missing_person_id,
        )
    )
    weighed = weigh_pair(session, pairing.remains_id, pairing.missing_person_id, candidate)
    lines = {line.line.value: line for line in weighed.lines}
    known = {line.line: line for line in pairing.lines}
    for name, fresh in lines.items():
        _renew(pairing, known.get(name), fresh)
    renew_dna(session, pairing)
    renew_teeth(pairing)
    pairing.log10_lr = sum(line.log10_lr for line in pairing.lines)
    _write_chance(session, pairing, candidate)
    pairing.model = weighed.model


def _write_chance(session: Session, pairing: Pairing, candidate: Candidate | None) -> None:
    """Write how probable the pair is within its list, and what that stands on."""
    run = None if candidate is None else last_finished(session)
    expected = None if run is None else expected_at(run, pairing.remains.site.code)
    pairing.posterior = None if candidate is None else candidate.posterior
    pairing.prior_overlap = None if expected is None else expected.overlap
    pairing.prior_persons = None if expected is None else expected.persons


class Weighed(NamedTuple):
    """The lines of a pair, and the model they were weighed by."""

    model: str
    lines: Sequence[matching.EvidenceLine]


def weigh_pair(
    session: Session, remains_id: int, person_id: int, candidate: Candidate | None
) -> Weighed:
    """Return the engine's lines for the pair as both records are now, and the model used.

    A candidate that was ranked since they changed holds the weights. Any other pair is weighed by
    what the last run counted; before the first one, rarity is judged against a draw of the people
    sought, spread over all of them.
    """
    remains = load_remains(session, [remains_id])[0]
    person = load_persons(session, [person_id])[0]
    parameters = parameters_in_use(session)
    if candidate is not None and is_fresh(candidate, parameters):
        return Weighed(candidate.model, direct_lines(candidate, remains, person))
    if (ground := opened(session)) is not None:
        units = ground.frozen.encoded.parts_of_pair(remains, person).tolist()
        weights = dict(zip(matching.LINES, units, strict=True))
        model = ground.run.model
        return Weighed(model, retelling(model).lines(remains, person, weights))
    drawn = {value.key: value for value in load_persons(session, _draw(session))}
    pool = matching.Pool([remains], (drawn | {person.key: person}).values(), parameters)
    return Weighed(key_of(parameters), matching.explain(remains, person, pool))


def _draw(session: Session) -> Sequence[int]:
    sought = sa.select(MissingPerson.id).where(MissingPerson.status.in_(sorted(OPEN_STATUSES)))
    ids = session.scalars(sought.order_by(MissingPerson.id)).all()
    return ids[:: max(1, len(ids) // DRAWN)]


def _renew(pairing: Pairing, row: PairingLine | None, fresh: matching.EvidenceLine) -> None:
    ingredients = {
        "level": fresh.level,
        "post_mortem": dict(fresh.post_mortem),
        "ante_mortem": dict(fresh.ante_mortem),
    }
    if row is None:
        row = PairingLine(line=fresh.line.value)
        pairing.lines.append(row)
    elif row.ingredients != ingredients:
        row.verdict, row.explanation = None, ""
        row.judged_by_id, row.judged_at = None, None
    row.engine_verdict = Verdict(fresh.agreement.value)
    row.log10_lr = fresh.log10_lr
    row.ingredients = ingredients


def judge(pairing: Pairing, judgements: Iterable[Judgement], judge_: User) -> None:
    """Record what ``judge_`` says of lines of evidence, while the comparison is open.

    A contradiction or a difference called explainable needs its explanation.
    """
    if pairing.state not in {PairingState.COMPARISON_OPEN, PairingState.RETURNED}:
        raise ReconciliationError(
            N_("The evidence was signed; it can be judged again only if the case is returned.")
        )
    renew_teeth(pairing)
    rows = {line.line: line for line in pairing.lines}
    for judgement in judgements:
        row = rows.get(judgement.line)
        if row is None:
            raise ReconciliationError(
                N_("There is no line of evidence %(line)s."), line=judgement.line
            )
        if judgement.verdict in NEED_WORDS and not judgement.explanation:
            raise ReconciliationError(
                N_("Explain in words what contradicts, or how the difference came about.")
            )
        if (row.verdict, row.explanation) != (judgement.verdict, judgement.explanation):
            row.verdict, row.explanation = judgement.verdict, judgement.explanation
            row.judged_by_id, row.judged_at = judge_.id, now()


def close_without_decision(pairing: Pairing) -> None:
    """Put the comparison away; it can be opened again at any time."""
    if pairing.state not in OPEN_STATES:
        raise ReconciliationError(N_("This case is closed already."))
    pairing.state = PairingState.CLOSED
    pairing.closed_at = now()
