"""Finding missing persons by name, in any spelling, script and order, and by number.

Three steps: the words typed become distinct tokens of the index (by shared keys, then by
similarity, or as the beginning of a token); tokens lead to persons by their postings; persons are
ranked by how many of the words they bear, how well, and how rare these are. Nothing excludes: a
person who bears two of three words is found below those who bear all three.

A word that thousands bear leads nowhere by itself, so persons are gathered by the rarer words and
the common ones only raise or lower them. Where all words are common, those who bear all of them
come first, and the list ends at ``MOST``: the reader adds a word.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import log10
from typing import Any, Final, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from caseman.names import SAME_NAME, TokenTable, normalise, search_keys, tokens
from caseman.permissions import Scope
from caseman.reports.batches import parts_of
from caseman.reports.codes import NameSlot
from caseman.reports.models import (
    AnteMortemReport,
    MissingPerson,
    NameToken,
    NameTokenKey,
    PersonName,
)
from caseman.reports.numbers import PERSON, REPORT, read_number
from caseman.reports.queries.scope import within
from caseman.sites.scope import within_operations

MOST: Final = 200
"""Persons that one search finds at most."""
WHOLE: Final = slice(None)
MOST_WORDS: Final = 8
FEW: Final = 20
"""Where fewer persons than this bear all common words, those who lack one are listed too."""
COMMON: Final = 3_000
"""A word borne by more persons than this does not gather persons by itself."""
MOST_TOKENS: Final = 400
"""Tokens compared with one word; beyond this a key says nothing."""
MOST_BEGUN: Final = 60
SHORTEST_BEGINNING: Final = 2
BEGUN: Final = 0.6
"""What the beginning of a name counts, where a whole name counts 1."""
_POSTING: Final = cast(
    "sa.Select[Any]", sa.select(PersonName.missing_person_id, PersonName.token_id, PersonName.slot)
)
_OTHER_SPELLING: Final = 0.99
"""Of two persons with the same name, the one who writes it as typed comes first."""
_ORDER: Final = (NameSlot.GIVEN, NameSlot.FATHER, NameSlot.GRANDFATHER)
_ELSEWHERE: Final = 0.97
"""What a word counts at another place of the name than where it was typed."""
_MOTHERS: Final = 0.5
"""A word borne as the mother's name counts less: it is asked less often and told less surely."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the search, the tokens it may mean, and how many persons bear one of them."""

    slots: frozenset[NameSlot]
    """Where the word stands if the name was typed in the usual order."""
    tokens: dict[int, float]
    bearers: int

    @property
    def is_common(self) -> bool:
        return self.bearers > COMMON

    @property
    def worth(self) -> float:
        """More for a rare word: 1 for one borne by thousands, up to 4.5 for a unique one."""
        return 1.0 + log10(COMMON / max(1, min(self.bearers, COMMON)))

    def value(self, token: int, slot: NameSlot) -> float:
        """Return what a person gains who bears ``token`` at ``slot``."""
        elsewhere = _MOTHERS if slot is NameSlot.MOTHER else _ELSEWHERE
        return self.worth * self.tokens[token] * (1.0 if slot in self.slots else elsewhere)


@dataclass(frozen=True, slots=True)
class Hit:
    """A person found, and how well: 1 where every word is borne exactly."""

    person: MissingPerson
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """The persons found, best first, or a part of them; ``more`` if the list was cut."""

    hits: tuple[Hit, ...]
    count: int
    """How many were found in all."""
    more: bool = False


def search_names(
    session: Session, scope: Scope, text: str, limit: int = MOST, *, part: slice = WHOLE
) -> Found:
    """Return the persons within ``scope`` whose name or number ``text`` may mean.

    At most ``limit`` are found; only those of ``part`` are loaded.
    """
    by_number = _by_number(session, scope, text)
    if by_number is not None:
        hits = [Hit(by_number, 1.0)]
        return Found(tuple(hits[part]), len(hits))
    words = _words(session, scope, text)
    scores = _scores(session, scope, [word for word in words if word.tokens], limit)
    whole = sum(word.worth for word in words)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]
    persons = _persons(session, scope, [person_id for person_id, _ in ranked[part]])
    hits = [
        Hit(persons[person_id], score / whole)
        for person_id, score in ranked[part]
        if person_id in persons
    ]
    return Found(tuple(hits), len(ranked), more=len(scores) >= limit)


def _by_number(session: Session, scope: Scope, text: str) -> MissingPerson | None:
    number = read_number(text, PERSON)
    told = read_number(text, REPORT)
    query = within(sa.select(MissingPerson), scope).where(
        sa.or_(
            MissingPerson.number == number,
            MissingPerson.id.in_(
                sa.select(AnteMortemReport.missing_person_id).where(AnteMortemReport.number == told)
            ),
        )
    )
    return session.scalars(query.limit(1)).first() if number or told else None


def _words(session: Session, scope: Scope, text: str) -> list[Word]:
    typed = tokens(text)[:MOST_WORDS]
    words = []
    for place, token in enumerate(typed):
        is_last = place == len(typed) - 1
        found = _same_names(session, token)
        if is_last or not found:
            found = _beginnings(session, token) | found
        words.append(Word(_usual_slots(place, is_last), found, _bearers(session, scope, found)))
    return words


def _usual_slots(place: int, is_last: bool) -> frozenset[NameSlot]:  # noqa: FBT001 - says itself
    usual = set(_ORDER[place : place + 1])
    return frozenset(usual | {NameSlot.FAMILY} if is_last and place else usual)


