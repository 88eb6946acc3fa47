"""Fills an installation with invented cases, and refuses to mix them with real ones.

What is invented is known from the audit trail: an operation that the demonstration opened has an
entry that says so, and no page or command can write that entry for another one.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import Operation, Team, User
from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.audit.recorder import Actor
from caseman.coding import N_
from caseman.contamination.models import StaffMember
from caseman.custody.models import StoragePlace
from caseman.database import DomainError, Sessions
from caseman.demo import bags, belongings, bones, invented, samples, story, strata
from caseman.demo.people import Credentials, Hired, Teams, hire
from caseman.identification.models import Pairing
from caseman.remains.models import Remains
from caseman.reports.models import AnteMortemReport, MissingPerson
from caseman.reports.numbers import new_secret
from caseman.reports.services.family import family_intake, receive
from caseman.reports.services.sharing import share
from caseman.sites.codes import FeatureKind, SiteKind, SiteStatus
from caseman.sites.models import Feature, Site
from caseman.sites.services import NewSite, assign, free_code, open_feature, register_site
from caseman.values import Position

DEMONSTRATION = Actor("demonstration")
SITE_PREFIX = "DEM"
CODE = "DEMO"
SITES_AT_ONCE = 25
"""Written in one transaction."""


class RealRecordsError(DomainError):
    """The installation holds records that no demonstration made."""


@dataclass(frozen=True, slots=True)
class WayBack:
    """With what a family comes back to its report."""

    report: str
    reference: str
    secret: str


@dataclass(slots=True)
class Seeded:
    """Everything that was made."""

    operation: Operation
    teams: Teams
    staff: list[Hired] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    features: list[Feature] = field(default_factory=list)
    remains: list[Remains] = field(default_factory=list)
    reports: list[AnteMortemReport] = field(default_factory=list)
    pairings: list[Pairing] = field(default_factory=list)
    families: list[WayBack] = field(default_factory=list)
    truth: dict[str, str] = field(default_factory=dict)
    """Number of remains -> number of the missing person they are of, where one is sought."""

    def as_json(self) -> dict[str, Any]:
        """Return ids and numbers of everything, with what opens the accounts."""
        persons = [report.missing_person for report in self.reports]
        return {
            "operation": {"id": self.operation.id, "code": self.operation.code},
            "users": [_account(hired) for hired in self.staff],
            "families": [asdict(way) for way in self.families],
            "sites": [{"id": site.id, "code": site.code} for site in self.sites],
            "features": _numbered(self.features),
            "remains": _numbered(self.remains),
            "missing_persons": _numbered(persons),
            "reports": _numbered(self.reports),
            "pairings": _numbered(self.pairings),
            "truth": self.truth,
        }


def _numbered(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [{"id": row.id, "number": row.number} for row in rows]


def _account(hired: Hired) -> dict[str, Any]:
    return {
        "id": hired.user.id,
        "username": hired.user.username,
        "password": hired.credentials.password,
        "totp_secret": hired.credentials.totp_key,
        "name": hired.user.name,
        "role": hired.role.value,
        "team": hired.team,
    }


def refuse_real_records(session: Session) -> None:
    """Raise ``RealRecordsError`` unless every case belongs to an operation that was invented."""
    invented_ids = sa.select(AuditEntry.row_id).where(
        AuditEntry.action == Action.CREATE,
        AuditEntry.table_name == Operation.__tablename__,
        AuditEntry.actor_id.is_(None),
        AuditEntry.actor_name == DEMONSTRATION.name,
    )
    for model in (Site, MissingPerson, StoragePlace, StaffMember):
        found = session.scalar(
            sa.select(Operation.code)
            .join(model, model.operation_id == Operation.id)
            .where(Operation.id.not_in(invented_ids))
            .limit(1)
        )
        if found is not None:
            raise RealRecordsError(
                N_(
                    "Operation %(code)s holds records, and the audit trail does not say that the "
                    "demonstration opened it: they may be real. Use an installation of its own, "
                    "with another CASEMAN_INSTANCE and database."
                ),
                code=found,
            )


def seed(
    sessions: Sessions,
    credentials: Callable[[], Credentials],
    hash_secret: Callable[[str], str],
    *,
    scale: int,
    files: Path | None = None,
) -> Seeded:
    """Make staff, story and second site, then ``scale - 1`` further sites of twelve cases each.

    With a folder for ``files`` belongings are photographed and shown too. Raises
    ``RealRecordsError`` before anything is written. The candidates are not ranked yet.
    """
    with sessions.transaction(actor=DEMONSTRATION) as session:
        refuse_real_records(session)
        seeded = _begin(session, credentials)
        if files is not None:
            _show_belongings(session, seeded, files)
        _hear_families(session, seeded, hash_secret)
    for start in range(1, scale, SITES_AT_ONCE):
        with sessions.transaction(actor=DEMONSTRATION) as session:
            for _ in range(start, min(start + SITES_AT_ONCE, scale)):
                _add_site(session, seeded)
    return seeded


def _begin(session: Session, credentials: Callable[[], Credentials]) -> Seeded:
    """Open the operation, hire the staff and tell the story."""
    earlier = session.scalar(sa.select(sa.func.count()).where(Operation.code.startswith(CODE)))
    suffix = str(earlier + 1) if earlier else ""
    operation = Operation(code=CODE + suffix, name="Example operation")
    teams = Teams(
        Team(operation=operation, code="ONE", name="First team", covers_operation=True),
        Team(operation=operation, code="TWO", name="Second team"),
        Team(operation=operation, code="PARTNER", name="Partner organisation"),
    )
    session.add_all([operation, *teams])
    session.flush()
    seeded = Seeded(operation, teams)
    staff = hire(session, teams, credentials, suffix and f".{suffix}")
    seeded.staff = list(staff.values())
    _tell_story(session, seeded, {name: each.user for name, each in staff.items()})
    farm = _open_site(session, seeded, "Example farm")
    assign(session, farm, teams.second)
    _fill_grave(session, seeded, farm, teams.second)
    return seeded


def _tell_story(session: Session, seeded: Seeded, staff: dict[str, User]) -> None:
    told = story.tell(
        session, seeded.operation, seeded.teams.everywhere, free_code(session, SITE_PREFIX)
    )
    seeded.sites.append(told.grave.site)
    seeded.features.append(told.grave)
    seeded.remains += told.remains
    seeded.reports += [person.reports[0] for person in told.persons]
    strata.dig(session, told.grave, told.remains)
    pairs = zip(told.remains[:4], told.persons[:4], strict=True)
    seeded.truth |= {remains.number: person.number for remains, person in pairs}
    seeded.pairings += story.decide(session, told, staff)
    bagged = [told.remains[index].exhibit for index in (0, 3, 4)]
    bags.keep(session, seeded.operation, bagged, staff)
    bags.bury(session, seeded.operation, told.remains[2].exhibit, staff["steward"])
    bones.estimate(session, told.remains[0], staff["examiner"])
    bones.offer_own_methods(session, seeded.operation, staff["examiner"])
    samples.give(session, told.persons, staff)
    samples.cut(session, told.remains, seeded.teams.everywhere, staff)
    samples.register_staff(session, seeded.operation, staff)
    samples.weigh(session, seeded.operation, staff)
    samples.submit(session, staff["steward"].scope, staff)


def _show_belongings(session: Session, seeded: Seeded, files: Path) -> None:
    staff = {hired.user.username.partition(".")[0]: hired.user for hired in seeded.staff}
    person = seeded.reports[0].missing_person
    belongings.show(session, files, seeded.remains[:4], person, staff)


def _hear_families(session: Session, seeded: Seeded, hash_secret: Callable[[str], str]) -> None:
    """Take two reports as families send them, each with its way back; one is open to a partner."""
    for answers in story.FROM_FAMILIES:
        secret = new_secret()
        intake = family_intake(seeded.operation, "ar")
        report = receive(session, answers, hash_secret(secret), intake)
        seeded.reports.append(report)
        if report.family_access is not None:
            seeded.families.append(WayBack(report.number, report.family_access.reference, secret))
    share(session, seeded.reports[-1], seeded.teams.partner, story.CONSENT)


def _add_site(session: Session, seeded: Seeded) -> None:
    """Add a site with two graves."""
    site = _open_site(session, seeded, f"Example field {len(seeded.sites) + 1}")
    for _ in range(2):
        _fill_grave(session, seeded, site, seeded.teams.everywhere)


def _open_site(session: Session, seeded: Seeded, name: str) -> Site:
    site = register_site(
        session,
        NewSite(
            operation_id=seeded.operation.id,
            code=free_code(session, SITE_PREFIX),
            kind=SiteKind.MASS_GRAVE,
            status=SiteStatus.UNDER_EXCAVATION,
            name=name,
            position=Position(35.9, 39.0, 500),
            region="Example",
        ),
    )
    seeded.sites.append(site)
    return site


def _fill_grave(session: Session, seeded: Seeded, site: Site, team: Team) -> None:
    grave = open_feature(session, site, kind=FeatureKind.PRIMARY_MASS)
    session.flush()
    seeded.features.append(grave)
    dug = invented.fill(session, seeded.operation, grave, team, seed=len(seeded.features))
    seeded.remains += dug.remains
    seeded.reports += dug.reports
    seeded.truth |= dug.truth
