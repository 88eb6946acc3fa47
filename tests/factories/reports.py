"""Missing persons and reports for tests; every name is invented."""

from dataclasses import replace
from datetime import date

from caseman.coding import Sex
from caseman.coding.belongings import Colour, EffectCategory, Slot
from caseman.coding.physical import MarkKind
from caseman.reports import services
from caseman.reports.codes import Channel, Relation, TriageState
from caseman.reports.drafts import (
    Answers,
    Intake,
    NewCompanion,
    NewEffect,
    NewInformant,
    NewMark,
    NewReport,
)

FULL = Answers(
    name_full="سامر خليل الحداد",
    name_given="سامر",
    name_father="خليل",
    name_family="الحداد",
    name_mother="مريم",
    sex=Sex.MALE,
    birth_text="1990",
    birth_from=date(1990, 1, 1),
    birth_to=date(1990, 12, 31),
    last_seen_text="2017-08-20",
    last_seen_from=date(2017, 8, 20),
    last_seen_to=date(2017, 8, 20),
    last_seen_place="البتاني",
    stature_cm=172.0,
    effects=(
        NewEffect(EffectCategory.CLOTHING, "t-shirt", Slot.TOP, Colour.BLACK),
        NewEffect(EffectCategory.PERSONAL, "watch", descriptor="metal"),
    ),
    marks=(NewMark(MarkKind.HEALED_FRACTURE, "fx_forearm", "L_arm", "fell from a roof"),),
    companions=(NewCompanion("عماد"),),
    informant=NewInformant(Relation.MOTHER, "مريم", "0944 123 456", safe_contact="after six"),
)
"""A report in which everything that matters was told."""


def intake(operation, **changes):
    values = {"channel": Channel.STAFF, "triage": TriageState.ACCEPTED, **changes}
    return Intake(operation.id, **values)


def draft(operation, name=None, *, person=None, channel=Channel.STAFF, **answers):
    """A report as a form would hand it over; ``name`` alone gives a report of nothing else."""
    told = Answers(name_full=name, **answers) if name else replace(FULL, **answers)
    return NewReport(
        intake(operation, channel=channel), told, missing_person_id=person.id if person else None
    )


def make_report(session, operation, name=None, **options):
    return services.register_report(session, draft(operation, name, **options))


def make_missing(session, operation, name=None, **options):
    """A missing person, with the one report that tells of them."""
    return make_report(session, operation, name, **options).missing_person
