"""Whom families may call, operation by operation."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import Operation
from caseman.reports.models import SupportContacts


def contacts_of(session: Session, operation: Operation | None) -> SupportContacts | None:
    """Return the contacts of ``operation``, if any were written down."""
    if operation is None:
        return None
    query = sa.select(SupportContacts).where(SupportContacts.operation_id == operation.id)
    return session.scalar(query)


def write_contacts(session: Session, operation: Operation, text: str) -> None:
    """Show ``text`` to the families of ``operation`` from now on."""
    row = contacts_of(session, operation)
    if row is None:
        row = SupportContacts(operation=operation)
        session.add(row)
    row.text = text
    session.flush()
