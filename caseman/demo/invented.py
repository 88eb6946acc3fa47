"""Any number of further invented cases: graves of six, five of whom a family looks for.

Each name is put together from common given names and a family name that says "example", so that
nobody who lives or lived is meant. The same seed invents the same people.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sqlalchemy.orm import Session

from caseman.accounts.models import Operation, Team
from caseman.coding import Language, Sex, SexEstimate
from caseman.coding.belongings import Colour, EffectCategory, Slot
from caseman.coding.physical import BodyRegion, MarkKind
from caseman.effects.services import Description, FoundOnRemains, register_all_on
from caseman.remains.codes import AgeMethod, Assessor, Completeness, RemainsKind, SexMethod
from caseman.remains.drafts import NewMark, NewRemains, Profile, Recovery
from caseman.remains.models import Remains
from caseman.remains.services import register_all
from caseman.reports.codes import Channel, Circumstance, DatePrecision, PlacePrecision, Relation
from caseman.reports.drafts import Answers, Intake, NewEffect, NewInformant, NewReport
from caseman.reports.drafts import NewMark as ToldMark
from caseman.reports.models import AnteMortemReport
from caseman.reports.services.registration import register_reports
from caseman.sites.models import Feature
from caseman.values import Interval

GRAVE_SIZE = 6
FAMILY_NAMES = {
    Language.ARABIC: "النموذجي",
    Language.KURMANJI: "Nimûne",
    Language.ENGLISH: "Example",
}
GIVEN_NAMES: dict[Language, dict[Sex, tuple[str, ...]]] = {
    Language.ARABIC: {
        Sex.MALE: ("أحمد", "محمود", "خالد", "عمر", "إبراهيم", "حسن", "سامر", "يوسف", "علي", "مازن"),
        Sex.FEMALE: ("سلمى", "فاطمة", "زينب", "ليلى", "مريم", "هدى", "نور", "رنا", "عائشة", "أمل"),
    },
    Language.KURMANJI: {
        Sex.MALE: ("Azad", "Dilovan", "Serhat", "Rojhat", "Baran", "Şiyar", "Welat", "Kawa"),
        Sex.FEMALE: ("Rojîn", "Berîvan", "Zîlan", "Dîlan", "Evîn", "Gulistan", "Nazê", "Şîrîn"),
    },
    Language.ENGLISH: {
        Sex.MALE: ("Sami", "Daniel", "Elias", "George", "Nader", "Peter"),
        Sex.FEMALE: ("Mariam", "Nadia", "Rita", "Sara", "Hanna", "Lena"),
    },
}
THINGS = (
    ("ring", "silver"),
    ("watch", "casio"),
    ("keys", "house"),
    ("prayer_beads", "amber"),
    ("bracelet", "gold"),
    ("wallet", "leather"),
    ("phone", "nokia"),
    ("lighter", "metal"),
    ("glasses", "reading"),
    ("necklace", "silver"),
)
GARMENTS = (
    ("shirt", Slot.TOP),
    ("sweater", Slot.TOP),
    ("t-shirt", Slot.TOP),
    ("jacket", Slot.OUTER),
    ("jeans", Slot.BOTTOM),
    ("trousers", Slot.BOTTOM),
)
MARKS = (("fx_forearm", "L_arm"), ("fx_tibia", "R_leg"), ("fx_clavicle", "torso"))
ATTACKS = (date(2017, 6, 12), date(2017, 8, 21), date(2017, 9, 30))


@dataclass(frozen=True, slots=True)
class Invented:
    """One person nobody ever was: what is true of them."""

    language: Language
    name: tuple[str, str, str]
    sex: Sex
    born: date
    stature: float
    died: date
    garment: tuple[str, Slot, Colour]
    thing: tuple[str, str]
    mark: tuple[str, str] | None

    @property
    def age(self) -> int:
        """Whole years at death."""
        return (self.died - self.born).days // 365


@dataclass(frozen=True, slots=True)
class Dug:
    """A grave's finds, and the reports of families."""

    remains: list[Remains]
    reports: list[AnteMortemReport]

    @property
    def truth(self) -> dict[str, str]:
        """Number of remains -> number of the missing person they are of: all but the last."""
        pairs = zip(self.remains[:-1], self.reports[:-1], strict=True)
        return {row.number: report.missing_person.number for row, report in pairs}


def invent(random: Random, died: date) -> Invented:
    """Return the next person."""
    language = random.choices(
        [Language.ARABIC, Language.KURMANJI, Language.ENGLISH], weights=[6, 3, 1]
    )[0]
    sex = random.choices([Sex.MALE, Sex.FEMALE], weights=[3, 2])[0]
    men = GIVEN_NAMES[language][Sex.MALE]
    return Invented(
        language=language,
        name=(
            random.choice(GIVEN_NAMES[language][sex]),
            random.choice(men),
            FAMILY_NAMES[language],
        ),
        sex=sex,
        born=died - timedelta(days=round(365.25 * random.uniform(17, 75))),
        stature=random.gauss(172 if sex is Sex.MALE else 160, 6),
        died=died,
        garment=(*random.choice(GARMENTS), random.choice(list(Colour))),
        thing=random.choice(THINGS),
        mark=random.choice(MARKS) if random.random() < 0.25 else None,
    )


