"""Whom families of an operation may call: written by staff, read by everybody."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import Operation
from caseman.audit.recorder import Audited
from caseman.database import Base, Versioned


class SupportContacts(Audited, Versioned, Base):
    """The words at the foot of every page of families: telephone, hours, where to go."""

    __tablename__ = "support_contacts"

    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id), unique=True)
    text: Mapped[str] = mapped_column(sa.Text)

    operation: Mapped[Operation] = relationship()

    @property
    def audit_subject(self) -> str:
        return self.operation.code
