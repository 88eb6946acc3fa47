"""Effects given out on their own: to a relative, a court or somebody else who may have them.

Effects that go home with remains are part of their release. What is given out here may come back,
and the number stays the same.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import User
from caseman.audit.recorder import Audited
from caseman.database import Base, Versioned, code_type, now
from caseman.effects.models import PersonalEffect
from caseman.identification.codes import EffectReleaseBasis, EffectReleaseState
from caseman.identification.models.cases import Recipient
from caseman.sealing.fields import HasSealed, Sealed
from caseman.sites.models import Site


class EffectRelease(HasSealed, Audited, Versioned, Base):
    """One hand-over of effects without remains: prepared, approved by another, recorded."""

    __tablename__ = "effect_release"
    __table_args__ = (
        sa.CheckConstraint("why <> ''", name="why"),
        sa.CheckConstraint(
            "state <> 'released' OR (approved_at IS NOT NULL AND released_on IS NOT NULL)",
            name="released",
        ),
        sa.CheckConstraint(
            "state NOT IN ('halted', 'returned') OR ended_because <> ''", name="ended"
        ),
        sa.Index("ix_effect_release_site_prepared", "site_id", "prepared_at", "id"),
    )

    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    site_id: Mapped[int] = mapped_column(sa.ForeignKey(Site.id))
    state: Mapped[EffectReleaseState] = mapped_column(
        code_type(EffectReleaseState), default=EffectReleaseState.PREPARED
    )
    basis: Mapped[EffectReleaseBasis] = mapped_column(code_type(EffectReleaseBasis))
    why: Mapped[str] = mapped_column(sa.Text)
    prepared_by_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))
    prepared_at: Mapped[datetime] = mapped_column(default=now)
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    """Always another person than who prepared it."""
    approved_at: Mapped[datetime | None]
    recipient_sealed: Mapped[bytes | None]
    recipient = Sealed[Recipient]()
    released_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    released_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    """When it was halted, or when the effects came back."""
    ended_because: Mapped[str] = mapped_column(sa.Text, default="")
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))

    site: Mapped[Site] = relationship()
    prepared_by: Mapped[User] = relationship(foreign_keys=[prepared_by_id])
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id])
    released_by: Mapped[User | None] = relationship(foreign_keys=[released_by_id])
    ended_by: Mapped[User | None] = relationship(foreign_keys=[ended_by_id])
    items: Mapped[list["EffectGivenOut"]] = relationship(
        back_populates="release", order_by="EffectGivenOut.id"
    )

    @property
    def audit_subject(self) -> str:
        return self.number


class EffectGivenOut(Audited, Base):
    """One effect of such a hand-over."""

    __tablename__ = "effect_given_out"
    __table_args__ = (sa.UniqueConstraint("release_id", "effect_id"),)

    release_id: Mapped[int] = mapped_column(sa.ForeignKey(EffectRelease.id))
    effect_id: Mapped[int] = mapped_column(sa.ForeignKey(PersonalEffect.id), index=True)

    release: Mapped[EffectRelease] = relationship(back_populates="items")
    effect: Mapped[PersonalEffect] = relationship()

    @property
    def audit_subject(self) -> str:
        return self.release.number
