"""What each export holds. No column that could cost a life can be named here."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from caseman.coding import N_, Code
from caseman.database import Base
from caseman.effects.models import PersonalEffect
from caseman.identification.models import Decision, Pairing
from caseman.identification.queries import within_pairs
from caseman.permissions import Permission, Scope
from caseman.protection import Protection, protection_of
from caseman.remains.models import BiologicalProfile, RecoveryEvent, Remains
from caseman.reports.codes import ConsentPurpose
from caseman.reports.models import MissingPerson
from caseman.reports.queries import may_be_given
from caseman.reports.queries.scope import within
from caseman.sites.models import Feature, Site
from caseman.sites.scope import within_sites

Statement = sa.Select[Any]


class ExportKind(Code):
    """What is exported."""

    MISSING_PERSONS = "missing_persons", N_("Missing persons")
    REMAINS = "remains", N_("Remains")
    EFFECTS = "effects", N_("Personal effects")
    DECISIONS = "decisions", N_("Decisions")


class FileFormat(Code):
    """The kind of file."""

    XLSX = "xlsx", N_("Workbook (XLSX)")
    CSV = "csv", N_("Plain table (CSV)")


class LifeThreateningColumnError(ValueError):
    """A column of class P3 was about to become part of an export."""

    def __init__(self, table: str, column: str) -> None:
        super().__init__(f"{table}.{column}")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What an export is narrowed to; the days are those of registration or decision."""

    site: str = ""
    recipient: ConsentPurpose | None = None
    """To whom it goes besides this office: then only what families let them have."""
    since: date | None = None
    until: date | None = None

    def as_words(self) -> dict[str, str]:
        """Return what is set, as the trail keeps it."""
        told = {
            "site": self.site,
            "recipient": self.recipient,
            "since": self.since,
            "until": self.until,
        }
        return {name: str(value) for name, value in told.items() if value}


Consented = Callable[[Statement, ConsentPurpose], Statement]


def consented_persons(statement: Statement, recipient: ConsentPurpose) -> Statement:
    """Leave the missing persons of whom every family that was asked said yes, and one did."""
    return statement.where(may_be_given(MissingPerson.id, recipient))


def consented_remains(statement: Statement, _recipient: ConsentPurpose) -> Statement:
    """Leave all: what was found in the ground was told by no family."""
    return statement


@dataclass(frozen=True, slots=True)
class ExportTable:
    """One export: who may have it, its columns, where they come from, and its day."""

    permission: Permission
    columns: tuple[tuple[str, InstrumentedAttribute[Any]], ...]
    source: Callable[[Statement, Scope], Statement]
    day: InstrumentedAttribute[Any]
    has_site: bool = True
    consented: Consented = consented_remains
    """Narrows the rows to those that families let a recipient have."""

    def statement(self, scope: Scope, wanted: Narrowing) -> Statement:
        """Return the selection of the rows within ``scope``; outside the permission, of none."""
        columns = [attribute for _, attribute in self.columns]
        statement = self.source(sa.select(*columns), scope)
        if not scope.may(self.permission):
            statement = statement.where(sa.false())
        if wanted.site and self.has_site:
            statement = statement.where(Site.code == wanted.site)
        if wanted.recipient is not None:
            statement = self.consented(statement, wanted.recipient)
        if wanted.since is not None:
            statement = statement.where(self.day >= _midnight(wanted.since))
        if wanted.until is not None:
            statement = statement.where(self.day < _midnight(wanted.until + timedelta(days=1)))
        return statement.order_by(columns[0])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def of(model: type[Base], names: str, **labels: str) -> Iterator[tuple[str, Any]]:
    """Yield the named columns with what they are called: their own name unless ``labels`` say."""
    for name in names.split():
        if protection_of(model.__tablename__, name) >= Protection.P3:
            raise LifeThreateningColumnError(model.__tablename__, name)
        yield labels.get(name, name), getattr(model, name)


def _persons(statement: Statement, scope: Scope) -> Statement:
    return within(statement.select_from(MissingPerson), scope)


def _remains(statement: Statement, scope: Scope) -> Statement:
    statement = (
        statement.select_from(Remains)
        .join(Remains.site)
        .join(Remains.feature)
        .outerjoin(Remains.recovery)
        .outerjoin(Remains.profile)
    )
    return within_sites(statement, Remains.site_id, scope)


def _effects(statement: Statement, scope: Scope) -> Statement:
    statement = (
        statement.select_from(PersonalEffect)
        .join(PersonalEffect.site)
        .join(PersonalEffect.feature)
        .outerjoin(PersonalEffect.remains)
    )
    return within_sites(statement, PersonalEffect.site_id, scope)


def _decisions(statement: Statement, scope: Scope) -> Statement:
    statement = (
        statement.select_from(Decision)
        .join(Decision.remains)
        .join(Remains.site)
        .join(Decision.missing_person)
        .join(Decision.pairing)
    )
    return within_pairs(statement, Decision.remains_id, Decision.missing_person_id, scope)


EXPORTS: Mapping[ExportKind, ExportTable] = {
    ExportKind.MISSING_PERSONS: ExportTable(
        permission=Permission.REPORT_READ,
        columns=tuple(
            of(
                MissingPerson,
                "number status name name_latin sex birth_from birth_to last_seen_from last_seen_to"
                " last_seen_place channel has_photograph registered_at closed_at closed_reason",
            )
        ),
        source=_persons,
        day=MissingPerson.registered_at,
        has_site=False,
        consented=consented_persons,
    ),
    ExportKind.REMAINS: ExportTable(
        permission=Permission.REMAINS_READ,
        columns=(
            *of(Remains, "number kind status"),
            *of(Site, "code", code="site_id"),
            *of(Feature, "number", number="feature_id"),
            *of(Remains, "deposit_from deposit_to"),
            *of(
                RecoveryEvent,
                "recovered_on depth_m body_position direction orientation_deg completeness"
                " articulation condition preservation weathering blindfold",
            ),
            *of(
                BiologicalProfile,
                "assessor examined_on sex sex_method age_min age_max age_method stature_cm"
                " stature_min_cm stature_max_cm stature_method handedness hair",
            ),
            *of(Remains, "registered_at voided_at"),
        ),
        source=_remains,
        day=Remains.registered_at,
    ),
    ExportKind.EFFECTS: ExportTable(
        permission=Permission.REMAINS_READ,
        columns=(
            *of(PersonalEffect, "number"),
            *of(Site, "code", code="site_id"),
            *of(Feature, "number", number="feature_id"),
            *of(Remains, "number", number="remains_id"),
            *of(
                PersonalEffect,
                "category kind slot colour second_colour descriptor material brand size inscription"
                " body_place description registered_at voided_at void_reason",
            ),
        ),
        source=_effects,
        day=PersonalEffect.registered_at,
    ),
    ExportKind.DECISIONS: ExportTable(
        permission=Permission.CANDIDATE_READ,
        columns=(
            *of(Decision, "number outcome basis decided_at revoked_at"),
            *of(Remains, "number", number="remains_id"),
            *of(MissingPerson, "number", number="missing_person_id"),
            *of(Pairing, "number", number="pairing_id"),
        ),
        source=_decisions,
        day=Decision.decided_at,
    ),
}