def _same_names(session: Session, token: str) -> dict[int, float]:
    """Return the tokens of the index that spell the same name, with their similarity."""
    query = (
        sa.select(NameToken.id, NameToken.text)
        .join(NameTokenKey)
        .where(NameTokenKey.key.in_(sorted(search_keys(token))))
        .distinct()
        .limit(MOST_TOKENS)
    )
    candidates = session.execute(query).all()
    if not candidates:
        return {}
    table = TokenTable([token, *(text for _, text in candidates)])
    alike = table.similarities([0], range(1, len(table)))[0]
    return {
        token_id: 1.0 if text == token else _OTHER_SPELLING * float(similarity)
        for (token_id, text), similarity in zip(candidates, alike, strict=True)
        if similarity >= SAME_NAME
    }


def _beginnings(session: Session, token: str) -> dict[int, float]:
    """Return the tokens that begin as ``token`` does, with or without the article."""
    begun = normalise(token).replace(" ", "")
    if len(begun) < SHORTEST_BEGINNING:
        return {}
    article = "ال" if begun[0] >= "\u0600" else "al"
    ranges = [
        sa.and_(NameToken.text >= start, NameToken.text < start + "\U0010ffff")
        for start in (begun, article + begun)
    ]
    query = sa.select(NameToken.id, NameToken.text).where(sa.or_(*ranges))
    found = session.execute(query.order_by(sa.func.length(NameToken.text)).limit(MOST_BEGUN))
    return {token_id: BEGUN * len(begun) ** 0.25 / len(text) ** 0.25 for token_id, text in found}


def _bearers(session: Session, scope: Scope, found: Iterable[int]) -> int:
    """Count the postings of ``found``, as far as it matters."""
    postings = within_operations(sa.select(sa.literal(1)), PersonName.operation_id, scope)
    counted = postings.where(PersonName.token_id.in_(sorted(found))).limit(COMMON + 1)
    return session.scalar(sa.select(sa.func.count()).select_from(counted.subquery())) or 0


def _scores(session: Session, scope: Scope, words: Sequence[Word], limit: int) -> dict[int, float]:
    best: dict[int, dict[int, float]] = {}
    common = []
    for place, word in enumerate(words):
        if word.is_common:
            common.append((place, word))
        else:
            _add(best, place, word, _postings(session, scope, word))
    if common:
        gathered = _leading(best, limit)
        if len(gathered) < limit:
            found = _bearing_all(session, scope, [word for _, word in common], limit)
            gathered |= dict.fromkeys(found)
        for place, word in common:
            _add(best, place, word, _postings_of(session, word, list(gathered)))
    return {person: sum(values.values()) for person, values in best.items()}


def _add(
    best: dict[int, dict[int, float]],
    place: int,
    word: Word,
    postings: Iterable[tuple[int, int, NameSlot]],
) -> None:
    for person, token, slot in postings:
        values = best.setdefault(person, {})
        values[place] = max(values.get(place, 0.0), word.value(token, slot))


def _leading(best: dict[int, dict[int, float]], limit: int) -> dict[int, None]:
    """Return the persons who lead by the rare words alone."""
    ranked = sorted(best, key=lambda person: (-sum(best[person].values()), person))
    return dict.fromkeys(ranked[: 2 * limit])


def _postings(session: Session, scope: Scope, word: Word) -> Iterable[tuple[int, int, NameSlot]]:
    query = within_operations(_POSTING, PersonName.operation_id, scope)
    rows = session.execute(query.where(PersonName.token_id.in_(sorted(word.tokens))))
    return ((person, token, slot) for person, token, slot in rows)


def _postings_of(
    session: Session, word: Word, persons: Sequence[int]
) -> Iterable[tuple[int, int, NameSlot]]:
    for part in parts_of(persons):
        query = _POSTING.where(PersonName.missing_person_id.in_(part))
        for person, token, slot in session.execute(query):
            if token in word.tokens:
                yield person, token, slot


def _bearing_all(
    session: Session, scope: Scope, words: Sequence[Word], limit: int
) -> Iterator[int]:
    """Yield persons who bear all of these common words; where few do, also all but one."""
    found = list(islice(_bearing(session, scope, words), limit))
    yield from found
    if len(words) > 2 and len(found) < FEW:
        for left_out in words:
            rest = [word for word in words if word is not left_out]
            yield from islice(_bearing(session, scope, rest), FEW)


def _bearing(session: Session, scope: Scope, words: Sequence[Word]) -> Iterator[int]:
    """Yield persons who bear every one of ``words``, those as typed first."""
    first, *others = words
    for tokens_ in _by_likeness(first):
        query = sa.select(PersonName.missing_person_id).where(PersonName.token_id.in_(tokens_))
        query = within_operations(query, PersonName.operation_id, scope)
        for place, word in enumerate(others):
            other = aliased(PersonName, name=f"other_{place}")
            query = query.join(
                other, other.missing_person_id == PersonName.missing_person_id
            ).where(other.token_id.in_(sorted(word.tokens)), other.id != PersonName.id)
        for slots in (PersonName.slot.in_(first.slots), PersonName.slot.not_in(first.slots)):
            yield from session.scalars(query.where(slots).limit(MOST))


def _by_likeness(word: Word) -> list[list[int]]:
    """Return the tokens of ``word``: the one written as typed, then all others."""
    exact = [token for token, similarity in word.tokens.items() if similarity == 1.0]
    rest = [token for token in word.tokens if token not in exact]
    return [sorted(group) for group in (exact, rest) if group]


def _persons(session: Session, scope: Scope, ids: Sequence[int]) -> dict[int, MissingPerson]:
    persons: dict[int, MissingPerson] = {}
    for part in parts_of(ids):
        query = within(sa.select(MissingPerson).where(MissingPerson.id.in_(part)), scope)
        persons.update({person.id: person for person in session.scalars(query)})
    return persons
