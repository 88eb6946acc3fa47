"""Haplotypes of a line: differences, and how rare the line is."""

import pytest

from caseman.kinship.lineage import (
    Consistency,
    compare_mitochondrial,
    compare_y_haplotypes,
    haplotype_frequency,
)


def haplotype(*alleles):
    return {f"DYS{i}": frozenset(seen.split()) for i, seen in enumerate(alleles)}


@pytest.mark.parametrize(
    ("other", "verdict"),
    [
        (("14", "13", "11 14", "29"), Consistency.NOT_EXCLUDED),
        (("14", "13", "14 11", "30"), Consistency.INCONCLUSIVE),
        (("15", "12", "11 14", "29"), Consistency.INCONCLUSIVE),
        (("15", "12", "11 15", "29"), Consistency.EXCLUDED),
        ((), None),
    ],
)
def test_y_haplotypes_by_differing_markers(other, verdict):
    found = compare_y_haplotypes(haplotype("14", "13", "11 14", "29"), haplotype(*other))
    assert found.consistency is verdict
    assert found.compared == len(other)


def test_mitochondrial_sequences_are_compared_where_both_were_read():
    own = {"16189": "C", "263": "G", "73": "G"}
    assert compare_mitochondrial(own, {"263": "G"}).consistency is Consistency.NOT_EXCLUDED
    one, two = {**own, "73": "A"}, {**own, "73": "A", "263": "A"}
    assert compare_mitochondrial(own, one).consistency is Consistency.INCONCLUSIVE
    assert compare_mitochondrial(own, two).consistency is Consistency.EXCLUDED
    assert compare_mitochondrial(own, two).differences == ("263", "73")


def test_a_haplotype_never_seen_has_an_upper_limit():
    found = haplotype_frequency(0, 1000)
    assert found.estimate == pytest.approx(1 / 1001)
    assert found.lower == 0
    assert found.upper == pytest.approx(1 - 0.025 ** (1 / 1000), rel=1e-9)


def test_the_interval_is_that_of_clopper_and_pearson():
    found = haplotype_frequency(1, 10)
    assert found.lower == pytest.approx(1 - 0.975 ** (1 / 10), rel=1e-9)
    assert found.upper == pytest.approx(0.4450161, abs=1e-7)
    assert haplotype_frequency(10, 10).lower == pytest.approx(0.025 ** (1 / 10), rel=1e-9)


@pytest.mark.parametrize(("count", "size"), [(2, 1), (-1, 5), (0, 0)])
def test_counts_a_database_cannot_have_are_refused(count, size):
    with pytest.raises(ValueError, match="cannot be"):
        haplotype_frequency(count, size)
