"""Which teams work on a site, and so see it."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import Team
from caseman.sites.models import Site, SiteAssignment


def assign(session: Session, site: Site, team: Team) -> SiteAssignment:
    """Let ``team`` work on ``site``; a second time changes nothing."""
    found = _assignment(session, site, team)
    if found is None:
        found = SiteAssignment(site=site, team=team)
        session.add(found)
        session.flush()
    return found


def unassign(session: Session, site: Site, team: Team) -> None:
    """Close ``site`` to ``team``; numbers that it gave out, and its blocks, stay its own."""
    found = _assignment(session, site, team)
    if found is not None:
        session.delete(found)
        session.flush()


def _assignment(session: Session, site: Site, team: Team) -> SiteAssignment | None:
    return session.scalar(
        sa.select(SiteAssignment).where(
            SiteAssignment.site_id == site.id, SiteAssignment.team_id == team.id
        )
    )
