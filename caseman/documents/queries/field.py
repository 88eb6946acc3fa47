"""What was done at a site or in one feature: who came, what was lifted on which day, what it is."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from caseman.custody.models import Exhibit
from caseman.effects.models import PersonalEffect
from caseman.effects.queries import effects
from caseman.permissions import Scope
from caseman.remains.codes import RemainsKind, RemainsStatus
from caseman.remains.models import RecoveryEvent, Remains
from caseman.remains.queries import remains
from caseman.sites.models import Feature, Site, SiteVisit
from caseman.sites.queries import feature_by_number, site_by_code, visits_to


@dataclass(frozen=True, slots=True)
class Ground:
    """A site, or one feature of it, as a paper is about it."""

    site: Site
    feature: Feature | None = None

    @property
    def number(self) -> str:
        """The code that the paper stands under, such as RQA01 or RQA01-F02."""
        return self.feature.audit_subject if self.feature is not None else self.site.code


@dataclass(frozen=True, slots=True)
class Work:
    """Everything recorded of the work on some ground."""

    ground: Ground
    visits: Sequence[SiteVisit]
    finds: Sequence[Remains]
    """In the order of their recovery, those without a day last; voided numbers stand among them."""
    loose: Sequence[PersonalEffect]
    """Effects with a number of their own, by number."""

    @property
    def rows(self) -> int:
        """About how many rows the paper has."""
        return len(self.visits) + len(self.finds) + len(self.loose)

    @property
    def days(self) -> list[tuple[date | None, list[Remains]]]:
        """The finds of each day of recovery; None is no day recorded."""
        return [(day, list(rows)) for day, rows in groupby(self.finds, key=_day)]

    @property
    def standing(self) -> list[Remains]:
        """The finds whose number was not voided."""
        return [each for each in self.finds if each.voided_at is None]

    @property
    def by_feature(self) -> Mapping[int, Counter[RemainsKind]]:
        """How many finds of each kind lie in each feature, by its id."""
        counts: dict[int, Counter[RemainsKind]] = {}
        for each in self.standing:
            counts.setdefault(each.feature_id, Counter())[each.kind] += 1
        return counts

    @property
    def by_status(self) -> list[tuple[RemainsStatus, int]]:
        """How many finds stand at each status, in the order of the work."""
        counts = Counter(each.status for each in self.standing)
        return [(status, counts[status]) for status in RemainsStatus if counts[status]]


def ground_of(session: Session, scope: Scope, number: str) -> Ground | None:
    """Return the site or feature of a code, or None where it is outside ``scope``."""
    code, _, feature_code = number.partition("-F")
    if not feature_code:
        site = site_by_code(session, scope, number)
        return None if site is None else Ground(site)
    if not feature_code.isdecimal() or len(feature_code) > 3:
        return None
    feature = feature_by_number(session, scope, code, int(feature_code))
    return None if feature is None else Ground(feature.site, feature)


def work_on(session: Session, scope: Scope, ground: Ground) -> Work:
    """Return what was done on ``ground``; visits are of the whole site."""
    visits = visits_to(ground.site).order_by(SiteVisit.first_day, SiteVisit.id)
    return Work(
        ground,
        session.scalars(visits).all(),
        session.scalars(_finds(scope, ground)).unique().all(),
        session.scalars(_loose(scope, ground)).all(),
    )


def _finds(scope: Scope, ground: Ground) -> sa.Select[Remains]:
    statement = remains(scope).outerjoin(Remains.recovery).where(*_on(Remains, ground))
    no_day = sa.case((RecoveryEvent.recovered_on.is_(None), 1), else_=0)
    return statement.order_by(
        no_day, RecoveryEvent.recovered_on, RecoveryEvent.recovered_at_text, Remains.number
    ).options(
        joinedload(Remains.recovery),
        joinedload(Remains.profile),
        joinedload(Remains.feature),
        joinedload(Remains.exhibit).joinedload(Exhibit.place),
        selectinload(Remains.photographs),
        selectinload(Remains.number_events),
    )


def _loose(scope: Scope, ground: Ground) -> sa.Select[PersonalEffect]:
    statement = effects(scope).where(
        PersonalEffect.found_on_id.is_(None), *_on(PersonalEffect, ground)
    )
    return statement.order_by(PersonalEffect.number).options(
        joinedload(PersonalEffect.remains), selectinload(PersonalEffect.photographs)
    )


def _on(table: type[Remains | PersonalEffect], ground: Ground) -> Iterator[sa.ColumnElement[bool]]:
    yield table.site_id == ground.site.id
    if ground.feature is not None:
        yield table.feature_id == ground.feature.id


def _day(row: Remains) -> date | None:
    return row.recovery.recovered_on if row.recovery is not None else None


def photographed(finds: Iterable[Remains]) -> int:
    """Return of how many finds there is a photograph."""
    return sum(bool(each.photographs) for each in finds)
