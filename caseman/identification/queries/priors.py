"""Reads of priors: which one holds for a site, and on which one stored probabilities stand."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from caseman import matching
from caseman.identification.codes import Outcome
from caseman.identification.models import Decision, RankingRun, SitePrior
from caseman.remains.models import Remains
from caseman.sites.models import Site


class Expected(NamedTuple):
    """What is to be expected of remains before any evidence."""

    overlap: float
    """How likely it is that the person is reported at all."""
    persons: int
    """How many persons are sought, each as likely as the other."""

    @property
    def share(self) -> float:
        """How likely each of them is."""
        return self.overlap / max(1, self.persons)

    @property
    def nobody(self) -> float:
        """How likely it is that the person is none of them."""
        return 1 - self.overlap


class Found(NamedTuple):
    """Units of remains of a site, and how many of them are identified."""

    remains: int = 0
    identified: int = 0


def prior_in_force(session: Session) -> matching.Prior:
    """Return what everything is to be ranked with now."""
    rows = session.execute(
        sa.select(Site.code, SitePrior.overlap)
        .join(Site, Site.id == SitePrior.site_id)
        .where(SitePrior.id.in_(_last_ids()))
        .order_by(Site.code)
    )
    return matching.Prior(sites={code: overlap for code, overlap in rows if overlap is not None})


def _last_ids() -> sa.Select[int]:
    return sa.select(sa.func.max(SitePrior.id)).group_by(SitePrior.site_id)


def as_stored(prior: matching.Prior) -> dict[str, Any]:
    """Return a prior as a run keeps it; see ``prior_of``."""
    return {"usual": prior.overlap, "sites": dict(prior.sites)}


def prior_of(run: RankingRun) -> matching.Prior:
    """Return what a run ranked with; runs that kept nothing of it had the usual one everywhere."""
    if run.priors is None:
        return matching.DEFAULT_PRIOR
    return matching.Prior(run.priors["usual"], run.priors["sites"])


def expected_at(run: RankingRun, site: str) -> Expected:
    """Return what a run expected of remains found at the site with this code."""
    return Expected(prior_of(run).at(site), run.persons)


def last_of_sites(session: Session, sites: Collection[int]) -> Mapping[int, SitePrior]:
    """Return by site the last row that somebody wrote for it."""
    statement = sa.select(SitePrior).where(
        SitePrior.id.in_(_last_ids()), SitePrior.site_id.in_(sorted(sites))
    )
    rows = session.scalars(statement.options(joinedload(SitePrior.set_by)))
    return {row.site_id: row for row in rows}


def history(session: Session, site: Site) -> Sequence[SitePrior]:
    """Return the last fifty rows of a site, the last one first."""
    statement = sa.select(SitePrior).where(SitePrior.site_id == site.id)
    newest_first = statement.order_by(SitePrior.id.desc()).limit(50)
    return session.scalars(newest_first.options(joinedload(SitePrior.set_by))).all()


def found_at(session: Session, sites: Collection[int]) -> Mapping[int, Found]:
    """Return by site what was found there; sites without remains have no entry."""
    identified = sa.select(Decision.remains_id).where(
        Decision.outcome == Outcome.IDENTIFIED, Decision.revoked_at.is_(None)
    )
    counted = sa.func.count(sa.case((Remains.id.in_(identified), 1)))
    rows = session.execute(
        sa.select(Remains.site_id, sa.func.count(), counted)
        .where(Remains.site_id.in_(sorted(sites)), Remains.voided_at.is_(None))
        .group_by(Remains.site_id)
    )
    return {site: Found(remains, known) for site, remains, known in rows}