def fill(session: Session, operation: Operation, grave: Feature, team: Team, *, seed: int) -> Dug:
    """Invent the people of one grave: six finds, five reports about them and one about another."""
    random = Random(seed)  # noqa: S311 - invents people, guards nothing
    died = random.choice(ATTACKS)
    found = [invent(random, died) for _ in range(GRAVE_SIZE)]
    sought = [*found[: GRAVE_SIZE - 1], invent(random, died)]
    remains = register_all(session, [_find(random, each, grave, team) for each in found])
    things = zip(remains, found, strict=True)
    register_all_on(session, [what for row, each in things for what in _lay_with(row, each)])
    drafts = [NewReport(_intake(operation, each), _told(random, each)) for each in sought]
    reports = register_reports(session, drafts)
    return Dug(remains, reports)


def _find(random: Random, each: Invented, grave: Feature, team: Team) -> NewRemains:
    return NewRemains(
        feature=grave,
        team_id=team.id,
        kind=RemainsKind.BODY,
        deposit_from=each.died,
        deposit_to=each.died + timedelta(days=random.randrange(30)),
        recovery=Recovery(
            recovered_on=date(2019, 3, 1) + timedelta(days=random.randrange(60)),
            recovered_by="Recorder Nimune",
            depth_m=round(random.uniform(0.6, 2.4), 1),
            completeness=Completeness.COMPLETE,
        ),
        profile=_profile(random, each),
        marks=() if each.mark is None else (NewMark(MarkKind.HEALED_FRACTURE, *each.mark),),
    )


def _profile(random: Random, each: Invented) -> Profile:
    """Return what an anthropologist finds: intervals around the truth, sometimes no sex."""
    lowest = max(0.0, each.age - random.uniform(2, 9))
    known = random.random() < 0.85
    estimate = SexEstimate.MALE if each.sex is Sex.MALE else SexEstimate.FEMALE
    return Profile(
        assessor=Assessor.TRAINED,
        sex=estimate if known else None,
        sex_method=SexMethod.PELVIS if known else None,
        age=Interval(round(lowest), round(each.age + random.uniform(2, 9))),
        age_method=AgeMethod.PELVIS,
        stature_cm=round(each.stature + random.gauss(0, 3), 1),
        stature_se_cm=3.5,
        regions_present=tuple(BodyRegion),
        dental_observable=True,
    )


def _lay_with(row: Remains, each: Invented) -> Iterator[FoundOnRemains]:
    kind, slot, colour = each.garment
    clothing = Description(category=EffectCategory.CLOTHING, kind=kind, slot=slot, colour=colour)
    kind, descriptor = each.thing
    thing = Description(category=EffectCategory.PERSONAL, kind=kind, descriptor=descriptor)
    yield FoundOnRemains(row, clothing)
    yield FoundOnRemains(row, thing)


def _intake(operation: Operation, each: Invented) -> Intake:
    return Intake(operation.id, Channel.STAFF, language=each.language)


def _told(random: Random, each: Invented) -> Answers:
    """Return what the family says: mostly right, a few days or years off."""
    seen = each.died - timedelta(days=random.choice((0, 0, 0, 1, 3)))
    year = each.born.year + random.choice((0, 0, 0, -1, 1))
    given, father, family = each.name
    return Answers(
        name_full=" ".join(each.name),
        name_given=given,
        name_father=father,
        name_family=family,
        sex=each.sex,
        birth_text=str(year),
        birth_from=date(year, 1, 1),
        birth_to=date(year, 12, 31),
        last_seen_text=seen.isoformat(),
        last_seen_precision=DatePrecision.DAY,
        last_seen_from=seen,
        last_seen_to=seen,
        last_seen_place="Example town",
        place_precision=PlacePrecision.TOWN,
        circumstance=Circumstance.ATTACK,
        stature_cm=round(each.stature + random.gauss(0, 4)),
        effects=tuple(_belongings(each)),
        marks=() if each.mark is None else (ToldMark(MarkKind.HEALED_FRACTURE, *each.mark),),
        informant=_informant(random),
    )


def _belongings(each: Invented) -> Sequence[NewEffect]:
    kind, slot, colour = each.garment
    thing, descriptor = each.thing
    return (
        NewEffect(EffectCategory.CLOTHING, kind, slot=slot, colour=colour),
        NewEffect(EffectCategory.PERSONAL, thing, descriptor=descriptor),
    )


def _informant(random: Random) -> NewInformant:
    relation = random.choice((Relation.MOTHER, Relation.FATHER, Relation.SISTER, Relation.BROTHER))
    digits = "".join(random.choice("0123456789") for _ in range(6))
    return NewInformant(relation=relation, name="An example relative", phone=f"0900{digits}")
