"""Reads of remains, each within a scope."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from caseman.accounts.models import Team
from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.coding import SexEstimate
from caseman.custody.models import Exhibit
from caseman.laboratory.models import Specimen
from caseman.permissions import Scope
from caseman.remains.codes import IDENTIFIED, Completeness, RemainsKind, RemainsStatus
from caseman.remains.models import (
    BoneMeasurement,
    EstimateSetAside,
    FoundWith,
    Mark,
    MethodEstimate,
    OwnEquation,
    OwnTable,
    Pathology,
    PrintedBlock,
    ProfileSource,
    Reassociation,
    RecoveryEvent,
    Remains,
    RemainsSample,
    RemainsSummary,
    Trauma,
)
from caseman.remains.numbers import read_number
from caseman.searching import begins_with
from caseman.sites.models import Feature, Site
from caseman.sites.queries import feature_by_number, teams_of
from caseman.sites.scope import of_site, within_operations, within_sites

STAGES: dict[str, sa.ColumnElement[bool]] = {
    "examined": RemainsSummary.is_examined == sa.true(),
    "with_candidates": RemainsSummary.has_candidates == sa.true(),
    "identified": Remains.status.in_(IDENTIFIED),
    "released": Remains.status.in_((RemainsStatus.RELEASED, RemainsStatus.REBURIED)),
}
"""Steps of the work that a list is narrowed to."""


@dataclass(frozen=True, slots=True)
class RemainsFilter:
    """What a list of remains is narrowed to."""

    text: str = ""
    site: str = ""
    status: RemainsStatus | None = None
    kind: RemainsKind | None = None
    sex: SexEstimate | None = None
    completeness: Completeness | None = None
    photographed: bool | None = None
    stage: str = ""


def remains(scope: Scope) -> sa.Select[Remains]:
    """Return the selection of remains within ``scope``, voided numbers included."""
    return within_sites(sa.select(Remains), Remains.site_id, scope)


def as_listed(scope: Scope, begun: str = "") -> sa.Select[Remains]:
    """Return the remains within ``scope`` whose number begins so, with what a list shows.

    Their summary is joined: what ``conditions`` say of it must be of the same remains.
    """
    same = RemainsSummary.remains_id == Remains.id
    statement = remains(scope).outerjoin(RemainsSummary, same)  # nobody is lost for want of one
    if begun:
        statement = statement.where(begins_with(Remains.number, begun))
    return statement.options(
        joinedload(Remains.site), joinedload(Remains.recovery), joinedload(Remains.profile)
    )


def conditions(wanted: RemainsFilter) -> Iterable[sa.ColumnElement[bool]]:
    """Yield what remains must fit that fit ``wanted``, but for their number."""
    if wanted.site:
        yield of_site(Remains.site_id, wanted.site)
    if wanted.stage in STAGES:
        yield STAGES[wanted.stage]
        yield Remains.voided_at.is_(None)
    yield from _coded(wanted)


def _coded(wanted: RemainsFilter) -> Iterable[sa.ColumnElement[bool]]:
    if wanted.status is not None:
        yield Remains.status == wanted.status
    if wanted.kind is not None:
        yield Remains.kind == wanted.kind
    if wanted.sex is not None:
        yield RemainsSummary.sex == wanted.sex
    if wanted.completeness is not None:
        yield RemainsSummary.completeness == wanted.completeness
    if wanted.photographed is not None:
        yield RemainsSummary.is_photographed == wanted.photographed


def remains_by_number(session: Session, scope: Scope, number: str) -> Remains | None:
    """Return the remains with all that was found, or None where they are outside ``scope``."""
    statement = remains(scope).where(Remains.number == number)
    return session.scalar(
        statement.options(
            joinedload(Remains.recovery),
            joinedload(Remains.profile),
            selectinload(Remains.teeth),
            selectinload(Remains.bones),
            selectinload(Remains.marks),
            selectinload(Remains.found_names),
            selectinload(Remains.photographs),
            selectinload(Remains.number_events),
        )
    )


def numbers_at(session: Session, scope: Scope, row: Remains, numbers: Collection[str]) -> set[str]:
    """Return which of ``numbers`` are of remains at the site of ``row``, voided ones left out."""
    statement = remains(scope).where(
        Remains.number.in_(numbers), Remains.site_id == row.site_id, Remains.voided_at.is_(None)
    )
    return set(session.scalars(statement.with_only_columns(Remains.number)))


def remains_in(session: Session, scope: Scope, exhibit: Exhibit) -> Remains | None:
    """Return the remains that ``exhibit`` holds, with how and where they were lifted."""
    statement = remains(scope).where(Remains.exhibit_id == exhibit.id)
    return session.scalar(
        statement.options(joinedload(Remains.recovery), joinedload(Remains.feature))
    )


def found_with(session: Session, scope: Scope, row: Remains) -> Sequence[Remains]:
    """Return the remains within ``scope`` that lay in contact with ``row``."""
    others = sa.union_all(
        sa.select(FoundWith.other_id).where(FoundWith.remains_id == row.id),
        sa.select(FoundWith.remains_id).where(FoundWith.other_id == row.id),
    )
    statement = remains(scope).where(Remains.id.in_(others)).order_by(Remains.number)
    return session.scalars(statement).all()


def own_teams(session: Session, scope: Scope, site: Site) -> Sequence[Team]:
    """Return the reader's teams that work on ``site``: those who may give numbers there."""
    return [team for team in teams_of(session, site) if team.id in scope.team_ids]


