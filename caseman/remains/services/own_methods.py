"""Equations that an operation has of its own: added, retired, offered again."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import Operation, User
from caseman.coding import N_
from caseman.database import now
from caseman.osteology import StatureEquation
from caseman.remains.models import OwnEquation
from caseman.remains.services.errors import RemainsError


class OwnMethodError(RemainsError):
    """An equation cannot be added, retired or restored so."""


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


def retire(row: OwnEquation, reason: str, by: User) -> None:
    """Offer an equation no more; what was estimated with it stays as it is."""
    if row.out_of_use_at is not None:
        raise OwnMethodError(N_("This equation is retired already."))
    row.out_of_use_at, row.out_of_use_by, row.out_of_use_reason = now(), by, reason


def offer_again(session: Session, row: OwnEquation) -> None:
    """Take a retirement back."""
    if row.out_of_use_at is None:
        raise OwnMethodError(N_("This equation is offered already."))
    _must_be_single(session, row)
    row.out_of_use_at, row.out_of_use_by, row.out_of_use_reason = None, None, ""


def _must_be_single(session: Session, row: OwnEquation) -> None:
    """Refuse a second equation that one could not tell from another."""
    alike = sa.select(OwnEquation.id).where(
        OwnEquation.operation_id == row.operation.id,
        OwnEquation.out_of_use_at.is_(None),
        OwnEquation.method == row.method,
        OwnEquation.year == row.year,
        OwnEquation.population == row.population,
        OwnEquation.sex == row.sex,
        OwnEquation.measures == row.measures,
    )
    with session.no_autoflush:
        is_there = session.scalar(alike) is not None
    if is_there:
        raise OwnMethodError(
            N_(
                "One of this name and year is offered for the same lengths, sex and population. "
                "Retire it first, or give this one another name."
            )
        )
