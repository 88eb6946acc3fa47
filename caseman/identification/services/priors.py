"""Sets what is expected of a site before any evidence; everything is then ranked anew."""

from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.identification.models import SitePrior
from caseman.identification.services.runs import RANK_ALL
from caseman.jobs.queue import enqueue
from caseman.sites.models import Site


def set_prior(
    session: Session, site: Site, overlap: float | None, setter: User, reason: str
) -> SitePrior:
    """Expect that this share of the people found at ``site`` is reported; None: as elsewhere."""
    row = SitePrior(site=site, overlap=overlap, set_by=setter, reason=reason)
    session.add(row)
    enqueue(session, RANK_ALL, {}, unique_key=RANK_ALL)
    session.flush()
    return row
