"""Rows of the laboratory, samples and family trees become values to be weighed, here only.

Nothing of a source whose consent is withdrawn, and nothing that waits for a second analyst, ever
leaves this module.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from caseman.identification.family_trees import FamilyTree, Told, family_tree
from caseman.identification.genetics import Alleles, Terms, TypedFamily, TypedRemains
from caseman.identification.queries.misfits import left_out_of
from caseman.kinship import KinshipError, MutationModel
from caseman.laboratory.codes import MAY_DROP_OUT, MutationKind
from caseman.laboratory.models import DnaSource, LaboratorySettings, Specimen, TypingRun
from caseman.laboratory.reading.consensus import consensus
from caseman.remains.models import Remains, RemainsSample
from caseman.reports.codes import OPEN_STATUSES
from caseman.reports.models import MissingPerson, Relative


def terms_of(settings: LaboratorySettings) -> Terms:
    """Return by what an operation weighs."""
    kind = settings.mutation
    return Terms(
        frequencies=settings.table.frequencies,
        minimum=settings.table.minimum,
        theta=settings.theta,
        mutation=None if kind is MutationKind.NONE else MutationModel(kind.value),
        female_rate=settings.female_rate,
        male_rate=settings.male_rate,
    )


def all_settings(session: Session) -> Sequence[LaboratorySettings]:
    """Return how DNA is weighed in each operation that decided so."""
    statement = sa.select(LaboratorySettings).options(joinedload(LaboratorySettings.table))
    return session.scalars(statement.order_by(LaboratorySettings.id)).all()


def load_typed_remains(
    session: Session, operation_id: int, source_ids: Collection[int] | None = None
) -> list[TypedRemains]:
    """Return every typed source of remains in an operation, or of those with ``source_ids``."""
    statement = (
        sa.select(Specimen.source_id, RemainsSample.remains_id)
        .join(RemainsSample, RemainsSample.specimen_id == Specimen.id)
        .join(Remains, RemainsSample.remains_id == Remains.id)
        .where(
            Specimen.operation_id == operation_id,
            RemainsSample.voided_at.is_(None),
            Remains.voided_at.is_(None),
        )
    )
    if source_ids is not None:
        statement = statement.where(Specimen.source_id.in_(sorted(source_ids)))
    remains_of = {row.source_id: row.remains_id for row in session.execute(statement)}
    profiles = load_profiles(session, remains_of)
    return [TypedRemains(source, remains_of[source], own) for source, own in profiles.items()]


def load_family(session: Session, person: MissingPerson) -> TypedFamily | None:
    """Return one family; None where nobody in it is typed. Raises KinshipError as ``tree_of``."""
    tree = _trees(session, [person.id]).get(person.id, ())
    kept = used(session, tree)
    return _family(person, tree, load_profiles(session, _sources(kept)), kept)


def load_tree(session: Session, person: MissingPerson) -> TypedFamily:
    """Return one family, with or without profiles. Raises KinshipError as ``tree_of``."""
    tree = _trees(session, [person.id]).get(person.id, ())
    kept = used(session, tree)
    profiles = load_profiles(session, _sources(kept))
    return _placed(person, tree, profiles, _typed(tree, profiles, kept))


def load_families(
    session: Session, operation_id: int
) -> tuple[list[TypedFamily], dict[int, KinshipError]]:
    """Return the families with typed relatives, and by person why a tree cannot be used."""
    sought = sa.select(MissingPerson).where(
        MissingPerson.operation_id == operation_id,
        MissingPerson.status.in_(sorted(OPEN_STATUSES)),
        sa.exists().where(
            Relative.missing_person_id == MissingPerson.id, Relative.source_id.is_not(None)
        ),
    )
    persons = session.scalars(sought.order_by(MissingPerson.id)).all()
    trees = _trees(session, [person.id for person in persons])
    kept = used(session, [relative for tree in trees.values() for relative in tree])
    profiles = load_profiles(session, _sources(kept))
    families: list[TypedFamily] = []
    faults: dict[int, KinshipError] = {}
    for person in persons:
        try:
            family = _family(person, trees.get(person.id, ()), profiles, kept)
        except KinshipError as fault:
            faults[person.id] = fault
        else:
            families += [family] if family else []
    return families, faults


def tree_of(person: MissingPerson, relatives: Iterable[Relative]) -> FamilyTree:
    """Return the tree as the family told it; raises KinshipError where it contradicts itself."""
    told = [
        Told(
            str(each.id),
            each.kin,
            each.sex,
            None if each.through_id is None else str(each.through_id),
            each.is_by_birth,
        )
        for each in relatives
    ]
    return family_tree(person.sex, told)


def _trees(session: Session, person_ids: Sequence[int]) -> Mapping[int, Sequence[Relative]]:
    statement = sa.select(Relative).where(Relative.missing_person_id.in_(person_ids))
    statement = statement.options(
        joinedload(Relative.source),
        joinedload(Relative.missing_person),
        selectinload(Relative.consents),
    )
    found: dict[int, list[Relative]] = defaultdict(list)
    for relative in session.scalars(statement.order_by(Relative.ordinal)):
        found[relative.missing_person_id].append(relative)
    return found


def used(session: Session, relatives: Sequence[Relative]) -> set[Relative]:
    """Return those of some relatives whose profile nobody decided to leave out."""
    left_out = left_out_of(session, [each.id for each in relatives])
    return {each for each in relatives if each.id not in left_out}


def _sources(relatives: Iterable[Relative]) -> list[int]:
    return [
        each.source.id
        for each in relatives
        if each.source is not None and each.source.withdrawn_at is None and each.consent is not None
    ]


def _family(
    person: MissingPerson,
    relatives: Sequence[Relative],
    profiles: Mapping[int, Alleles],
    kept: Collection[Relative],
) -> TypedFamily | None:
    typed = _typed(relatives, profiles, kept)
    family = _placed(person, relatives, profiles, typed) if typed else None
    return family if family and family.alleles else None


def _typed(
    relatives: Sequence[Relative], profiles: Mapping[int, Alleles], kept: Collection[Relative]
) -> dict[str, int]:
    open_sources = {*_sources(relatives)} & profiles.keys()
    return {
        str(each.id): each.source_id
        for each in relatives
        if each in kept and each.source_id is not None and each.source_id in open_sources
    }


def _placed(
    person: MissingPerson,
    relatives: Sequence[Relative],
    profiles: Mapping[int, Alleles],
    typed: Mapping[str, int],
) -> TypedFamily:
    tree = tree_of(person, relatives)
    sources = {tree.places[key]: typed[key] for key in typed if key in tree.places}
    alleles = {place: profiles[source] for place, source in sources.items()}
    return TypedFamily(person.id, tree, alleles, sources)


def load_profiles(session: Session, source_ids: Iterable[int]) -> dict[int, Alleles]:
    """Return the consensus of each source: of runs verified, not set aside, with consent."""
    runs = _runs(session, source_ids)
    found = {source.id: _consensus(source, own) for source, own in runs.items()}
    return {source: alleles for source, alleles in found.items() if alleles}


def load_single_runs(session: Session, source_ids: Iterable[int]) -> dict[int, list[Alleles]]:
    """Return each run apart, of the sources that have several which count."""
    return {
        source.id: [_consensus(source, [run]) for run in own]
        for source, own in _runs(session, source_ids).items()
        if len(own) > 1
    }


def _runs(session: Session, source_ids: Iterable[int]) -> Mapping[DnaSource, Sequence[TypingRun]]:
    statement = (
        sa.select(TypingRun)
        .join(TypingRun.specimen)
        .join(Specimen.source)
        .where(
            Specimen.source_id.in_(sorted(source_ids)),
            DnaSource.withdrawn_at.is_(None),
            TypingRun.verified_at.is_not(None),
            TypingRun.set_aside_at.is_(None),
        )
        .options(joinedload(TypingRun.specimen).joinedload(Specimen.source))
        .order_by(TypingRun.id)
    )
    runs: dict[DnaSource, list[TypingRun]] = defaultdict(list)
    for run in session.scalars(statement):
        runs[run.specimen.source].append(run)
    return runs


def _consensus(source: DnaSource, runs: Sequence[TypingRun]) -> Alleles:
    seen = [run.seen for run in runs]
    lines = consensus(seen, may_drop_out=source.kind in MAY_DROP_OUT)
    return {line.marker: line.alleles for line in lines if line.alleles}
