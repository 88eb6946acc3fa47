"""Many rows of every table that a page lists, copied from a few true ones inside the database.

One copy in four hundred is of the rare kind, whichever column is asked; the codes that neither
kind has are those that nobody bears.
"""

from datetime import UTC, date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from caseman.accounts.models import Team, User
from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.coding import Sex, SexEstimate
from caseman.coding.belongings import Colour, EffectCategory
from caseman.custody.codes import ExhibitKind, Standing
from caseman.custody.models import CustodyReceipt, Exhibit, TransferSummary
from caseman.database import Base
from caseman.effects.models import EffectWord, PersonalEffect
from caseman.identification.codes import PairingState
from caseman.identification.models import Candidate, Pairing
from caseman.media.models import MediaFile
from caseman.remains.codes import Completeness, RemainsKind, RemainsStatus
from caseman.remains.models import (
    BiologicalProfile,
    RecoveryEvent,
    Remains,
    RemainsPhotograph,
    RemainsSummary,
)
from caseman.reports.codes import Channel, MissingPersonStatus, TriageState
from caseman.reports.models import AnteMortemReport, MissingPerson, PersonName, ReportSharing
from caseman.searching import WordIndex
from caseman.sites.codes import SiteKind, SiteStatus
from caseman.sites.models import Feature, Site, SiteWord
from caseman.sites.services import assign
from tests.factories.custody import give, make_place, take
from tests.factories.effects import make_effect
from tests.factories.remains import EXAMINED, LIFTED, make_grave, make_remains
from tests.factories.reports import make_report
from tests.factories.sites import make_site

ROWS = 16_000
FIRST = 1_000_000
"""Copies have ids from here on, so that copies of two tables find each other."""
RARE = 400
SITES = 20
COPY = sa.literal_column("copy", sa.Integer)
"""The number of a copy, from 1."""
ID = FIRST + COPY
TEXT = sa.cast(COPY, sa.String)
BORNE: set[str] = set()
"""The codes that copies bear."""
LONG_AGO = datetime(2018, 1, 1, 8, tzinfo=UTC)


def copy(session: Session, row: Base, *, every: int = 1, **changes: object) -> None:
    """Copy ``row`` ROWS times, or one for each ``every``; ``changes`` are values or SQL of COPY."""
    table = sa.inspect(row).mapper.local_table
    numbers = sa.select(sa.literal(1).label("copy")).cte("numbers", recursive=True)
    numbers = numbers.union_all(sa.select(numbers.c.copy + 1).where(numbers.c.copy < ROWS))
    values = {column.name: column for column in table.c} | {"id": ID} | changes
    some = (
        sa.select(*(_typed(table.c[name], value) for name, value in values.items()))
        .select_from(sa.join(numbers, table, sa.true()))
        .where(table.c.id == row.id, numbers.c.copy % every == 0)
    )
    session.connection().execute(sa.insert(table).from_select([*values], some))


def _typed(column: sa.Column, value: object) -> sa.ColumnElement:
    return value if isinstance(value, sa.ColumnElement) else sa.literal(value, column.type)


def rarely(column: InstrumentedAttribute, rare: object, usual: object) -> sa.ColumnElement:
    kind = column.type
    BORNE.update(map(str, (rare, usual)))
    return sa.case((COPY % RARE == 7, sa.literal(rare, kind)), else_=sa.literal(usual, kind))


def spread(column: InstrumentedAttribute, values: list) -> sa.ColumnElement:
    """Return ``values`` in turn."""
    BORNE.update(map(str, values))
    turns = [
        (COPY % len(values) == turn, sa.literal(each, column.type))
        for turn, each in enumerate(values)
    ]
    return sa.case(*turns)


def fill(session: Session, team: Team, user: User, part: Team) -> None:
    """Fill the tables of every list that ``team`` reads; ``part`` works on one of its sites."""
    graves = [make_grave(session, team.operation) for _ in range(SITES)]
    assign(session, graves[3].site, part)
    remains = make_remains(session, graves[0], team, recovery=LIFTED, profile=EXAMINED)
    report = make_report(session, team.operation)
    _fill_remains(session, graves, remains)
    _fill_effects(session, graves, make_effect(session, remains))
    _fill_transfers(session, team, user, remains.exhibit)
    _fill_reports(session, team, report)
    _fill_pairings(session, user, remains, report.missing_person)
    _fill_trail(session, user)


