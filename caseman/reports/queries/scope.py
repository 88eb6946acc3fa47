"""Which missing persons and reports a reader may know of: those of their operations."""

from typing import Any, TypeVar

import sqlalchemy as sa

from caseman.permissions import Permission, Scope
from caseman.reports.models import AnteMortemReport, MissingPerson
from caseman.sites.scope import within_operations

S = TypeVar("S", bound=sa.Select[Any])


def within(statement: S, scope: Scope) -> S:
    """Narrow a selection of missing persons to those within ``scope``.

    Reading reports needs its permission as well: the ante-mortem side is closed to those who only
    work at a site.
    """
    if not scope.may(Permission.REPORT_READ):
        return statement.where(sa.false())
    return within_operations(statement, MissingPerson.operation_id, scope)


def reports_within(statement: S, scope: Scope) -> S:
    """Narrow a selection of reports to those about persons within ``scope``."""
    return within(statement.join(AnteMortemReport.missing_person), scope)
