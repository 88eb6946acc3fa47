"""A laboratory's own sizes of men and of women, refused with a sentence where they cannot be."""

from collections.abc import Mapping
from typing import Final

from caseman.coding import N_
from caseman.osteology.methods import name_of_sizes
from caseman.osteology.own.checking import (
    check_numbers,
    check_sample,
    refuse_known,
    refuse_own,
    row_of,
)
from caseman.osteology.sex import Sectioning, published_sizes, size_of, sizes_known
from caseman.osteology.tables import Row, titled
from caseman.osteology.values import Provenance, Status

SIZE_COLUMNS: Final = (
    "method", "year", "population", "measurement", "n_male", "mean_male_mm", "sd_male_mm",
    "n_female", "mean_female_mm", "sd_female_mm", "source", "note",
)  # fmt: skip
"""Those of data/sex_metrics.csv, and whose figures they are."""
_FIGURES: Final = ("n_male", "mean_male_mm", "sd_male_mm", "n_female", "mean_female_mm",
                   "sd_female_mm")  # fmt: skip
_SPREADS: Final = (0.01, 0.3)
"""Least and largest standard deviation of a size, as a share of its mean."""


def own_sizes(given: Mapping[str, object]) -> Sectioning:
    """Return the sizes of these columns; raises ``OwnRefusedError`` where they are none."""
    row = row_of(given, SIZE_COLUMNS)
    check_numbers(row, _FIGURES, needed=_FIGURES)
    reference = _reference(row["measurement"])
    for sex in ("male", "female"):
        check_sample(row, f"n_{sex}")
        _check_mean(row, f"mean_{sex}_mm", reference.range_mm)
        _check_spread(row, f"sd_{sex}_mm", float(row[f"mean_{sex}_mm"]))
    _check_order(row, reference)
    found = sizes_of(row)
    refuse_known(name_of_sizes(found))
    return found


def sizes_of(row: Row) -> Sectioning:
    """Return the sizes of a row that was looked at before."""
    provenance = Provenance(titled(row), row["population"], row["source"], Status.LOCAL)
    notes = (row["note"],) if row["note"] else ()
    return Sectioning(
        row["measurement"], size_of(row, "male"), size_of(row, "female"), provenance, notes
    )


def _reference(measurement: str) -> Sectioning:
    """Return what the program knows of this size, all groups of its reference data together."""
    if measurement not in sizes_known():
        refuse_own(
            "measurement",
            N_("%(given)s is no size that is known. Known are %(known)s."),
            given=measurement or "-",
            known=", ".join(sizes_known()),
        )
    return published_sizes(measurement)


def _check_mean(row: Row, name: str, plausible: tuple[float, float]) -> None:
    given, (lowest, highest) = float(row[name]), plausible
    if lowest <= given <= highest:
        return
    expected = {"lowest": f"{lowest:g}", "highest": f"{highest:g}"}
    if lowest <= 10 * given <= highest:
        refuse_own(
            name,
            N_(
                "%(lowest)s to %(highest)s mm is expected of an adult. "
                "Is it in cm? Then write %(meant)s."
            ),
            meant=f"{10 * given:g}",
            **expected,
        )
    refuse_own(name, N_("%(lowest)s to %(highest)s mm is expected of an adult."), **expected)


def _check_spread(row: Row, name: str, mean: float) -> None:
    least, most = (share * mean for share in _SPREADS)
    if not least <= float(row[name]) <= most:
        refuse_own(
            name,
            N_("%(least)s to %(most)s mm is expected beside this mean. Is it in mm?"),
            least=f"{least:.1f}",
            most=f"{most:.1f}",
        )


def _check_order(row: Row, reference: Sectioning) -> None:
    """Refuse means that stand the other way round than those of all who were ever measured."""
    men, women = float(row["mean_male_mm"]), float(row["mean_female_mm"])
    if reference.men.mean_mm > reference.women.mean_mm and men <= women:
        refuse_own(
            "mean_female_mm",
            N_("Women's mean is expected below men's. Were the two exchanged?"),
        )
