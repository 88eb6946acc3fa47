"""What is stored of the evidence for a candidate, and the lines it becomes when a page shows it.

A ranking keeps only what each line weighs; the values of both sides are read from the records of
the twenty pairs that somebody looks at, not of the hundred thousand that nobody does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from caseman import matching
from caseman.identification.adapters import load_persons, load_remains
from caseman.identification.models import Candidate
from caseman.matching import Agreement, EvidenceLine, LineName

USUAL = matching.Setting(2016.0, 5.0)
"""What the engine takes as typical where no report tells a date."""

PlainLine = dict[str, matching.Plain]


def key_of(parameters: matching.Parameters) -> str:
    """Return the engine and ``parameters`` as one word."""
    return f"{matching.VERSION}:{parameters.model}:{parameters.digest[:16]}"


def model_of(pool: matching.Pool) -> str:
    """Return what scores rest on: engine, parameters, and what is typical of the reports."""
    typical = pool.setting
    return f"{key_of(pool.parameters)}:{typical.typical_year:.2f}:{typical.typical_spread:.2f}"


def stored_lines(ranking: matching.Ranking, row: int, place: int) -> list[Any]:
    """Return the lines of one place of a ranking as a candidate stores them.

    A line is its name and its weight in 1/256 nat. One about other pairs cannot be read from the
    two records, so it is kept whole.
    """
    beside = {} if ranking.neighbours is None else _beside(ranking, row, place)
    return weights_of(ranking.parts[row, place], without=beside.keys()) + [
        line.as_plain() for line in beside.values()
    ]


def weights_of(parts: Iterable[Any], without: Iterable[LineName] = ()) -> list[Any]:
    """Return the lines that weigh something, each as its name and its weight."""
    left_out = frozenset(without)
    return [
        [line.value, int(units)]
        for line, units in zip(matching.LINES, parts, strict=True)
        if units and line not in left_out
    ]


def _beside(ranking: matching.Ranking, row: int, place: int) -> dict[LineName, EvidenceLine]:
    assert ranking.neighbours is not None  # noqa: S101 - the caller has looked
    keys = ranking.remains, ranking.pool.report_keys
    found = ranking.neighbours.findings(row, place, *keys)
    parts = dict(zip(matching.LINES, ranking.parts[row, place].tolist(), strict=True))
    return {
        name: EvidenceLine(
            name,
            finding.level,
            finding.agreement,
            float(parts[name] * matching.TO_LOG10),
            finding.post_mortem,
            finding.ante_mortem,
        )
        for name, finding in found.items()
    }


def is_fresh(candidate: Candidate, parameters: matching.Parameters) -> bool:
    """Say whether the candidate was weighed by ``parameters`` and as both records are now."""
    same_engine = candidate.model.startswith(f"{key_of(parameters)}:")
    return same_engine and not is_outdated(candidate)


def is_outdated(candidate: Candidate) -> bool:
    """Say whether a record of the pair changed after it was weighed."""
    changed = (candidate.remains.evidence_changed_at, candidate.missing_person.evidence_changed_at)
    return candidate.ranked_at <= max(changed)


def lines_of(session: Session, candidates: Sequence[Candidate]) -> Mapping[int, list[PlainLine]]:
    """Return, by candidate id, the lines with the values of both sides as the records are now.

    Lines that were stored whole are returned as they were stored.
    """
    remains = _by_id(load_remains(session, {each.remains_id for each in candidates}))
    persons = _by_id(load_persons(session, {each.missing_person_id for each in candidates}))
    return {
        each.id: [
            *_told(each, remains.get(each.remains_id), persons.get(each.missing_person_id)),
            *(line for line in each.lines if isinstance(line, dict)),
        ]
        for each in candidates
    }


def _by_id(values: Iterable[Any]) -> dict[int, Any]:
    return {int(value.key): value for value in values}


def _told(
    candidate: Candidate,
    remains: matching.PostMortem | None,
    person: matching.AnteMortem | None,
) -> Iterator[PlainLine]:
    kept_whole = {line["line"] for line in candidate.lines if isinstance(line, dict)}
    if remains is not None and person is not None:
        for line in direct_lines(candidate, remains, person):
            is_told = line.agreement is not Agreement.NOT_RECORDED
            if is_told and line.line.value not in kept_whole:
                yield line.as_plain()


def direct_lines(
    candidate: Candidate, remains: matching.PostMortem, person: matching.AnteMortem
) -> tuple[EvidenceLine, ...]:
    """Return the lines that the two records show, those not recorded among them."""
    units = {LineName(line[0]): int(line[1]) for line in candidate.lines if isinstance(line, list)}
    return retelling(candidate.model).lines(remains, person, units)


@lru_cache(maxsize=16)
def retelling(model: str) -> matching.Retelling:
    """Return what words weights that were kept under ``model``.

    A learnt model changes what lines count and no level, so that the words are those of day one.
    """
    *_, year, spread = model.split(":") if model.count(":") == 4 else ("", "")
    setting = matching.Setting(float(year), float(spread)) if year else USUAL
    return matching.Retelling(matching.DAY_ONE, setting)
