"""A laboratory's own ages of phases, refused with a sentence where they cannot be."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from caseman.coding import N_
from caseman.osteology.adult_age import PhaseTable
from caseman.osteology.methods import name_of_phases
from caseman.osteology.own.checking import (
    check_numbers,
    refuse_known,
    refuse_own,
    row_of,
)
from caseman.osteology.tables import Row, number, titled
from caseman.osteology.values import Sex, Status

PHASE_COLUMNS: Final = (
    "method", "year", "population", "site", "sex", "phase", "mean_y", "sd_y", "low_y", "high_y",
    "interval_kind", "source", "note",
)  # fmt: skip
"""Those of data/age_phases.csv, and whose figures they are."""
INTERVAL_KINDS: Final = (
    "95 % prediction", "95 % range", "90 % prediction", "observed range", "modal class",
    "minimum age",
)  # fmt: skip
"""What limits may be limits of: the names that the program's own methods use."""
_AGES: Final = ("mean_y", "low_y", "high_y")
_OLDEST: Final = 120
_LARGEST_SPREAD: Final = 30


def own_phase(given: Mapping[str, object]) -> Row:
    """Return the row of one phase; raises ``OwnRefusedError`` where it is none."""
    row = row_of(given, PHASE_COLUMNS)
    for name in ("site", "phase"):
        if not row[name].strip():
            refuse_own(name, N_("Say this: every result names it."))
    if row["sex"] not in set(Sex):
        refuse_own("sex", N_("M, F or any is expected."))
    check_numbers(row, (*_AGES, "sd_y"))
    _check_ages(row)
    _check_kind(row)
    return {**row, "status": Status.LOCAL}


def own_phases(rows: Sequence[Row]) -> PhaseTable:
    """Return the phases of one method on one site, looked at one by one before.

    Raises ``OwnRefusedError`` where two are the same, or the method comes with the program.
    """
    seen: dict[str, set[str]] = {}
    for row in rows:
        sexes = seen.setdefault(row["phase"], set())
        if row["sex"] in sexes or (sexes and Sex.ANY in {*sexes, row["sex"]}):
            refuse_own(
                "phase",
                N_("Phase %(phase)s stands here twice for one sex."),
                phase=row["phase"],
            )
        sexes.add(row["sex"])
    first = rows[0]
    refuse_known(name_of_phases(titled(first), first["site"]))
    return phases_of(rows)


def phases_of(rows: Iterable[Row]) -> PhaseTable:
    """Return the table of rows that were looked at before."""
    rows = tuple({**row, "method": titled(row)} for row in rows)
    return PhaseTable(rows[0]["method"], rows[0]["site"], rows, rows[0]["population"])


def _check_ages(row: Row) -> None:
    for name in _AGES:
        if row[name] and not 0 <= float(row[name]) <= _OLDEST:
            refuse_own(
                name, N_("0 to %(oldest)s years is expected. Is it in years?"), oldest=_OLDEST
            )
    if row["sd_y"] and not 0 < float(row["sd_y"]) <= _LARGEST_SPREAD:
        refuse_own(
            "sd_y",
            N_("More than 0 and at most %(most)s years is expected."),
            most=_LARGEST_SPREAD,
        )
    mean, low, high = (number(row[name]) for name in _AGES)
    if low is not None and high is not None and low >= high:
        refuse_own("high_y", N_("It must be above the lowest age."))
    if mean is not None and not (low or 0) <= mean <= (_OLDEST if high is None else high):
        refuse_own("mean_y", N_("It lies outside its own limits."))


def _check_kind(row: Row) -> None:
    """Refuse limits of nobody knows what, and a phase without any age."""
    kinds = ", ".join(INTERVAL_KINDS)
    if not row["low_y"] and not row["high_y"]:
        for name in ("mean_y", "sd_y"):
            if not row[name]:
                refuse_own(name, N_("Mean and spread are needed, or a lowest or highest age."))
        if row["interval_kind"]:
            refuse_own("interval_kind", N_("It has no limits: leave this empty."))
    elif row["interval_kind"] not in INTERVAL_KINDS:
        refuse_own("interval_kind", N_("Say what the limits are: one of %(kinds)s."), kinds=kinds)
    elif row["interval_kind"] == "minimum age" and (row["high_y"] or not row["low_y"]):
        refuse_own("high_y", N_("A minimum age has a lowest age alone."))
