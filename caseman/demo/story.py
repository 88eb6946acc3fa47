"""One grave in a stadium: a family killed together, one identification, one exclusion.

The names say that they are examples (النموذجي, Nimûne, Example).
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from caseman.accounts.models import Operation, Team, User
from caseman.calendars import PartialDate
from caseman.coding import Language, Sex, SexEstimate
from caseman.coding.belongings import Colour, EffectCategory, Slot
from caseman.coding.physical import BodyRegion, MarkKind
from caseman.demo.bones import lay_out
from caseman.demo.injuries import describe
from caseman.effects.services import Description, register_on
from caseman.identification.codes import Basis, Outcome, Verdict
from caseman.identification.drafts import Judgement, Statement
from caseman.identification.models import Pairing
from caseman.identification.services.pairings import judge, open_pairing
from caseman.identification.services.signing import sign
from caseman.incidents.codes import IncidentKind
from caseman.incidents.services import IncidentFacts, register_incident, tie_site
from caseman.remains.codes import Assessor, Completeness, RemainsKind, SexMethod
from caseman.remains.models import Remains
from caseman.remains.services import (
    NewMark,
    NewRemains,
    Profile,
    Recovery,
    link_found_with,
    register_remains,
)
from caseman.reports.codes import Channel, Circumstance, DatePrecision, Relation
from caseman.reports.drafts import (
    Answers,
    Intake,
    NewCompanion,
    NewEffect,
    NewInformant,
    NewReport,
)
from caseman.reports.drafts import NewMark as ToldMark
from caseman.reports.models import MissingPerson
from caseman.reports.services.incidents import tie_person
from caseman.reports.services.registration import register_report
from caseman.reports.services.sharing import Consent
from caseman.sites.codes import FeatureKind, HazardState, SiteKind, SiteStatus, VisitPurpose
from caseman.sites.models import Feature
from caseman.sites.services import (
    NewSite,
    VisitFacts,
    open_feature,
    record_visit,
    register_site,
)
from caseman.values import Interval, Position

ATTACK = date(2017, 8, 21)
CARRIERS = ("reviewer", "reviewer2", "board", "board2")


@dataclass(frozen=True, slots=True)
class Find:
    """One find of the grave."""

    kind: RemainsKind
    sex: SexEstimate | None
    age: Interval | None
    effect: tuple[str, str]
    mark: tuple[str, str] | None = None


FINDS = (
    Find(
        RemainsKind.BODY,
        SexEstimate.MALE,
        Interval(40, 55),
        ("ring", "silver"),
        ("fx_forearm", "L_arm"),
    ),
    Find(RemainsKind.BODY, SexEstimate.FEMALE, Interval(35, 50), ("bracelet", "gold")),
    Find(RemainsKind.BODY, None, Interval(6, 9), ("toy", "car")),
    Find(RemainsKind.BODY, SexEstimate.MALE, Interval(18, 25), ("watch", "casio")),
    Find(RemainsKind.COMMINGLED, None, None, ("keys", "house")),
)


class Place(NamedTuple):
    """Where a find lay, in metres from the datum; degrees from head to feet."""

    east: float
    north: float
    depth: float
    direction: int | None = None


PLACES = (
    Place(1.2, 4.5, 1.4, 90),
    Place(1.4, 3.9, 1.4, 95),
    Place(3.1, 4.2, 1.6, 180),
    Place(2.0, 1.8, 1.9, 270),
    Place(4.0, 2.5, 1.2),
)


@dataclass(frozen=True, slots=True)
class Told:
    """One report."""

    name: str
    language: Language
    sex: Sex
    born: int
    effect: tuple[str, str]
    companions: tuple[str, ...] = ()
    mark: tuple[str, str] | None = None


FAMILY = ("خالد يوسف النموذجي", "سلمى أحمد النموذجي", "يوسف خالد النموذجي")
REPORTS = (
    Told(
        FAMILY[0],
        Language.ARABIC,
        Sex.MALE,
        1970,
        ("ring", "silver"),
        FAMILY[1:],
        ("fx_forearm", "L_arm"),
    ),
    Told(FAMILY[1], Language.ARABIC, Sex.FEMALE, 1975, ("bracelet", "gold"), (FAMILY[0],)),
    Told(FAMILY[2], Language.ARABIC, Sex.MALE, 2009, ("toy", "car"), FAMILY[:2]),
    Told("Dilovan Azad Nimûne", Language.KURMANJI, Sex.MALE, 1996, ("watch", "casio")),
    Told("Sami Example", Language.ENGLISH, Sex.MALE, 1950, ("prayer_beads", "amber")),
)
CONSENT = Consent(
    date(2024, 3, 10), "The brother, by phone: this organisation may read it and compare it."
)
"""With what a family opened its report to the partner."""

FROM_FAMILIES = (
    Answers(
        name_full="هدى سامر النموذجي",
        sex=Sex.FEMALE,
        last_seen_text="نهاية آب ٢٠١٧",
        effects=(NewEffect(EffectCategory.JEWELLERY, "bracelet", descriptor="gold"),),
        informant=NewInformant(relation=Relation.BROTHER, name="أخ", phone="0900000001"),
    ),
    Answers(
        name_full="مازن علي النموذجي",
        sex=Sex.MALE,
        last_seen_text="حزيران ٢٠١٧",
        effects=(NewEffect(EffectCategory.PERSONAL, "watch", descriptor="casio"),),
        informant=NewInformant(relation=Relation.MOTHER, name="أم", phone="0900000002"),
    ),
)
"""What two families send by themselves."""


@dataclass(frozen=True, slots=True)
class Story:
    """The grave, who was found in it, and who is missed."""

    grave: Feature
    remains: list[Remains]
    persons: list[MissingPerson]


def tell(session: Session, operation: Operation, team: Team, code: str) -> Story:
    """Record the site under ``code``, its grave, the finds and the reports."""
    site = register_site(
        session,
        NewSite(
            operation_id=operation.id,
            code=code,
            kind=SiteKind.MASS_GRAVE,
            status=SiteStatus.UNDER_EXCAVATION,
            name="Example stadium",
            names={"ar": "ملعب النموذج", "kmr": "Stadyuma Nimûne", "en": "Example stadium"},
            position=Position(35.95, 39.01, 25),
            region="Example",
            hazards="Unexploded ordnance by the north wall.",
        ),
    )
    record_visit(
        session,
        site,
        VisitFacts(
            first_day=date(2019, 2, 18),
            last_day=date(2019, 2, 19),
            purpose=VisitPurpose.CLEARANCE,
            hazard=HazardState.CLEARED,
            led_by="Example ordnance team",
            hazards="Cleared to a metre in depth, but for three metres along the north wall.",
        ),
    )
    grave = open_feature(session, site, kind=FeatureKind.PRIMARY_MASS, name="North trench")
    session.flush()
    remains = [
        _recover(session, grave, team, find, place)
        for find, place in zip(FINDS, PLACES, strict=True)
    ]
    lay_out(session, remains)
    describe(session, remains[0], remains[3])
    link_found_with(session, [(remains[0], remains[1]), (remains[0], remains[2])])
    persons = [_report(session, operation, told) for told in REPORTS]
    _explain(session, grave, persons[:4])
    return Story(grave, remains, persons)


def _explain(session: Session, grave: Feature, persons: list[MissingPerson]) -> None:
    """Record the strike that the grave may come from, and who was there as far as was told."""
    day = PartialDate(ATTACK.year, ATTACK.month, ATTACK.day)
    strike = register_incident(
        session,
        grave.site.operation_id,
        IncidentFacts(
            IncidentKind.AIR_STRIKE,
            "Example strike on the stadium road",
            began=day,
            ended=day,
            place="Stadium road",
            region="Example",
            happened="Houses on both sides fell. Neighbours buried the dead by the stadium.",
            munitions="A crater of four metres; fragments in the wall of the pump house.",
            informed_by="An example neighbour",
        ),
    )
    tie_site(session, strike, grave.site, by=None, why="Neighbours named the stadium.")
    for person in persons:
        tie_person(session, strike, person, by=None, why="Last seen on the stadium road that day.")


def _recover(session: Session, grave: Feature, team: Team, find: Find, place: Place) -> Remains:
    marks = () if find.mark is None else (NewMark(MarkKind.HEALED_FRACTURE, *find.mark),)
    whole = find.kind is RemainsKind.BODY
    row = register_remains(
        session,
        NewRemains(
            feature=grave,
            team_id=team.id,
            kind=find.kind,
            deposit_from=ATTACK,
            deposit_to=date(2017, 9, 30),
            recovery=Recovery(
                recovered_on=date(2019, 3, 4),
                recovered_by="Recorder Nimune",
                depth_m=place.depth,
                grid_e_m=place.east,
                grid_n_m=place.north,
                orientation_deg=place.direction,
                completeness=Completeness.COMPLETE if whole else Completeness.FRAGMENTARY,
            ),
            profile=Profile(
                assessor=Assessor.TRAINED,
                sex=find.sex,
                sex_method=SexMethod.PELVIS if find.sex else None,
                age=find.age,
                regions_present=tuple(BodyRegion) if whole else (),
                dental_observable=whole,
            ),
            marks=marks,
        ),
    )
    kind, descriptor = find.effect
    register_on(
        session,
        row,
        Description(category=EffectCategory.PERSONAL, kind=kind, descriptor=descriptor),
    )
    if whole:
        shirt = Description(
            category=EffectCategory.CLOTHING, kind="shirt", slot=Slot.TOP, colour=Colour.WHITE
        )
        register_on(session, row, shirt)
    return row


def _report(session: Session, operation: Operation, told: Told) -> MissingPerson:
    kind, descriptor = told.effect
    marks = () if told.mark is None else (ToldMark(MarkKind.HEALED_FRACTURE, *told.mark),)
    answers = Answers(
        name_full=told.name,
        name_given=told.name.split()[0],
        name_family=told.name.split()[-1],
        sex=told.sex,
        birth_text=str(told.born),
        birth_from=date(told.born, 1, 1),
        birth_to=date(told.born, 12, 31),
        last_seen_text="21 August 2017",
        last_seen_precision=DatePrecision.DAY,
        last_seen_from=ATTACK,
        last_seen_to=ATTACK,
        last_seen_place="Example stadium",
        circumstance=Circumstance.ATTACK,
        effects=(NewEffect(EffectCategory.PERSONAL, kind, descriptor=descriptor),),
        marks=marks,
        companions=tuple(NewCompanion(name) for name in told.companions),
        informant=NewInformant(relation=Relation.SISTER, name="A sister", phone="0900000000"),
    )
    intake = Intake(operation.id, Channel.STAFF, language=told.language)
    return register_report(session, NewReport(intake, answers)).missing_person


def decide(session: Session, told: Story, staff: dict[str, User]) -> list[Pairing]:
    """Identify the father, exclude an old man for the young one, leave one case open."""
    identified = Statement(
        Outcome.IDENTIFIED, "Ring, age and the healed forearm agree.", Basis.COMBINED
    )
    excluded = Statement(Outcome.EXCLUDED, "The bones are of a man under thirty; he was 67.")
    father, young_man = told.remains[0], told.remains[3]
    pairings = [
        _carry(session, _open(session, father, told.persons[0], staff), staff, identified),
        _carry(session, _open(session, young_man, told.persons[4], staff), staff, excluded),
    ]
    return [*pairings, _open(session, young_man, told.persons[3], staff)]


def _open(
    session: Session, remains: Remains, person: MissingPerson, staff: dict[str, User]
) -> Pairing:
    return open_pairing(session, remains, person, staff["reviewer"], today=date(2019, 4, 1))


def _carry(
    session: Session, pairing: Pairing, staff: dict[str, User], statement: Statement
) -> Pairing:
    against = [line for line in pairing.lines if line.engine_verdict is Verdict.CONTRADICTS]
    said = [Judgement(line.line, Verdict.CONTRADICTS, "Seen and weighed.") for line in against]
    judge(pairing, said, staff["reviewer"])
    for name in CARRIERS:
        sign(session, pairing, staff[name], statement, scope=staff[name].scope)
    return pairing
