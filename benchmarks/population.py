"""Invented people and finds for measurements: drafts as the services take them.

Names are drawn from a few dozen common ones, each in Arabic and in up to four Latin spellings, so
that a search meets what it meets in practice: thousands of bearers, and other spellings of them.
The same seed gives the same people.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from caseman.coding import Language, Sex, SexEstimate
from caseman.coding.belongings import Colour, EffectCategory, Slot
from caseman.coding.physical import BodyRegion, HairColour, Handedness, MarkKind
from caseman.effects.services import Description
from caseman.remains import services as remains
from caseman.remains.codes import Assessor, Completeness, FoundNameKind, RemainsKind, SexMethod
from caseman.reports.codes import Channel, Circumstance, DatePrecision, Relation, TriageState
from caseman.reports.drafts import (
    Answers,
    Intake,
    NewCompanion,
    NewEffect,
    NewInformant,
    NewMark,
    NewReport,
)
from caseman.sites.models import Feature
from caseman.values import Interval

MEN: Final = (
    "محمد Mohammed Muhammad Mohamad Mohamed",
    "أحمد Ahmad Ahmed Ahmet",
    "علي Ali Aly",
    "حسن Hasan Hassan",
    "حسين Hussein Husain Hossein",
    "خالد Khaled Khalid Halid",
    "إبراهيم Ibrahim Ebrahim Ibraheem",
    "يوسف Yusuf Yousef Yousif Youssef",
    "عمر Omar Umar",
    "محمود Mahmoud Mahmud",
    "مصطفى Mustafa Mostafa Moustafa",
    "خليل Khalil Xelil Khaleel",
    "عبدالله Abdullah Abdallah",
    "سامر Samer Samir",
    "جمال Jamal Gamal Cemal",
    "ياسين Yasin Yassin Yaseen",
    "طارق Tariq Tarek",
    "آزاد Azad",
    "كاوا Kawa Kava",
    "شيار Shiyar Siyar",
)
WOMEN: Final = (
    "فاطمة Fatima Fatma Fatmeh",
    "عائشة Aisha Aysha Ayshe",
    "مريم Maryam Mariam Meryem",
    "زينب Zainab Zeinab Zaynab",
    "خديجة Khadija Khadijah Xecice",
    "ليلى Layla Leila Laila",
    "سلمى Salma Selma",
    "هدى Huda Hoda",
    "بيريفان Berivan Perivan",
    "روجين Rojin Rozhin",
)
FAMILIES: Final = (
    "الحداد al-Haddad Haddad Hadad",
    "الجبوري al-Jubouri al-Jaburi Aljubouri",
    "الشمري al-Shammari Shammari",
    "العبيدي al-Obeidi al-Ubaydi",
    "الدليمي al-Dulaimi Dulaymi",
    "الخطيب al-Khatib Khateeb",
    "النجار al-Najjar Najar",
    "الحسن al-Hasan al-Hassan",
    "السالم al-Salem Salim",
    "الأحمد al-Ahmad al-Ahmed",
    "درويش Darwish Derwish",
    "قاسم Qasim Kassem Qasem",
    "شيخو Shekho Sheikho",
    "بوزان Bozan Buzan",
    "حمو Hamo Hemo",
    "عثمان Othman Osman Uthman",
    "يونس Younis Yunus",
    "البكري al-Bakri Bakri",
    "الفياض al-Fayyad Fayad",
    "الزهراوي al-Zahrawi Zahrawi",
)
PLACES: Final = (
    "الرقة Raqqa",
    "الطبقة Tabqa",
    "تل أبيض Tell Abyad",
    "كوباني Kobani",
    "منبج Manbij",
    "دير الزور Deir ez-Zor",
    "الميادين Mayadin",
    "البوكمال Abu Kamal",
    "الحسكة Hasaka",
    "القامشلي Qamishli",
    "عين عيسى Ain Issa",
    "سلوك Suluk",
)
EFFECTS: Final = (
    (EffectCategory.JEWELLERY, "ring", "silver"),
    (EffectCategory.JEWELLERY, "ring", "gold"),
    (EffectCategory.JEWELLERY, "watch", "casio"),
    (EffectCategory.JEWELLERY, "bracelet", "gold"),
    (EffectCategory.PERSONAL, "prayer_beads", "amber"),
    (EffectCategory.PERSONAL, "keys", "house"),
    (EffectCategory.PERSONAL, "lighter", ""),
    (EffectCategory.PERSONAL, "phone", "nokia"),
    (EffectCategory.PERSONAL, "comb", ""),
    (EffectCategory.DOCUMENT, "id_card", ""),
    (EffectCategory.MEDICAL, "glasses", ""),
    (EffectCategory.MEDICAL, "medicine", ""),
)
MARKS: Final = (
    ("fx_forearm", "L_arm"),
    ("fx_clavicle", "R_arm"),
    ("fx_ribs", "torso"),
    ("fx_femur", "L_leg"),
    ("fx_nose", "skull"),
    ("plate_tibia", "R_leg"),
    ("amputation_finger", "L_arm"),
)
DENTAL: Final = (
    "gold_crown",
    "missing_molars",
    "missing_incisor",
    "bridge",
    "denture",
    "crowded_incisors",
    "fillings",
)
GARMENTS: Final = (
    (Slot.TOP, "shirt"),
    (Slot.TOP, "t-shirt"),
    (Slot.BOTTOM, "jeans"),
    (Slot.OUTER, "jacket"),
    (Slot.FEET, "sandals"),
)
FIRST_SEEN, LAST_SEEN = date(2013, 1, 1), date(2017, 10, 1)


@dataclass(frozen=True, slots=True)
class Find:
    """A draft of remains, and the effects that lay with them."""

    new: remains.NewRemains
    effects: tuple[Description, ...]


class Population:
    """People and finds, drawn one after the other from a seed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def reports(self, operation_id: int, count: int) -> Iterator[NewReport]:
        """Yield one report about each of ``count`` missing persons."""
        for _ in range(count):
            intake = Intake(
                operation_id,
                self._random.choice(tuple(Channel)),
                triage=TriageState.NEW if self._random.random() < 0.05 else TriageState.ACCEPTED,
                language=Language.ARABIC,
            )
            yield NewReport(intake, self._answers())

    def finds(self, features: list[Feature], team_id: int, count: int) -> Iterator[Find]:
        """Yield ``count`` remains, spread over ``features``."""
        for place in range(count):
            new = self._remains(features[place % len(features)], team_id)
            effects = tuple(
                Description(category=category, kind=kind, descriptor=descriptor)
                for category, kind, descriptor in self._random.sample(EFFECTS, 1)
            )
            yield Find(new, (*effects, self._garment_found()))

    def _answers(self) -> Answers:
        is_woman, latin = self._random.random() < 0.25, self._random.random() < 0.3
        given = self._name(WOMEN if is_woman else MEN, latin=latin)
        father, family = self._name(MEN, latin=latin), self._name(FAMILIES, latin=latin)
        born = self._random.randint(1940, 2012)
        seen = self._day()
        return Answers(
            name_full=f"{given} {father} {family}",
            name_given=given,
            name_father=father,
            name_family=family,
            name_mother=self._name(WOMEN, latin=latin),
            sex=Sex.FEMALE if is_woman else Sex.MALE,
            birth_text=str(born),
            birth_from=date(born, 1, 1),
            birth_to=date(born, 12, 31),
            last_seen_text=seen.isoformat(),
            last_seen_precision=DatePrecision.DAY,
            last_seen_from=seen,
            last_seen_to=seen,
            last_seen_place=self._random.choice(PLACES),
            circumstance=self._random.choice(tuple(Circumstance)),
            stature_cm=float(self._random.randint(148, 192)),
            handedness=Handedness.RIGHT if self._random.random() < 0.9 else Handedness.LEFT,
            hair=self._random.choice(tuple(HairColour)),
            dental_codes=(self._random.choice(DENTAL),),
            effects=(*self._told_effects(), self._garment_told()),
            marks=tuple(self._told_marks()),
            companions=tuple(self._companions(latin=latin)),
            informant=NewInformant(
                relation=self._random.choice(tuple(Relation)),
                name=self._name(MEN, latin=latin),
                phone=f"09{self._random.randrange(10**8):08d}",
            ),
        )

    def _remains(self, feature: Feature, team_id: int) -> remains.NewRemains:
        age, seen = self._random.randint(4, 70), self._day()
        code, region = self._random.choice(MARKS)
        return remains.NewRemains(
            feature=feature,
            team_id=team_id,
            kind=RemainsKind.BODY,
            deposit_from=seen,
            deposit_to=seen + timedelta(days=30),
            recovery=remains.Recovery(
                recovered_on=date(2019, 3, 4),
                recovered_by="Recorder",
                depth_m=1.2,
                completeness=self._random.choice(tuple(Completeness)),
            ),
            profile=remains.Profile(
                assessor=self._random.choice(tuple(Assessor)),
                sex=self._random.choice(tuple(SexEstimate)),
                sex_method=SexMethod.PELVIS,
                age=Interval(age, age + 12),
                stature_cm=float(self._random.randint(148, 192)),
                stature_se_cm=4.0,
                regions_present=tuple(BodyRegion),
                dental_observable=True,
                dental_codes=(self._random.choice(DENTAL),),
            ),
            marks=(remains.NewMark(MarkKind.HEALED_FRACTURE, code, region),),
            found_names=tuple(self._papers()),
        )

    def _papers(self) -> Iterator[remains.NameFound]:
        if self._random.random() < 0.1:
            name = f"{self._name(MEN, latin=False)} {self._name(FAMILIES, latin=False)}"
            yield remains.NameFound(FoundNameKind.IDENTITY_DOCUMENT, name)

    def _told_effects(self) -> Iterator[NewEffect]:
        for category, kind, descriptor in self._random.sample(EFFECTS, 2):
            yield NewEffect(category, kind, descriptor=descriptor)

    def _garment_told(self) -> NewEffect:
        slot, kind = self._random.choice(GARMENTS)
        return NewEffect(
            EffectCategory.CLOTHING, kind, slot, colour=self._random.choice(tuple(Colour))
        )

    def _garment_found(self) -> Description:
        slot, kind = self._random.choice(GARMENTS)
        return Description(
            category=EffectCategory.CLOTHING,
            kind=kind,
            slot=slot,
            colour=self._random.choice(tuple(Colour)),
        )

    def _told_marks(self) -> Iterator[NewMark]:
        if self._random.random() < 0.6:
            yield NewMark(MarkKind.HEALED_FRACTURE, *self._random.choice(MARKS))

    def _companions(self, *, latin: bool) -> Iterator[NewCompanion]:
        if self._random.random() < 0.2:
            name = f"{self._name(MEN, latin=latin)} {self._name(FAMILIES, latin=latin)}"
            yield NewCompanion(name)

    def _name(self, names: tuple[str, ...], *, latin: bool) -> str:
        arabic, *spellings = self._random.choice(names).split()
        return self._random.choice(spellings) if latin else arabic

    def _day(self) -> date:
        days = (LAST_SEEN - FIRST_SEEN).days
        return FIRST_SEEN + timedelta(days=self._random.randrange(days))