def last_recovered(
    session: Session, scope: Scope, feature: Feature | None = None
) -> Remains | None:
    """Return what the reader's teams recovered last in ``feature``, or anywhere."""
    statement = (
        remains(scope)
        .join(Remains.recovery)
        .where(Remains.voided_at.is_(None), RecoveryEvent.team_id.in_(sorted(scope.team_ids)))
    )
    if feature is not None:
        statement = statement.where(Remains.feature_id == feature.id)
    return session.scalar(statement.order_by(RecoveryEvent.id.desc()).limit(1))


def printed_blocks(session: Session, feature: Feature) -> Sequence[PrintedBlock]:
    """Return the runs of numbers given out on paper in ``feature``, the latest first."""
    statement = sa.select(PrintedBlock).where(PrintedBlock.feature_id == feature.id)
    return session.scalars(statement.order_by(PrintedBlock.id.desc())).all()


def printed_for(
    session: Session, feature: Feature, kind: RemainsKind, sequence: int
) -> PrintedBlock | None:
    """Return the run of printed numbers that holds ``sequence``."""
    return session.scalar(
        sa.select(PrintedBlock).where(
            PrintedBlock.feature_id == feature.id,
            PrintedBlock.kind == kind,
            PrintedBlock.first <= sequence,
            PrintedBlock.last >= sequence,
        )
    )


def printed_numbers(
    session: Session, scope: Scope, numbers: Iterable[str]
) -> dict[str, RemainsKind]:
    """Return the kind of each of ``numbers`` that was given out on paper within ``scope``."""
    printed = {}
    for number in numbers:
        parts = read_number(number)
        if parts is None:
            continue
        feature = feature_by_number(session, scope, parts.site, parts.feature)
        if feature and printed_for(session, feature, parts.kind, parts.sequence):
            printed[number] = parts.kind
    return printed


def samples_of(session: Session, row: Remains) -> Sequence[RemainsSample]:
    """Return the samples cut from ``row`` with how far each is, the first cut first."""
    statement = sa.select(RemainsSample).where(RemainsSample.remains_id == row.id)
    far = joinedload(RemainsSample.specimen)
    return session.scalars(statement.options(far).order_by(RemainsSample.id)).all()


def measurements_of(session: Session, row: Remains) -> Sequence[BoneMeasurement]:
    """Return what was measured on the bones of ``row``, bone by bone."""
    statement = sa.select(BoneMeasurement).where(BoneMeasurement.remains_id == row.id)
    by_bone = (BoneMeasurement.measure, BoneMeasurement.side)
    return session.scalars(statement.order_by(*by_bone)).all()


def units_measured_beside(session: Session, scope: Scope, row: Remains) -> Sequence[Remains]:
    """Return the other units of one person at the site of ``row`` of which bones were measured."""
    measured = sa.exists().where(BoneMeasurement.remains_id == Remains.id)
    statement = remains(scope).where(
        Remains.site_id == row.site_id,
        Remains.id != row.id,
        Remains.kind != RemainsKind.COMMINGLED,
        Remains.voided_at.is_(None),
        measured,
    )
    statement = statement.options(selectinload(Remains.bones)).order_by(Remains.number)
    return session.scalars(statement).all()


def measured_lengths(
    session: Session, some: Collection[Remains]
) -> Mapping[int, list[BoneMeasurement]]:
    """Return what was measured on the bones of some remains, by their id."""
    statement = sa.select(BoneMeasurement)
    statement = statement.where(BoneMeasurement.remains_id.in_([each.id for each in some]))
    found: dict[int, list[BoneMeasurement]] = defaultdict(list)
    for each in session.scalars(statement.order_by(BoneMeasurement.id)):
        found[each.remains_id].append(each)
    return found


def reassociations(session: Session, scope: Scope, row: Remains) -> Sequence[Reassociation]:
    """Return all that was ever held to be of one person with ``row``, the last one first."""
    seen = remains(scope).with_only_columns(Remains.id)
    statement = sa.select(Reassociation).where(
        sa.or_(Reassociation.remains_id == row.id, Reassociation.other_id == row.id),
        Reassociation.remains_id.in_(seen),
        Reassociation.other_id.in_(seen),
    )
    statement = statement.options(
        joinedload(Reassociation.remains),
        joinedload(Reassociation.other),
        joinedload(Reassociation.proposed_by),
        joinedload(Reassociation.signed_by),
        joinedload(Reassociation.undone_by),
    )
    return session.scalars(statement.order_by(Reassociation.id.desc())).all()


def sources_of(session: Session, row: Remains) -> Sequence[ProfileSource]:
    """Return the estimates that the profile of ``row`` now stands on."""
    statement = sa.select(ProfileSource).where(ProfileSource.remains_id == row.id)
    return session.scalars(statement.order_by(ProfileSource.id)).all()


