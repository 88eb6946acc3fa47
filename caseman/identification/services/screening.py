"""Weighs DNA in the background: what changed since the last screening, against all others.

Read, compute without a lock, then write a few families at a time. Consent that is withdrawn while
a screening runs is seen again in the transaction that would write.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.audit.recorder import WORKER
from caseman.database import Sessions, now
from caseman.identification.codes import RunState
from caseman.identification.genetics import (
    Terms,
    TypedFamily,
    TypedRemains,
    Weigher,
    Weight,
    clash_of,
)
from caseman.identification.models import DnaMisfit, DnaResult, DnaScreened, ScreeningRun
from caseman.identification.profiles import (
    all_settings,
    load_families,
    load_typed_remains,
    terms_of,
)
from caseman.identification.queries.dna import LOWEST
from caseman.identification.services.checking import misfits_of, write_misfits
from caseman.identification.services.dna_lines import renew_open_pairings
from caseman.identification.services.joint import ask_sites_of_profiles, forget_solutions
from caseman.identification.services.seen_profiles import Digester, withdrawn_among
from caseman.identification.services.storing import parts_of
from caseman.jobs.registry import long_job
from caseman.kinship import KinshipError

SCREEN = "screen_dna"
"""The kind of the background job."""

AT_ONCE = 20
"""Families written in one transaction."""

PURPOSE = "digests of profiles"

CHECKED = "checked among themselves"
"""Part of the digest of a family: those weighed before there was a check are due once more."""


@dataclass(frozen=True)
class Screening:
    """What an operation holds, and what of it is to be weighed anew."""

    operation_id: int
    terms: Terms
    remains: Sequence[TypedRemains]
    families: Sequence[TypedFamily]
    digests: "Digests"
    changed_sources: frozenset[int]
    changed_persons: frozenset[int]
    faults: dict[int, KinshipError] = field(default_factory=dict)

    @property
    def is_due(self) -> bool:
        """Whether there is anything to weigh."""
        return bool(self.changed_sources or self.changed_persons)


@dataclass(frozen=True, slots=True)
class Digests:
    """The state of each side that may be compared, as it was read."""

    sources: Mapping[int, str]
    persons: Mapping[int, str]


@long_job(SCREEN)
def screen(sessions: Sessions, _payload: Mapping[str, Any]) -> None:
    """Screen every operation whose laboratory has decided by what DNA is weighed."""
    with sessions.read() as session:
        operations = [each.operation_id for each in all_settings(session)]
    for operation_id in operations:
        screen_operation(sessions, operation_id)


def screen_operation(sessions: Sessions, operation_id: int) -> int | None:
    """Weigh what changed; return the id of the run, None where nothing did."""
    with sessions.read() as session:
        screening = read(session, operation_id)
    _forget_gone(sessions, screening)
    if not screening.is_due:
        return None
    run_id = begin(sessions, screening)
    ended = RunState.FAILED
    try:
        weigh(sessions, screening, run_id)
        ended = RunState.DONE
    finally:
        faults = [[person, clash_of(fault)] for person, fault in sorted(screening.faults.items())]
        _tell(sessions, run_id, state=ended, finished_at=now(), faults=faults)
    return run_id


def read(session: Session, operation_id: int) -> Screening:
    """Return what may be compared now, and what of it changed since it was last weighed."""
    settings = next(e for e in all_settings(session) if e.operation_id == operation_id)
    terms = terms_of(settings)
    remains = load_typed_remains(session, operation_id)
    families, faults = load_families(session, operation_id)
    digest = Digester(session, PURPOSE, terms)
    digests = Digests(
        {each.source_id: digest(each.remains_id, each.alleles) for each in remains},
        {
            each.person_id: digest(each.tree.pedigree.members, each.alleles, CHECKED)
            for each in families
        },
    )
    known = _known(session, operation_id)
    return Screening(
        operation_id,
        terms,
        remains,
        families,
        digests,
        frozenset(key for key, at in digests.sources.items() if known.sources.get(key) != at),
        frozenset(key for key, at in digests.persons.items() if known.persons.get(key) != at),
        faults,
    )


def _known(session: Session, operation_id: int) -> Digests:
    rows = session.scalars(
        sa.select(DnaScreened).where(DnaScreened.operation_id == operation_id)
    ).all()
    return Digests(
        {row.source_id: row.digest for row in rows if row.source_id is not None},
        {row.missing_person_id: row.digest for row in rows if row.missing_person_id is not None},
    )


def _forget_gone(sessions: Sessions, screening: Screening) -> None:
    """Take away what rests on remains or families that may not be compared any more."""
    with sessions.read() as session:
        known = _known(session, screening.operation_id)
    sources = known.sources.keys() - screening.digests.sources.keys()
    persons = known.persons.keys() - screening.digests.persons.keys()
    if sources or persons:
        with sessions.transaction(actor=WORKER) as session:
            forget(session, sources=sources, persons=persons)
            renew_open_pairings(session, persons)


def forget(
    session: Session, *, sources: Collection[int] = (), persons: Collection[int] = ()
) -> None:
    """Delete every result of some sources of remains, and of some missing persons."""
    forget_solutions(session, sources=sources, persons=persons)
    for table in (DnaResult, DnaScreened, DnaMisfit):
        session.execute(sa.delete(table).where(table.source_id.in_(sorted(sources))))
        session.execute(sa.delete(table).where(table.missing_person_id.in_(sorted(persons))))


def begin(sessions: Sessions, screening: Screening) -> int:
    """Write down that a screening began; return the id of the run."""
    with sessions.transaction(actor=WORKER) as session:
        run = ScreeningRun(
            operation_id=screening.operation_id,
            sources=len(screening.remains),
            families=len(screening.families),
            faults=[],
        )
        session.add(run)
        session.flush()
        return run.id


def _tell(sessions: Sessions, run_id: int, **values: object) -> None:
    with sessions.transaction(actor=WORKER) as session:
        own = sa.update(ScreeningRun).where(ScreeningRun.id == run_id)
        session.execute(own.values(values))


def weigh(sessions: Sessions, screening: Screening, run_id: int) -> None:
    """Weigh what changed and write it, a few families at a time."""
    everything = Weigher(screening.terms, screening.remains)
    changed = [e for e in screening.remains if e.source_id in screening.changed_sources]
    only_new = Weigher(screening.terms, changed)
    remains_of = {each.source_id: each.remains_id for each in screening.remains}
    done = pairs = 0
    for some in parts_of(screening.families, AT_ONCE):
        weighed: list[tuple[TypedFamily, list[Weight]]] = []
        misfits: dict[int, list[dict[str, Any]]] = {}
        for family in some:
            is_changed = family.person_id in screening.changed_persons
            weights = _weights(everything if is_changed else only_new, family, screening.faults)
            weighed.append((family, weights))
            if is_changed:
                misfits |= {family.person_id: misfits_of(screening.terms, family)}
        with sessions.transaction(actor=WORKER) as session:
            _write(session, screening, weighed, remains_of)
            write_misfits(session, misfits)
        done, pairs = done + len(some), pairs + sum(len(each) for _, each in weighed)
        _tell(sessions, run_id, done=done, pairs=pairs)
    with sessions.transaction(actor=WORKER) as session:
        _mark(session, screening, "source_id", screening.changed_sources, screening.digests.sources)
        ask_sites_of_profiles(session, screening.operation_id)


def _weights(
    weigher: Weigher, family: TypedFamily, faults: dict[int, KinshipError]
) -> list[Weight]:
    try:
        return weigher.weigh(family)
    except KinshipError as fault:
        faults[family.person_id] = fault
        return []


def _write(
    session: Session,
    screening: Screening,
    weighed: Sequence[tuple[TypedFamily, list[Weight]]],
    remains_of: Mapping[int, int],
) -> None:
    """Replace the results of some families, unless somebody in them withdrew meanwhile."""
    used = {source for family, _ in weighed for source in family.sources.values()}
    withdrawn = withdrawn_among(session, used)
    open_ = [each for each in weighed if not withdrawn & set(each[0].sources.values())]
    for family, weights in open_:
        own = DnaResult.missing_person_id == family.person_id
        if family.person_id not in screening.changed_persons:
            own &= DnaResult.source_id.in_(sorted(each.source_id for each in weights))
        session.execute(sa.delete(DnaResult).where(own))
    rows = [row for family, weights in open_ for row in _rows(family, weights, remains_of)]
    if rows:
        session.execute(sa.insert(DnaResult), rows)
    persons = {family.person_id for family, _ in open_}
    changed = persons & screening.changed_persons
    _mark(session, screening, "missing_person_id", changed, screening.digests.persons)
    renew_open_pairings(session, persons)


def _rows(
    family: TypedFamily, weights: Sequence[Weight], remains_of: Mapping[int, int]
) -> Iterator[dict[str, Any]]:
    for weight in weights:
        log10_lr = weight.log_ratio / math.log(10)
        if log10_lr > LOWEST:
            yield {
                "source_id": weight.source_id,
                "remains_id": remains_of[weight.source_id],
                "missing_person_id": family.person_id,
                "log10_lr": log10_lr,
                "markers": weight.markers,
                "relatives": len(family.alleles),
            }


def _mark(
    session: Session,
    screening: Screening,
    side: str,
    keys: Collection[int],
    digests: Mapping[int, str],
) -> None:
    column = getattr(DnaScreened, side)
    session.execute(sa.delete(DnaScreened).where(column.in_(sorted(keys))))
    rows = [
        {"operation_id": screening.operation_id, side: key, "digest": digests[key]}
        for key in sorted(keys)
    ]
    if rows:
        session.execute(sa.insert(DnaScreened), rows)
