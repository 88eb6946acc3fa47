"""What an examination says and hardly can be so. Nothing here blocks: people look again."""

from collections.abc import Iterator
from datetime import date

from caseman.coding import N_, SexEstimate
from caseman.remains.codes import Assessor
from caseman.remains.drafts import Profile
from caseman.values import Doubt

ADULT_BONES = 15
"""Below this age at death bones do not show the sex."""


def about_profile(profile: Profile, today: date) -> list[Doubt]:
    """Return what makes one look again before an examination is stored."""
    return [
        *_about_sex(profile),
        *_about_age(profile),
        *_about_stature(profile),
        *_about_examination(profile, today),
    ]


def _about_sex(profile: Profile) -> Iterator[Doubt]:
    is_certain = profile.sex in {SexEstimate.MALE, SexEstimate.FEMALE}
    if profile.age and profile.age.high < ADULT_BONES and is_certain and not profile.sex_method:
        yield Doubt(N_("Bones of a child do not show the sex. How is it known?"))
    if is_certain and profile.assessor is Assessor.LAY and not profile.sex_method:
        yield Doubt(N_("The sex is certain, but there is no method and no trained examiner."))


def _about_age(profile: Profile) -> Iterator[Doubt]:
    if profile.age is None:
        return
    if profile.age.high > 100:
        yield Doubt(N_("An age above 100 cannot be told from bones."))
    elif profile.age.low > 18 and profile.age.high - profile.age.low < 5:
        yield Doubt(N_("The age of an adult is told within less than five years. Is that so sure?"))


def _about_stature(profile: Profile) -> Iterator[Doubt]:
    limits, best = profile.stature, profile.stature_cm
    if limits and best is not None and not limits.low <= best <= limits.high:
        yield Doubt(N_("The best estimate of stature lies outside its limits."))
    adult = profile.age is not None and profile.age.low >= ADULT_BONES
    tallest, smallest = 205, 135 if adult else 40
    told = [value for value in (best, limits and limits.low, limits and limits.high) if value]
    if any(not smallest <= value <= tallest for value in told):
        yield Doubt(N_("The stature is very unusual. Is it in centimetres?"))


def _about_examination(profile: Profile, today: date) -> Iterator[Doubt]:
    if profile.examined_on is not None and profile.examined_on > today:
        yield Doubt(N_("The day of examination lies in the future."))
