"""How likely it is, site by site, that a person found there is reported at all."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import User
from caseman.audit.guard import append_only
from caseman.audit.recorder import Audited
from caseman.database import Base, now
from caseman.sites.models import Site


@append_only
class SitePrior(Audited, Base):
    """Somebody said what is to be expected of a site; the last row of a site holds."""

    __tablename__ = "site_prior"
    __table_args__ = (sa.CheckConstraint("overlap > 0 AND overlap < 1", name="share"),)

    site_id: Mapped[int] = mapped_column(sa.ForeignKey(Site.id), index=True)
    overlap: Mapped[float | None]
    """The share of people found here who are reported; None: as everywhere else again."""
    set_by_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))
    set_at: Mapped[datetime] = mapped_column(default=now)
    reason: Mapped[str] = mapped_column(sa.Text)

    site: Mapped[Site] = relationship()
    set_by: Mapped[User] = relationship()

    @property
    def audit_subject(self) -> str:
        return self.site.code