def estimates_of(session: Session, row: Remains) -> Sequence[MethodEstimate]:
    """Return everything that methods said of ``row`` and was kept, the first one first."""
    statement = sa.select(MethodEstimate).where(MethodEstimate.remains_id == row.id)
    statement = statement.options(joinedload(MethodEstimate.taken_by))
    return session.scalars(statement.order_by(MethodEstimate.id)).all()


def set_aside_of(session: Session, row: Remains) -> Sequence[EstimateSetAside]:
    """Return which results on ``row`` are set aside, in the order in which that was said."""
    statement = sa.select(EstimateSetAside).where(
        EstimateSetAside.remains_id == row.id, EstimateSetAside.lifted_at.is_(None)
    )
    statement = statement.options(
        joinedload(EstimateSetAside.estimate), joinedload(EstimateSetAside.set_by)
    )
    return session.scalars(statement.order_by(EstimateSetAside.id)).all()


def own_equations(
    session: Session, operation_ids: Collection[int], *, retired: bool = False
) -> Sequence[OwnEquation]:
    """Return the equations that operations have of their own, by name; ``retired`` ones too."""
    statement = sa.select(OwnEquation).where(OwnEquation.operation_id.in_(operation_ids))
    if not retired:
        statement = statement.where(OwnEquation.out_of_use_at.is_(None))
    order = (OwnEquation.method, OwnEquation.year, OwnEquation.id)
    statement = statement.options(joinedload(OwnEquation.added_by))
    return session.scalars(statement.order_by(*order)).all()


def own_equation(session: Session, scope: Scope, row_id: int) -> OwnEquation | None:
    """Return one equation of an operation that ``scope`` works in."""
    mine = within_operations(sa.select(OwnEquation), OwnEquation.operation_id, scope)
    return session.scalar(mine.where(OwnEquation.id == row_id))


def own_tables(
    session: Session, operation_ids: Collection[int], *, retired: bool = False
) -> Sequence[OwnTable]:
    """Return the tables that operations have of their own, by name; ``retired`` ones too."""
    statement = sa.select(OwnTable).where(OwnTable.operation_id.in_(operation_ids))
    if not retired:
        statement = statement.where(OwnTable.out_of_use_at.is_(None))
    return session.scalars(statement.order_by(OwnTable.method, OwnTable.year, OwnTable.id)).all()


def own_table(session: Session, scope: Scope, row_id: int) -> OwnTable | None:
    """Return one table of an operation that ``scope`` works in."""
    mine = within_operations(sa.select(OwnTable), OwnTable.operation_id, scope)
    return session.scalar(mine.where(OwnTable.id == row_id))


def samples(scope: Scope) -> sa.Select[RemainsSample]:
    """Return the selection of samples cut from remains within ``scope``."""
    statement = sa.select(RemainsSample).join(RemainsSample.remains)
    return within_sites(statement, Remains.site_id, scope).options(
        joinedload(RemainsSample.remains).joinedload(Remains.site),
        joinedload(RemainsSample.specimen).joinedload(Specimen.source),
    )


def sample_in(session: Session, scope: Scope, exhibit: Exhibit) -> RemainsSample | None:
    """Return the sample that ``exhibit`` holds."""
    return session.scalar(samples(scope).where(RemainsSample.exhibit_id == exhibit.id))


def injuries_of(session: Session, remains: Remains) -> Sequence[Trauma]:
    """Return what injuries were described, struck ones included, in the order of their entry."""
    mine = sa.select(Trauma).where(Trauma.remains_id == remains.id)
    return session.scalars(mine.order_by(Trauma.id)).all()


def diseases_of(session: Session, remains: Remains) -> Sequence[Pathology]:
    """Return what diseases were described, struck ones included, in the order of their entry."""
    mine = sa.select(Pathology).where(Pathology.remains_id == remains.id)
    return session.scalars(mine.order_by(Pathology.id)).all()


def lesions_of(session: Session, remains: Remains) -> list[Trauma | Pathology]:
    """Return injuries and diseases described on ``remains`` that are not struck."""
    described: list[Trauma | Pathology] = [
        *injuries_of(session, remains),
        *diseases_of(session, remains),
    ]
    return [each for each in described if each.struck_at is None]


def lesions_kept_as(session: Session, mark: Mark) -> list[Trauma | Pathology]:
    """Return the injuries and diseases that are compared as ``mark``."""
    injuries = session.scalars(sa.select(Trauma).where(Trauma.mark_id == mark.id))
    diseases = session.scalars(sa.select(Pathology).where(Pathology.mark_id == mark.id))
    return [*injuries, *diseases]


def corrections_of(session: Session, lesion: Trauma | Pathology) -> Sequence[AuditEntry]:
    """Return what the trail tells of changes to ``lesion``, the oldest first."""
    entries = sa.select(AuditEntry).where(
        AuditEntry.table_name == lesion.__tablename__,
        AuditEntry.row_id == lesion.id,
        AuditEntry.action == Action.UPDATE,
    )
    return session.scalars(entries.order_by(AuditEntry.seq)).all()