def _fill_remains(session: Session, graves: list[Feature], remains: Remains) -> None:
    places = [make_place(session, graves[0].site.operation) for _ in range(2)]
    sites = spread(Exhibit.site_id, [grave.site_id for grave in graves])
    copy(
        session,
        remains.exhibit,
        number="Y" + TEXT + "-X",
        site_id=sites,
        kind=rarely(Exhibit.kind, ExhibitKind.EFFECT, ExhibitKind.REMAINS),
        standing=rarely(Exhibit.standing, Standing.MISSING, Standing.KEPT),
        place_id=rarely(Exhibit.place_id, places[0].id, places[1].id),
    )
    copy(
        session,
        remains,
        number="Y" + TEXT + "-B1",
        sequence=COPY,
        exhibit_id=ID,
        site_id=sites,
        feature_id=spread(Remains.feature_id, [grave.id for grave in graves]),
        kind=rarely(Remains.kind, RemainsKind.BONE, RemainsKind.BODY),
        status=rarely(Remains.status, RemainsStatus.RELEASED, RemainsStatus.UNIDENTIFIED),
    )
    copy(
        session,
        remains.recovery,
        remains_id=ID,
        completeness=rarely(RecoveryEvent.completeness, Completeness.HEAD, Completeness.COMPLETE),
    )
    copy(
        session,
        remains.profile,
        remains_id=ID,
        sex=rarely(BiologicalProfile.sex, SexEstimate.FEMALE, SexEstimate.MALE),
    )
    copy(
        session,
        session.scalars(sa.select(RemainsSummary).filter_by(remains_id=remains.id)).one(),
        remains_id=ID,
        sex=rarely(RemainsSummary.sex, SexEstimate.FEMALE, SexEstimate.MALE),
        completeness=rarely(RemainsSummary.completeness, Completeness.HEAD, Completeness.COMPLETE),
        is_photographed=rarely(RemainsSummary.is_photographed, True, False),
        is_examined=rarely(RemainsSummary.is_examined, False, True),
        has_candidates=rarely(RemainsSummary.has_candidates, False, True),
    )
    picture = MediaFile(sha256="0" * 64, media_type="image/jpeg", size=1, original_name="a.jpg")
    session.add(picture)
    photograph = RemainsPhotograph(remains=remains, media_file=picture)
    session.add(photograph)
    session.flush()
    copy(session, photograph, every=RARE, remains_id=ID)


def _fill_effects(session: Session, graves: list[Feature], effect: PersonalEffect) -> None:
    copy(
        session,
        effect,
        number="Y" + TEXT + "-B1/1",
        remains_id=sa.case((COPY % RARE == 7, sa.null()), else_=ID),
        found_on_id=ID,
        site_id=spread(PersonalEffect.site_id, [grave.site_id for grave in graves]),
        category=rarely(PersonalEffect.category, EffectCategory.DOCUMENT, EffectCategory.CLOTHING),
        kind=rarely(PersonalEffect.kind, "ring", "watch"),
        colour=rarely(PersonalEffect.colour, Colour.RED, Colour.BLACK),
        inscription=rarely(PersonalEffect.inscription, "for Layla", "Casio"),
    )
    _fill_words(session, EffectWord, effect, rarely(EffectWord.word, "layla", "casio"))


def _fill_transfers(session: Session, team: Team, user: User, exhibit: Exhibit) -> None:
    transfer = give(session, [exhibit], given_by_user_id=user.id)
    receipt = take(session, transfer)
    copy(session, transfer, number="T" + TEXT)
    copy(session, transfer.items[0], transfer_id=ID, exhibit_id=ID)
    copy(
        session,
        receipt,
        transfer_id=ID,
        agrees=rarely(CustodyReceipt.agrees, False, True),
    )
    copy(
        session,
        session.scalars(sa.select(TransferSummary)).one(),
        transfer_id=ID,
        is_received=rarely(TransferSummary.is_received, False, True),
        disagrees=rarely(TransferSummary.disagrees, True, False),
    )


