"""A small town of invented people, the same on every run."""

import random
from datetime import date, timedelta

from caseman.matching import (
    AgeEstimate,
    AnteMortem,
    Assessor,
    DateInterval,
    DatePrecision,
    Effect,
    Garment,
    LastSeenDate,
    LastSeenPlace,
    Mark,
    NameSlots,
    PlacePrecision,
    Position,
    PostMortem,
    Sex,
    SexCall,
    SexEstimate,
    Site,
    StatureEstimate,
)

REGIONS = frozenset({"skull", "mandible", "torso", "L_arm", "R_arm", "pelvis", "L_leg", "R_leg"})
GIVEN = ("محمد", "Ahmad", "Shekhmus", "Khalid", "Rojda", "حسن", "Zayn", "Dilovan")
FAMILY = ("العلي", "Haddad", "Hajo", "النجار", "Sabbagh", "Kanaan")


def make_report(number: int, chance: random.Random) -> AnteMortem:
    seen = date(2017, 3, 1) + timedelta(days=chance.randrange(200))
    birth = date(1950 + chance.randrange(60), 6, 1)
    return AnteMortem(
        key=f"A{number:04}",
        name=NameSlots(
            given=chance.choice(GIVEN), father=chance.choice(GIVEN), family=chance.choice(FAMILY)
        ),
        sex=chance.choice((Sex.MALE, Sex.FEMALE)),
        birth=DateInterval(birth, birth),
        stature_cm=chance.choice((None, 160.0, 168.0, 175.0)),
        hair=chance.choice((None, "black", "brown")),
        dental=chance.choice((None, frozenset({"bridge"}), frozenset({"gold_crown"}))),
        marks=chance.choice((frozenset[Mark](), frozenset({Mark("fx_tibia", "L_leg")}))),
        garments=frozenset({Garment("top", chance.choice(("shirt", "abaya")), "black")}),
        effects=frozenset({Effect(chance.choice(("ring", "keys", "watch")))}),
        last_seen=LastSeenDate(DateInterval(seen, seen), DatePrecision.DAY),
        place=LastSeenPlace(
            Position(35.95 + chance.random() / 50, 39.0), chance.choice([*PlacePrecision])
        ),
        circumstance=chance.choice((None, "attack", "arrest")),
    )


def make_remains(number: int, chance: random.Random) -> PostMortem:
    first = date(2017, 3, 1) + timedelta(days=chance.randrange(200))
    low = chance.randrange(5, 60)
    return PostMortem(
        key=f"R{number:04}",
        sex=SexEstimate(chance.choice([*SexCall]), "pelvis", Assessor.TRAINED),
        age=AgeEstimate(low, low + 10),
        stature=chance.choice((None, StatureEstimate(170.0, 4.0))),
        dental=frozenset({"bridge"}),
        dental_absence_counts=True,
        marks=frozenset[Mark](),
        regions=REGIONS,
        garments=frozenset({Garment("top", "shirt", "black")}),
        effects=frozenset({Effect("ring", "gold")}),
        deposited=DateInterval(first, first + timedelta(days=20)),
        site=Site(f"S{number % 3}", Position(35.95 + number % 3 / 100, 39.01)),
    )
