"""Gives remains their number, one at a time or by the thousand."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.custody.codes import ExhibitKind
from caseman.custody.models import Exhibit
from caseman.remains.drafts import NewRemains, Profile, Recovery
from caseman.remains.models import (
    BiologicalProfile,
    FoundName,
    FoundWith,
    Mark,
    RecoveryEvent,
    Remains,
    ToothFinding,
)
from caseman.remains.services.printing import check_printed
from caseman.sites.codes import NumberKind
from caseman.sites.services import format_number, take_numbers

LISTS_OF_CODES = ("bound_places", "bound_with", "ballistic", "ballistic_places")
"""What of a recovery holds several codes."""
FLUSH_EVERY = 1000
"""So that an import of a country does not stand in memory twice."""


def register_remains(session: Session, new: NewRemains) -> Remains:
    """Give one find its number, its exhibit and everything known of it."""
    return register_all(session, [new])[0]


def register_all(session: Session, many: Iterable[NewRemains]) -> list[Remains]:
    """Register any number of finds, in their order, with a few statements for each thousand.

    A draft with a ``sequence`` must come from a printed form of its team in its feature:
    ``NumberNotIssuedError`` and ``NumberUsedError`` say otherwise.
    """
    drafts = list(many)
    registered: list[Remains] = []
    for new, sequence in zip(drafts, _sequences(session, drafts), strict=True):
        registered.append(_remains(new, sequence))
        session.add(registered[-1])
        if len(registered) % FLUSH_EVERY == 0:
            session.flush()
    session.flush()
    return registered


def link_found_with(session: Session, pairs: Sequence[tuple[Remains, Remains]]) -> None:
    """Record which remains lay in contact; a pair that is known already is left as it is."""
    wanted = {(min(a.id, b.id), max(a.id, b.id)) for a, b in pairs if a.id != b.id}
    known = set(_known_pairs(session, sorted({first for first, _ in wanted})))
    by_id = {each.id: each for pair in pairs for each in pair}
    for first, second in sorted(wanted - known):
        session.add(FoundWith(remains=by_id[first], other_id=second))
    session.flush()


def _known_pairs(session: Session, firsts: Sequence[int]) -> Iterator[tuple[int, int]]:
    for start in range(0, len(firsts), FLUSH_EVERY):
        some = firsts[start : start + FLUSH_EVERY]
        statement = sa.select(FoundWith.remains_id, FoundWith.other_id)
        yield from session.execute(statement.where(FoundWith.remains_id.in_(some)))


def _sequences(session: Session, drafts: Sequence[NewRemains]) -> list[int]:
    """Return the sequence of each draft: the printed one, or the next of its team's block."""
    check_printed(session, [new for new in drafts if new.sequence is not None])
    given = {place: new.sequence for place, new in enumerate(drafts) if new.sequence is not None}
    groups: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for place, new in enumerate(drafts):
        if new.sequence is None:
            groups[new.feature.id, new.team_id, new.kind.value].append(place)
    for (_, team_id, kind), places in groups.items():
        feature = drafts[places[0]].feature
        taken = take_numbers(session, feature, team_id, NumberKind(kind), count=len(places))
        given.update(zip(places, taken, strict=True))
    return [given[place] for place in range(len(drafts))]


def _remains(new: NewRemains, sequence: int) -> Remains:
    site = new.feature.site
    kind = NumberKind(new.kind.value)
    number = format_number(site.code, new.feature.code, kind, sequence)
    return Remains(
        number=number,
        kind=new.kind,
        sequence=sequence,
        site=site,
        feature=new.feature,
        exhibit=Exhibit(number=number, kind=ExhibitKind.REMAINS, site=site),
        source_id=new.source_id,
        deposit_from=new.deposit_from,
        deposit_to=new.deposit_to,
        layer=new.layer,
        absences=dict(new.absences),
        recovery=RecoveryEvent(team_id=new.team_id, **recovery_columns(new.recovery)),
        profile=BiologicalProfile(**profile_columns(new.profile)) if new.profile else None,
        teeth=[ToothFinding(**asdict(tooth)) for tooth in new.teeth],
        marks=[Mark(**asdict(mark)) for mark in new.marks],
        found_names=[FoundName(**asdict(name)) for name in new.found_names],
    )


def recovery_columns(recovery: Recovery) -> Mapping[str, Any]:
    """Return the columns of a recovery event: a list of codes becomes their values, or nothing."""
    columns = {name: getattr(recovery, name) for name in Recovery.__slots__}
    for name in LISTS_OF_CODES:
        columns[name] = [code.value for code in columns[name]] or None
    return columns | {"absences": dict(recovery.absences)}


def profile_columns(profile: Profile) -> Mapping[str, Any]:
    """Return the columns of a biological profile: intervals become their two limits."""
    columns = {name: getattr(profile, name) for name in Profile.__slots__}
    age, stature = columns.pop("age"), columns.pop("stature")
    return columns | {
        "age_min": age and age.low,
        "age_max": age and age.high,
        "stature_min_cm": stature and stature.low,
        "stature_max_cm": stature and stature.high,
        "regions_present": [region.value for region in profile.regions_present],
        "dental_codes": list(profile.dental_codes),
        "absences": dict(profile.absences),
    }
