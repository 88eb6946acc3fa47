"""The index of names: which tokens a person's name holds, and under which keys they are found."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from caseman.names import search_keys, tokens
from caseman.reports.batches import parts_of
from caseman.reports.codes import NameSlot, TriageState
from caseman.reports.models import (
    AnteMortemReport,
    MissingPerson,
    NameToken,
    NameTokenKey,
    PersonName,
)

LONGEST_TOKEN = 120
SLOTS = {
    "name_given": NameSlot.GIVEN,
    "name_father": NameSlot.FATHER,
    "name_grandfather": NameSlot.GRANDFATHER,
    "name_family": NameSlot.FAMILY,
    "name_mother": NameSlot.MOTHER,
    "nickname": NameSlot.OTHER,
}


class Posting(NamedTuple):
    """A token at a place of a name."""

    token: str
    slot: NameSlot


def postings(report: AnteMortemReport) -> Iterator[Posting]:
    """Yield the tokens of the names that ``report`` tells, each with its place."""
    placed = set()
    for field, slot in SLOTS.items():
        for token in tokens(getattr(report, field) or ""):
            placed.add(token)
            yield Posting(token[:LONGEST_TOKEN], slot)
    for token in tokens(report.name_full or ""):
        if token not in placed:
            yield Posting(token[:LONGEST_TOKEN], NameSlot.OTHER)


def index_names(session: Session, person: MissingPerson) -> None:
    """Bring the index of the person's names in line with what the reports tell."""
    index_names_of(session, [person])


def index_names_of(session: Session, persons: Sequence[MissingPerson]) -> None:
    """Bring the index of many persons in line with their reports, in few statements."""
    session.flush()
    told = {
        person: {posting for report in live_reports(person) for posting in postings(report)}
        for person in persons
    }
    ids = _token_ids(session, {posting.token for found in told.values() for posting in found})
    wanted = {
        (person.operation_id, ids[posting.token], person.id, posting.slot)
        for person, found in told.items()
        for posting in found
    }
    held = _held(session, [person.id for person in persons])
    _forget(session, [key for row, key in held.items() if row not in wanted])
    rows = [
        dict(zip(("operation_id", "token_id", "missing_person_id", "slot"), row, strict=True))
        for row in sorted(wanted - held.keys())
    ]
    if rows:
        session.execute(sa.insert(PersonName), rows)


def live_reports(person: MissingPerson) -> list[AnteMortemReport]:
    """Return the reports whose names are found: not those withdrawn, nor those not real."""
    return [
        report
        for report in person.reports
        if report.withdrawn_at is None and report.triage is not TriageState.ABUSIVE
    ]


def _token_ids(session: Session, texts: Iterable[str]) -> dict[str, int]:
    wanted = sorted(texts)
    ids = _known(session, wanted)
    new = [text for text in wanted if text not in ids]
    if not new:
        return ids
    # Another transaction may add the same token at the same time: whoever is later takes that one.
    _insert_or_ignore(session, NameToken, [{"text": text} for text in new])
    added = _known(session, new)
    keys = [
        {"token_id": added[text], "key": key} for text in new for key in sorted(search_keys(text))
    ]
    _insert_or_ignore(session, NameTokenKey, keys)
    return ids | added


def _known(session: Session, texts: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in parts_of(texts):
        query = sa.select(NameToken.text, NameToken.id).where(NameToken.text.in_(part))
        found.update((text, token_id) for text, token_id in session.execute(query))
    return found


def _insert_or_ignore(
    session: Session, model: type[NameToken | NameTokenKey], rows: list[dict[str, object]]
) -> None:
    if not rows:
        return
    dialect = session.get_bind().dialect.name
    into = cast("sa.Table", model.__table__)
    statement: sa.Insert = (
        postgresql.insert(into).on_conflict_do_nothing()
        if dialect == "postgresql"
        else sqlite.insert(into).on_conflict_do_nothing()
    )
    session.connection().execute(statement, rows)


def _held(session: Session, persons: Sequence[int]) -> dict[tuple[int, int, int, NameSlot], int]:
    held: dict[tuple[int, int, int, NameSlot], int] = {}
    columns = (
        PersonName.operation_id,
        PersonName.token_id,
        PersonName.missing_person_id,
        PersonName.slot,
        PersonName.id,
    )
    for part in parts_of(persons):
        query = sa.select(*columns).where(PersonName.missing_person_id.in_(part))
        held.update(
            ((operation, token, person, slot), key)
            for operation, token, person, slot, key in session.execute(query)
        )
    return held


def _forget(session: Session, ids: Sequence[int]) -> None:
    for part in parts_of(ids):
        session.execute(sa.delete(PersonName).where(PersonName.id.in_(part)))
