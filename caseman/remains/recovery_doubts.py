"""What is recorded of a recovery and hardly can be so. Nothing here blocks: people look again."""

from collections.abc import Collection, Iterator
from datetime import date

from caseman.coding import N_
from caseman.remains.codes import BodyCondition, Completeness, RemainsKind
from caseman.remains.drafts import Recovery
from caseman.remains.recovery_codes import Ballistic, BoundPlace, InFrame
from caseman.sites.models import Feature
from caseman.values import Doubt

PARTS_ONLY = frozenset({Completeness.HEAD, Completeness.LIMB, Completeness.TRUNK})
WHOLE = frozenset({Completeness.COMPLETE, Completeness.NEARLY_COMPLETE})
BARE = frozenset({BodyCondition.FRESH, BodyCondition.BLOATED})
LOOSE = frozenset({RemainsKind.BONE, RemainsKind.COMMINGLED})
DEEPEST_M = 8
DEEPER_BY_M = 0.5
TURNED_BY = 45
"""An eighth of the compass is read by eye: so many degrees may lie between it and the compass."""


def about_recovery(
    recovery: Recovery, kind: RemainsKind, feature: Feature, today: date
) -> list[Doubt]:
    """Return what makes one look again before a recovery is stored."""
    return [
        *_about_day(recovery, today),
        *_about_depth(recovery, feature),
        *_about_parts(recovery, kind),
        *_about_lying(recovery, kind),
        *_about_bone(recovery),
        *_about_ties(recovery),
        *_about_weapons(recovery),
    ]


def about_photographs(*, photographed: bool, in_frame: Collection[InFrame]) -> Iterator[Doubt]:
    """Yield what is missing in the photographs of a find, or that there are none."""
    if not photographed:
        yield Doubt(N_("There is no photograph. Take one with the number and a scale."))
    elif in_frame and InFrame.SCALE not in in_frame:
        yield Doubt(N_("No scale lies in the photographs: nobody can measure in them later."))
    if photographed and in_frame and InFrame.NORTH not in in_frame:
        yield Doubt(N_("No arrow to the north lies in the photographs."))


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


def _about_lying(recovery: Recovery, kind: RemainsKind) -> Iterator[Doubt]:
    if kind in LOOSE and recovery.body_position is not None:
        yield Doubt(N_("Bones alone do not lie as a body does, but a position is chosen."))
    degrees, eighth = recovery.orientation_deg, recovery.direction
    if degrees is None or eighth is None:
        return
    between = abs(degrees - eighth.degrees) % 360
    if min(between, 360 - between) > TURNED_BY:
        yield Doubt(
            N_("The feet point one way by the picture and another by the compass (%(degrees)s°)."),
            {"degrees": degrees},
        )


def _about_bone(recovery: Recovery) -> Iterator[Doubt]:
    if recovery.condition in BARE and (recovery.weathering or recovery.preservation):
        yield Doubt(N_("The surface of the bone is graded, but flesh still covers it."))


def _about_ties(recovery: Recovery) -> Iterator[Doubt]:
    places = set(recovery.bound_places)
    if BoundPlace.NONE in places and (len(places) > 1 or recovery.bound_with):
        yield Doubt(N_("“Nothing tied” is ticked, and something tied as well."))


def _about_weapons(recovery: Recovery) -> Iterator[Doubt]:
    seen = set(recovery.ballistic)
    if Ballistic.NONE in seen and (len(seen) > 1 or recovery.ballistic_places):
        yield Doubt(N_("“None seen” is ticked, and bullets or their place as well."))
    if Ballistic.LIVE_ROUND in seen:
        yield Doubt(N_("A live round: leave it, keep away, call those who clear ammunition."))
