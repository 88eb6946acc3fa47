"""What was learnt from decisions, and which model the rankings use: nothing changes silently."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import User
from caseman.audit.guard import append_only
from caseman.audit.recorder import Audited
from caseman.database import Base, Versioned, code_type, now
from caseman.identification.codes import LessonState


class LearnedModel(Audited, Versioned, Base):
    """Parameters estimated anew from signed decisions: proposed, until a person takes them."""

    __tablename__ = "learned_model"

    state: Mapped[LessonState] = mapped_column(code_type(LessonState), default=LessonState.WAITING)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))
    asked_at: Mapped[datetime] = mapped_column(default=now, index=True)
    finished_at: Mapped[datetime | None]
    discarded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    code_version: Mapped[str] = mapped_column(sa.String(40), default="")
    began_with: Mapped[str] = mapped_column(sa.String(80), default="")
    """The model that was in use when it was learnt, to which it is compared."""
    identified: Mapped[int] = mapped_column(default=0)
    scientific: Mapped[int] = mapped_column(default=0)
    """Of the identifications, those that rest on a primary identifier and not on this evidence."""
    excluded: Mapped[int] = mapped_column(default=0)
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The values of all parameters, by name."""
    lesson: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Before and after: weights, levels, quality; see ``services.learning``."""

    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])
    discarded_by: Mapped[User | None] = relationship(foreign_keys=[discarded_by_id])

    @property
    def name(self) -> str:
        """What runs and candidates call it."""
        return f"learned-{self.id}"

    @property
    def audit_subject(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether it waits or is being computed."""
        return self.state in {LessonState.WAITING, LessonState.RUNNING}


@append_only
class ModelUse(Audited, Base):
    """Somebody took a model into use; the last row says which one is."""

    __tablename__ = "model_use"

    learned_model_id: Mapped[int | None] = mapped_column(sa.ForeignKey(LearnedModel.id))
    """None: the model that comes with the program."""
    taken_by_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))
    taken_at: Mapped[datetime] = mapped_column(default=now)
    reason: Mapped[str] = mapped_column(sa.Text)

    learned_model: Mapped[LearnedModel | None] = relationship()
    taken_by: Mapped[User] = relationship()

    @property
    def audit_subject(self) -> str:
        return "day-one" if self.learned_model is None else self.learned_model.name
