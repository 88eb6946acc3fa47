"""Who looked at a catalogue of belongings, and what they recognised.

A recognition is secondary evidence: clothes are shared, issued, swapped and looted. It stands in
words beside a comparison, weighs nothing in a ranking and filters nothing.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import User
from caseman.audit.guard import append_only
from caseman.audit.recorder import Audited
from caseman.database import Base, Versioned, code_type, now
from caseman.effects.models import BelongingsCatalogue, CatalogueItem
from caseman.identification.codes import RecognitionAnswer
from caseman.reports.codes import Relation
from caseman.reports.models import AnteMortemReport, MissingPerson
from caseman.sealing.fields import HasSealed, Sealed


class BelongingsViewing(HasSealed, Audited, Versioned, Base):
    """Somebody looked at a catalogue for the sake of one missing person."""

    __tablename__ = "belongings_viewing"
    __table_args__ = (
        sa.CheckConstraint("report_id IS NOT NULL OR viewer_sealed IS NOT NULL", name="viewer"),
        sa.CheckConstraint("struck_at IS NULL OR struck_reason <> ''", name="struck"),
    )

    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    catalogue_id: Mapped[int] = mapped_column(sa.ForeignKey(BelongingsCatalogue.id), index=True)
    missing_person_id: Mapped[int] = mapped_column(sa.ForeignKey(MissingPerson.id), index=True)
    report_id: Mapped[int | None] = mapped_column(sa.ForeignKey(AnteMortemReport.id), index=True)
    """Whose informant looked; empty where it was somebody else of the family."""
    viewer_sealed: Mapped[bytes | None]
    viewer = Sealed[str]()
    """The name of who looked, where it is not the informant."""
    relation: Mapped[Relation | None] = mapped_column(code_type(Relation))
    looked_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(sa.String(200), default="")
    present_sealed: Mapped[bytes | None]
    present = Sealed[str]()
    """Who else was in the room."""
    said_first: Mapped[str] = mapped_column(sa.Text, default="")
    """What was told of the belongings before the first picture was shown."""
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    struck_at: Mapped[datetime | None]
    struck_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    struck_reason: Mapped[str] = mapped_column(sa.Text, default="")

    catalogue: Mapped[BelongingsCatalogue] = relationship()
    missing_person: Mapped[MissingPerson] = relationship()
    report: Mapped[AnteMortemReport | None] = relationship()
    recorded_by: Mapped[User] = relationship(foreign_keys=[recorded_by_id])
    struck_by: Mapped[User | None] = relationship(foreign_keys=[struck_by_id])
    recognitions: Mapped[list["Recognition"]] = relationship(
        back_populates="viewing", order_by="Recognition.id"
    )


@append_only
class Recognition(Audited, Base):
    """What was said of one picture; of several rows about one picture the last counts."""

    __tablename__ = "recognition"

    viewing_id: Mapped[int] = mapped_column(sa.ForeignKey(BelongingsViewing.id), index=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey(CatalogueItem.id), index=True)
    answer: Mapped[RecognitionAnswer] = mapped_column(code_type(RecognitionAnswer))
    said: Mapped[str] = mapped_column(sa.Text, default="")
    """Their own words, before anything more was asked."""
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    """Why an earlier row about the same picture is corrected."""
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    viewing: Mapped[BelongingsViewing] = relationship(back_populates="recognitions")
    item: Mapped[CatalogueItem] = relationship()
    recorded_by: Mapped[User] = relationship()

    @property
    def audit_subject(self) -> str:
        return self.viewing.number
