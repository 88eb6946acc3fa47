"""Reads of what DNA says of pairs, each within a scope."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from caseman.identification.models import ScreeningRun
from caseman.permissions import Scope
from caseman.sites.scope import within_operations


def screenings(scope: Scope) -> sa.Select[ScreeningRun]:
    """Return the selection of screenings within ``scope``."""
    statement = within_operations(sa.select(ScreeningRun), ScreeningRun.operation_id, scope)
    return statement.options(joinedload(ScreeningRun.operation))


def persons_left_out(runs: Iterable[ScreeningRun]) -> Sequence[int]:
    """Return the ids of the missing persons whose families could not be weighed."""
    return sorted({person for run in runs for person, _ in run.faults})