def _fill_reports(session: Session, team: Team, report: AnteMortemReport) -> None:
    person = report.missing_person
    copy(
        session,
        person,
        number="M" + TEXT,
        uid="u" + TEXT,
        name="Layla " + TEXT,
        name_sort="layla " + TEXT,
        status=rarely(
            MissingPerson.status, MissingPersonStatus.LOCATED_ALIVE, MissingPersonStatus.SOUGHT
        ),
        sex=rarely(MissingPerson.sex, Sex.FEMALE, Sex.MALE),
        birth_from=rarely(MissingPerson.birth_from, date(1960, 1, 1), date(1990, 1, 1)),
        birth_to=rarely(MissingPerson.birth_to, date(1960, 12, 31), date(1990, 12, 31)),
        last_seen_from=rarely(MissingPerson.last_seen_from, date(2014, 1, 1), date(2017, 1, 1)),
        last_seen_to=rarely(MissingPerson.last_seen_to, date(2014, 1, 1), date(2017, 1, 1)),
        last_seen_place_sort=rarely(MissingPerson.last_seen_place_sort, "tabqa", "raqqa"),
        channel=rarely(MissingPerson.channel, Channel.PAPER, Channel.STAFF),
        has_photograph=rarely(MissingPerson.has_photograph, True, False),
    )
    copy(
        session,
        report,
        number="A" + TEXT,
        missing_person_id=ID,
        told_at=LONG_AGO,
        triage=rarely(AnteMortemReport.triage, TriageState.NEW, TriageState.ACCEPTED),
    )
    for name in session.scalars(sa.select(PersonName)).all():
        copy(session, name, id=FIRST + COPY + name.id * ROWS, missing_person_id=ID)
    shared = ReportSharing(
        report=report, team=team, consented_on=LONG_AGO.date(), consent_text="By telephone"
    )
    session.add(shared)
    session.flush()
    copy(session, shared, every=50, report_id=ID)


def _fill_pairings(session: Session, user: User, remains: Remains, person: MissingPerson) -> None:
    pairing = Pairing(number="P0", remains=remains, missing_person=person, opened_by=user)
    candidate = Candidate(
        remains=remains, missing_person=person, log10_lr=1.0, posterior=0.1, lines=[], model=""
    )
    session.add_all([pairing, candidate])
    session.flush()
    copy(
        session,
        pairing,
        number="P" + TEXT,
        remains_id=ID,
        missing_person_id=ID,
        state=rarely(Pairing.state, PairingState.PROPOSED, PairingState.COMPARISON_OPEN),
        due_on=rarely(Pairing.due_on, date(2018, 1, 1), date(2999, 1, 1)),
    )
    copy(session, candidate, every=RARE, remains_id=ID, missing_person_id=ID)


def _fill_trail(session: Session, user: User) -> None:
    last = session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    copy(
        session,
        last,
        seq=last.seq + COPY,
        actor_id=rarely(AuditEntry.actor_id, user.id, -1),
        actor_name=rarely(AuditEntry.actor_name, "worker", "somebody"),
        action=spread(AuditEntry.action, [Action.UPDATE, Action.READ, Action.CREATE, Action.LIST]),
        table_name=rarely(AuditEntry.table_name, Site.__tablename__, Remains.__tablename__),
        subject="Y" + TEXT + "-B1",
        at=LONG_AGO,
    )


def fill_sites(session: Session, team: Team) -> None:
    """Fill the table of sites alone: every other list offers them to choose from."""
    site = make_site(session, team.operation)
    copy(
        session,
        site,
        code="Z" + TEXT,
        uid="z" + TEXT,
        name="Well " + TEXT,
        region=rarely(Site.region, "Tabqa", "Raqqa"),
        kind=rarely(Site.kind, SiteKind.WELL, SiteKind.MASS_GRAVE),
        status=rarely(Site.status, SiteStatus.CLOSED, SiteStatus.CONFIRMED),
    )
    _fill_words(session, SiteWord, site, rarely(SiteWord.word, "tabqa", "raqqa"))


def _fill_words(session: Session, index: type[WordIndex], row: Base, *words: object) -> None:
    """Give every copy of ``row`` some words of the row itself, and ``words`` of its own."""
    its = session.scalars(sa.select(index).filter_by(row_id=row.id)).all()
    for place, own in enumerate((*words, *(each.word for each in its[:3]))):
        copy(session, its[0], id=ID + place * ROWS, row_id=ID, word=own)
