"""How many persons the bones of a lot, a feature or a site are of, at least and most likely."""

from collections import Counter
from typing import NamedTuple

from flask import render_template
from flask.typing import ResponseReturnValue

from caseman.osteology import LikelyNumber, MinimumNumber, likely_number
from caseman.osteology.counting import CAP, Deciding, OfKind
from caseman.permissions import Permission
from caseman.remains import counts as queries
from caseman.remains.adapters import (
    BoneCount,
    BoneLine,
    PairCount,
    counted_lines,
    kind_of,
    minimum_number_of,
)
from caseman.remains.bone_names import bone_name, side_name, zone_name
from caseman.remains.codes import AgeClass, BoneSide
from caseman.remains.forms.bones import PRESENT
from caseman.remains.models import Remains
from caseman.remains.views.blueprint import feature_of, remains
from caseman.sites.models import Feature, Site
from caseman.sites.queries import site_by_code
from caseman.web.filters import label
from caseman.web.guards import current_scope, requires
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _

MOST_LIKELY_SHOWN = 5


class BoneKind(NamedTuple):
    """What bones are counted by."""

    element: str
    side: BoneSide
    age_class: AgeClass | None


class CountedKind(NamedTuple):
    """A row of the table: bones of one kind, and of how many persons they are at least."""

    kind: BoneKind
    pieces: int
    persons: int
    zones: list[tuple[str, int]]
    """How often each zone of fragments is there; the first decides. None where all are alike."""


class Likely(NamedTuple):
    """How many persons there were, by one paired bone."""

    bone: str
    counts: PairCount
    number: LikelyNumber


@remains.get("/sites/<code>/bones")
@requires(Permission.REMAINS_READ)
def site_bones(code: str) -> ResponseReturnValue:
    return _counted(found(site_by_code(session, current_scope(), code)))


@remains.get("/sites/<code>/features/<int:number>/bones")
@requires(Permission.REMAINS_READ)
def feature_bones(code: str, number: int) -> ResponseReturnValue:
    feature = feature_of(code, number)
    return _counted(feature.site, feature)


def _counted(site: Site, feature: Feature | None = None) -> str:
    counts = queries.bone_counts(session, current_scope(), site, feature)
    least = least_number(counts)
    return render_template(
        "remains/bone_counts.html",
        site=site,
        feature=feature,
        rows=_rows(counts, least[0]) if least else [],
        likely=_likely(queries.pair_counts(session, current_scope(), site, feature)),
        held=queries.persons_held(session, current_scope(), site, feature),
        least=least,
        side_name=side_name,
    )


def _rows(counts: list[BoneCount], least: MinimumNumber) -> list[CountedKind]:
    kinds = Counter[BoneKind]()
    for each in counts:
        pieces = 0 if each.is_fused else each.pieces
        kinds[BoneKind(each.element, each.side, each.age_class)] += pieces
    rows = []
    for kind, pieces in kinds.items():
        of_kind = least.by_kind.get(kind_of(*kind), OfKind(0, ()))
        told = of_kind.zones if any(count > 1 for _zone, count in of_kind.zones) else ()
        zones = [(zone_name(zone), count) for zone, count in told]
        rows.append(CountedKind(kind, pieces, of_kind.persons, zones))
    return sorted(rows, key=lambda each: (-each.persons, -each.pieces, each.kind.element))


def _likely(counts: list[PairCount]) -> list[Likely]:
    """Return the numbers of those bones that are the most and have a pair."""
    paired = sorted(
        (each for each in counts if each.pairs),
        key=lambda each: (-each.left - each.right, each.element),
    )
    return [
        Likely(bone_name(each.element), each, _of_pairs(each))
        for each in paired[:MOST_LIKELY_SHOWN]
    ]


def _of_pairs(each: PairCount) -> LikelyNumber:
    seen = each.left + each.right - each.pairs
    return likely_number(each.left, each.right, each.pairs, max(CAP, 2 * seen))


def least_number(counts: list[BoneCount]) -> tuple[MinimumNumber, list[str]] | None:
    """Return the minimum number of persons and the bones that decide it, in words."""
    if not counts:
        return None
    number = minimum_number_of(counts)
    return number, [_deciding(each) for each in number.deciding]


def _deciding(each: Deciding) -> str:
    sides = {"left": BoneSide.LEFT, "right": BoneSide.RIGHT}
    parts = [bone_name(each.element)]
    if each.side in sides:
        parts.append(label(sides[each.side]))
    if each.age_class:
        parts.append(label(AgeClass(each.age_class)))
    said = _("%(bone)s: %(count)s", count=each.count, bone=_(", ").join(parts))
    if not each.zone:
        return said
    zone = zone_name(each.zone)
    return _("%(bones)s (fragments counted by this zone: %(zone)s)", bones=said, zone=zone)


def counts_of(row: Remains) -> list[BoneCount]:
    """Return the bones of one record that are there."""
    return counted_lines(
        [BoneLine.of(row.number, each) for each in row.bones if each.state in PRESENT]
    )
