"""Numbers given out on paper."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import Team, User
from caseman.audit.recorder import Audited
from caseman.database import Base, code_type, now
from caseman.remains.codes import RemainsKind
from caseman.sites.models import Feature


class PrintedBlock(Audited, Base):
    """A run of numbers given out on blank paper forms; each is used once, when it comes back."""

    __tablename__ = "printed_block"
    __table_args__ = (
        sa.UniqueConstraint("feature_id", "kind", "first"),
        sa.CheckConstraint("first <= last", name="printed_range"),
    )

    feature_id: Mapped[int] = mapped_column(sa.ForeignKey(Feature.id))
    team_id: Mapped[int] = mapped_column(sa.ForeignKey(Team.id), index=True)
    kind: Mapped[RemainsKind] = mapped_column(code_type(RemainsKind))
    first: Mapped[int]
    last: Mapped[int]
    printed_at: Mapped[datetime] = mapped_column(default=now)
    printed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))

    feature: Mapped[Feature] = relationship()
    team: Mapped[Team] = relationship()

    @property
    def audit_subject(self) -> str:
        return f"{self.feature.audit_subject}-{self.kind.value}{self.first:03d}"
