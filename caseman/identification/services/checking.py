"""Checks the profiles of a family against each other before use; people decide what follows."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.audit.reasons import because
from caseman.coding import N_
from caseman.database import DomainError
from caseman.identification.genetics import Terms, TypedFamily, check_family
from caseman.identification.models import DnaMisfit, RelativeUse
from caseman.identification.services.seen_profiles import withdrawn_among
from caseman.kinship import FamilyCheck, KinshipError
from caseman.reports.models import Relative

LEAST: Final = -300.0
"""No log10 LR is stored as less: a database knows no infinity."""

Misfits = list[dict[str, Any]]


class UseRefusedError(DomainError):
    """Nothing can be decided so."""


def misfits_of(terms: Terms, family: TypedFamily) -> Misfits:
    """Return the rows of those who hardly fit; none where the tree is too large to be checked."""
    try:
        check = check_family(terms, family)
    except KinshipError:
        return []
    return [] if check is None else list(_rows(family, check))


def _rows(family: TypedFamily, check: FamilyCheck) -> Iterator[dict[str, Any]]:
    relatives = {place: int(key) for key, place in family.tree.places.items()}
    for fit in check.suspects:
        yield {
            "missing_person_id": family.person_id,
            "relative_id": relatives[fit.person],
            "source_id": family.sources[fit.person],
            "log10_lr": max(LEAST, fit.log_ratio_moving / math.log(10)),
            "markers": list(fit.impossible),
            "is_either": check.is_either,
        }


def write_misfits(session: Session, by_person: Mapping[int, Misfits]) -> None:
    """Replace what was found in some families, but for people who withdrew meanwhile."""
    session.execute(sa.delete(DnaMisfit).where(DnaMisfit.missing_person_id.in_(sorted(by_person))))
    rows = [row for found in by_person.values() for row in found]
    gone = withdrawn_among(session, [row["source_id"] for row in rows])
    if kept := [row for row in rows if row["source_id"] not in gone]:
        session.execute(sa.insert(DnaMisfit), kept)


def decide_use(
    session: Session, relative: Relative, *, is_used: bool, reason: str, by: User
) -> RelativeUse:
    """Write down whether the profile of ``relative`` is used; the family is weighed anew."""
    if relative.source is None or relative.source.withdrawn_at is not None:
        raise UseRefusedError(N_("Consent is withdrawn: nothing of it may be used."))
    if not reason.strip():
        raise UseRefusedError(N_("Write why."))
    with because(session, reason):
        row = RelativeUse(
            relative=relative,
            source=relative.source,
            is_used=is_used,
            reason=reason,
            decided_by=by,
        )
        session.add(row)
        session.flush()
    return row
