"""What is recorded and hardly can be so. Nothing here blocks: people look again and confirm."""

from collections.abc import Iterator
from datetime import date

from caseman.coding import N_, SexEstimate
from caseman.remains.codes import Assessor, BodyCondition, Completeness, RemainsKind
from caseman.remains.drafts import Profile, Recovery
from caseman.sites.models import Feature
from caseman.values import Doubt

PARTS_ONLY = frozenset({Completeness.HEAD, Completeness.LIMB, Completeness.TRUNK})
WHOLE = frozenset({Completeness.COMPLETE, Completeness.NEARLY_COMPLETE})
BARE = frozenset({BodyCondition.FRESH, BodyCondition.BLOATED})
DEEPEST_M = 8
DEEPER_BY_M = 0.5
ADULT_BONES = 15
"""Below this age at death bones do not show the sex."""


def about_recovery(
    recovery: Recovery, kind: RemainsKind, feature: Feature, today: date, *, photographed: bool
) -> list[Doubt]:
    """Return what makes one look again before a recovery is stored."""
    doubts = [*_about_day(recovery, today), *_about_depth(recovery, feature)]
    doubts += _about_parts(recovery, kind)
    if not photographed:
        doubts.append(Doubt(N_("There is no photograph. Take one with the number and a scale.")))
    return doubts


def _about_day(recovery: Recovery, today: date) -> Iterator[Doubt]:
    day = recovery.recovered_on
    if day is not None and day > today:
        yield Doubt(N_("The day of recovery lies in the future."))
    elif day is not None and (today - day).days > 3 * 365:
        yield Doubt(N_("The day of recovery lies more than three years back."))


def _about_depth(recovery: Recovery, feature: Feature) -> Iterator[Doubt]:
    depth = recovery.depth_m
    if depth is None:
        return
    if feature.depth_m is not None and depth > feature.depth_m + DEEPER_BY_M:
        yield Doubt(
            N_("%(depth)s m is deeper than the grave, which is recorded as %(grave)s m deep."),
            {"depth": f"{depth:g}", "grave": f"{feature.depth_m:g}"},
        )
    elif depth > DEEPEST_M:
        yield Doubt(N_("%(depth)s m is very deep. Is it in metres?"), {"depth": f"{depth:g}"})


def _about_parts(recovery: Recovery, kind: RemainsKind) -> Iterator[Doubt]:
    if kind is RemainsKind.BODY and recovery.completeness in PARTS_ONLY:
        yield Doubt(N_("Only a part is there, but the number is for a body. Is it a body part?"))
    if kind in {RemainsKind.BONE, RemainsKind.BODY_PART} and recovery.completeness in WHOLE:
        yield Doubt(N_("The number is for a part, but a whole body is ticked."))
    if kind is RemainsKind.BONE and recovery.condition in BARE:
        yield Doubt(N_("A bone alone is rarely fresh or bloated."))


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
