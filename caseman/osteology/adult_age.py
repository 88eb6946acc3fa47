"""Age of adults, and of the nearly adult, by the phase that a site of the skeleton has reached.

Every phase is a row of ``data/age_phases.csv``. Printed intervals differ in kind, and the kind goes
with the result: Lovejoy's classes are no 95 % ranges, and Iscan's printed ranges, confidence limits
of a mean, are not used: where mean and spread are known and no range, it is the mean +- 2 SD.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from caseman.osteology.tables import Row, distinct, number, rows
from caseman.osteology.values import Estimate, Provenance, Sex, Status, refuse


def published_phases() -> tuple[tuple[str, str], ...]:
    """Return each method with its site, in the order of the table."""
    pairs = ((row["method"], row["site"]) for row in rows("age_phases"))
    return tuple(dict.fromkeys(pairs))


def age_by_phase(method: str, site: str, phase: str, sex: Sex | None = None) -> Estimate:
    """Return the age in years of somebody in this phase of a method that comes with the program."""
    offered = [row for row in rows("age_phases") if (row["method"], row["site"]) == (method, site)]
    if not offered:
        refuse("method", f"{method} on {site} is not known")
    return PhaseTable(method, site, tuple(offered)).estimate(phase, sex)


@dataclass(frozen=True, slots=True)
class PhaseTable:
    """The phases of one method on one site of the skeleton; rows as in ``data/age_phases.csv``."""

    method: str
    site: str
    rows: tuple[Row, ...]
    population: str = ""
    """On whom it was made; the program's own tables do not say."""

    def estimate(self, phase: str, sex: Sex | None = None) -> Estimate:
        """Return the age in years of somebody in this phase.

        Raises ``RefusedInputError`` with what the method knows, or where it differs by sex and
        none is given. A score falls into the phase that spans it.
        """
        of_sex = [row for row in self.rows if row["sex"] in {sex, Sex.ANY}]
        if not of_sex:
            known = " or ".join(distinct(row["sex"] for row in self.rows))
            refuse("sex", f"{known} is expected: the method differs by it")
        found = [row for row in of_sex if _spans(row["phase"], phase)]
        if not found:
            phases = ", ".join(distinct(row["phase"] for row in of_sex))
            refuse("phase", f"{phase} is given, one of {phases} is expected")
        return _estimate(found[0], self.population or self.site)


def _spans(row_phase: str, asked: str) -> bool:
    if row_phase == asked:
        return True
    low, dash, high = row_phase.partition("-")
    if not (dash and low.isdigit() and high.isdigit() and asked.isdigit()):
        return False
    return int(low) <= int(asked) <= int(high)


def _estimate(row: Row, population: str) -> Estimate:
    mean, sd, low, high = (number(row[name]) for name in ("mean_y", "sd_y", "low_y", "high_y"))
    kind = row["interval_kind"]
    if low is None and high is None and mean is not None and sd is not None:
        low, high, kind = mean - 2 * sd, mean + 2 * sd, "mean and 2 standard deviations"
    return Estimate(
        mean,
        "years",
        Provenance(row["method"], population, row["source"], Status(row["status"])),
        None if low is None and high is None else (low, high),
        kind,
        {"site": row["site"], "phase": row["phase"], "sex": row["sex"], "sd_y": sd},
        tuple(_notes(row)),
    )


def _notes(row: Row) -> Iterator[str]:
    if row["interval_kind"] == "modal class":
        yield "limits of a class, not a 95 % range"
    if row["status"] == Status.RECALLED:
        yield "reference, unverified"
    if row["note"]:
        yield row["note"]
