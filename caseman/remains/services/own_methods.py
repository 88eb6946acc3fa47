"""Figures that an operation has of its own: added, retired, offered again."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import Operation, User
from caseman.coding import N_
from caseman.database import now
from caseman.osteology import StatureEquation
from caseman.remains.drafts import NewTable
from caseman.remains.models import OwnEquation, OwnTable
from caseman.remains.models.own_methods import OwnFigures
from caseman.remains.services.errors import RemainsError


class OwnMethodError(RemainsError):
    """Figures cannot be added, retired or offered again so."""


def add_equation(
    session: Session,
    operation: Operation,
    equation: StatureEquation,
    named: tuple[str, str],
    by: User,
) -> OwnEquation:
    """Offer ``equation`` in ``operation``; ``named`` is the author or laboratory, and the year.

    Raises ``OwnMethodError`` where one for the same lengths, sex and population is offered there.
    """
    row = _row(operation, equation, named)
    _must_be_single(session, row)
    row.added_by = by
    session.add(row)
    session.flush()
    return row


def add_table(session: Session, operation: Operation, table: NewTable, by: User) -> OwnTable:
    """Offer ``table`` in ``operation``.

    Raises ``OwnMethodError`` where one of the same name and population is offered there.
    """
    row = OwnTable(
        operation=operation,
        kind=table.kind,
        method=table.method,
        year=table.year,
        population=table.population,
        lines=list(table.lines),
    )
    _must_be_single(session, row)
    row.added_by = by
    session.add(row)
    session.flush()
    return row


def _row(operation: Operation, equation: StatureEquation, named: tuple[str, str]) -> OwnEquation:
    method, year = named
    sample, fits = equation.reference, equation.fits_cm
    return OwnEquation(
        operation=operation,
        method=method,
        year=year,
        population=equation.provenance.population,
        sex=equation.sex.value,
        measures="+".join(equation.measures),
        slope=equation.slope,
        intercept_cm=equation.intercept_cm,
        error_cm=equation.error_cm,
        n=sample.n if sample else None,
        mean_x_cm=sample.mean_cm if sample else None,
        sd_x_cm=sample.sd_cm if sample else None,
        lowest_cm=fits[0] if fits else None,
        highest_cm=fits[1] if fits else None,
        source=equation.provenance.source,
        note="; ".join(equation.notes),
    )


def retire(row: OwnFigures, reason: str, by: User) -> None:
    """Offer figures no more; what was estimated with them stays as it is."""
    if row.out_of_use_at is not None:
        raise OwnMethodError(N_("This is out of use already."))
    row.out_of_use_at, row.out_of_use_by, row.out_of_use_reason = now(), by, reason


def offer_again(session: Session, row: OwnEquation | OwnTable) -> None:
    """Take a retirement back."""
    if row.out_of_use_at is None:
        raise OwnMethodError(N_("This is offered already."))
    _must_be_single(session, row)
    row.out_of_use_at, row.out_of_use_by, row.out_of_use_reason = None, None, ""


def _must_be_single(session: Session, row: OwnEquation | OwnTable) -> None:
    """Refuse second figures that one could not tell from others."""
    kind = type(row)
    alike = sa.select(kind.id).where(
        kind.operation_id == row.operation.id,
        kind.out_of_use_at.is_(None),
        kind.method == row.method,
        kind.year == row.year,
        kind.population == row.population,
    )
    if isinstance(row, OwnEquation):
        alike = alike.where(OwnEquation.sex == row.sex, OwnEquation.measures == row.measures)
        refusal = N_(
            "One of this name and year is offered for the same lengths, sex and population. "
            "Retire it first, or give this one another name."
        )
    else:
        alike = alike.where(OwnTable.kind == row.kind)
        refusal = N_(
            "A table of this name and year is offered for the same population. "
            "Retire it first, or give this one another name."
        )
    with session.no_autoflush:
        is_there = session.scalar(alike) is not None
    if is_there:
        raise OwnMethodError(refusal)
