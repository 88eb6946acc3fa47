"""Compares every profile with every other in the background, and keeps what people made of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.audit.reasons import because
from caseman.audit.recorder import WORKER
from caseman.coding import N_
from caseman.database import DomainError, Sessions, now
from caseman.identification.codes import LikenessVerdict
from caseman.identification.genetics import Terms
from caseman.identification.likeness import Alike, Typed, find_alike
from caseman.identification.models import DnaCompared, DnaLikeness, LikenessFinding
from caseman.identification.profiles import (
    all_settings,
    load_profiles,
    load_single_runs,
    terms_of,
)
from caseman.identification.services.seen_profiles import Digester, withdrawn_among
from caseman.jobs.registry import long_job
from caseman.laboratory.models import DnaSource, TypingRun
from caseman.reports.models import Relative

COMPARE: Final = "compare_dna"
"""The kind of the background job."""

PURPOSE: Final = "digests of compared profiles"


class FindingRefusedError(DomainError):
    """Nothing can be made of two profiles so."""


@dataclass(frozen=True)
class Comparing:
    """The profiles of an operation, and which of them are to be compared."""

    operation_id: int
    terms: Terms
    typed: Sequence[Typed]
    declared: Mapping[int, int]
    digests: Mapping[int, str]
    changed: frozenset[int]
    gone: frozenset[int]


@long_job(COMPARE)
def compare(sessions: Sessions, _payload: Mapping[str, Any]) -> None:
    """Compare in every operation whose laboratory has decided by what DNA is weighed."""
    with sessions.read() as session:
        operations = [each.operation_id for each in all_settings(session)]
    for operation_id in operations:
        compare_operation(sessions, operation_id)


def compare_operation(sessions: Sessions, operation_id: int) -> None:
    """Compare what changed with everything: read, compute without a lock, then write."""
    with sessions.read() as session:
        comparing = read(session, operation_id)
    if not (comparing.changed or comparing.gone):
        return
    alike = find_alike(comparing.terms, comparing.typed, comparing.declared, comparing.changed)
    with sessions.transaction(actor=WORKER) as session:
        _write(session, comparing, alike)


def read(session: Session, operation_id: int) -> Comparing:
    """Return what may be compared now, and what of it changed since it was last compared."""
    settings = next(e for e in all_settings(session) if e.operation_id == operation_id)
    terms = terms_of(settings)
    own = DnaSource.operation_id == operation_id
    sources = session.execute(sa.select(DnaSource.id, DnaSource.kind).where(own))
    kinds = {source_id: kind for source_id, kind in sources}  # noqa: C416 - typed rows
    profiles = load_profiles(session, kinds)
    runs = load_single_runs(session, profiles)
    digest = Digester(session, PURPOSE, terms)
    digests = {
        source_id: digest(alleles, *([runs[source_id]] if source_id in runs else ()))
        for source_id, alleles in profiles.items()
    }
    before = sa.select(DnaCompared).where(DnaCompared.operation_id == operation_id)
    known = {row.source_id: row.digest for row in session.scalars(before)}
    families = sa.select(Relative).where(Relative.source_id.in_(sorted(profiles)))
    return Comparing(
        operation_id,
        terms,
        [
            Typed(source_id, kinds[source_id], own, runs.get(source_id, ()))
            for source_id, own in profiles.items()
        ],
        {
            relative.source_id: relative.missing_person_id
            for relative in session.scalars(families)
            if relative.source_id is not None
        },
        digests,
        frozenset(key for key, at in digests.items() if known.get(key) != at),
        frozenset(known.keys() - digests.keys()),
    )


def _write(session: Session, comparing: Comparing, alike: Sequence[Alike]) -> None:
    """Replace what was found of some sources, but for those withdrawn meanwhile."""
    forget_likeness(session, comparing.changed | comparing.gone)
    gone = withdrawn_among(session, comparing.digests)
    rows = [
        {"operation_id": comparing.operation_id, **asdict(each), "differing": [*each.differing]}
        for each in alike
        if not gone & {each.first_id, each.second_id}
    ]
    if rows:
        session.execute(sa.insert(DnaLikeness), rows)
    compared = [
        {"operation_id": comparing.operation_id, "source_id": key, "digest": comparing.digests[key]}
        for key in sorted(comparing.changed - gone)
    ]
    if compared:
        session.execute(sa.insert(DnaCompared), compared)


def forget_likeness(session: Session, source_ids: Collection[int]) -> None:
    """Delete whatever was found of some sources."""
    ids = sorted(source_ids)
    of_them = DnaLikeness.first_id.in_(ids) | DnaLikeness.second_id.in_(ids)
    session.execute(sa.delete(DnaLikeness).where(of_them))
    session.execute(sa.delete(DnaCompared).where(DnaCompared.source_id.in_(ids)))


@dataclass(frozen=True, slots=True)
class Judged:
    """What somebody made of two profiles that are alike."""

    finding: LikenessVerdict
    reason: str
    runs: Sequence[TypingRun]
    """Runs that are contaminated, where it is contamination."""


def judge_likeness(
    session: Session, likeness: DnaLikeness, judged: Judged, by: User
) -> LikenessFinding:
    """Keep what ``by`` made of it; contaminated runs leave every weighing in the same moment."""
    if not judged.reason.strip():
        raise FindingRefusedError(N_("Write why."))
    is_contamination = judged.finding is LikenessVerdict.CONTAMINATION
    if is_contamination != bool(judged.runs):
        raise FindingRefusedError(
            N_("Tick the contaminated runs, at least one, where contamination is confirmed.")
        )
    with because(session, judged.reason):
        row = LikenessFinding(
            first=likeness.first,
            second=likeness.second,
            finding=judged.finding,
            reason=judged.reason,
            decided_by=by,
        )
        session.add(row)
        for run in judged.runs:
            run.set_aside_at = now()
        session.flush()
    return row
