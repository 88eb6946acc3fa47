"""Weighs DNA profiles against family trees: exact likelihood ratios on any pedigree.

A pure engine: values in, values out, no clock, chance only from a seed, neither framework nor
database. docs/kinship.md gives models, formulas and conventions.
"""

from caseman.kinship.caseload import Caseload, Family, Remains
from caseman.kinship.cases import CaseResult, evaluate
from caseman.kinship.direct import same_person_log_ratio
from caseman.kinship.dvi_reading import read_caseload, read_evidence
from caseman.kinship.dvi_results import DviOptions, dvi_results
from caseman.kinship.dvi_writing import caseload_entry, invented_entry
from caseman.kinship.faults import KinshipError, TooLargeError
from caseman.kinship.fields import UnreadableFileError
from caseman.kinship.frequencies import read_frequencies
from caseman.kinship.invented import Extent, Invented, invent
from caseman.kinship.joint import Assignment, JointSolution, PairSupport, solve_jointly
from caseman.kinship.lineage import (
    Consistency,
    HaplotypeComparison,
    HaplotypeFrequency,
    compare_mitochondrial,
    compare_y_haplotypes,
    haplotype_frequency,
)
from caseman.kinship.mutation import Mutation, MutationModel, MutationPair
from caseman.kinship.pairwise import Comparer, PairwiseMatrix, compare, count_exclusions
from caseman.kinship.pedigrees import Member, Pedigree, Sex
from caseman.kinship.people import Pruning
from caseman.kinship.posterior import Prior, posterior
from caseman.kinship.reading import CaseFile, read_cases
from caseman.kinship.screening import (
    find_excluded,
    find_non_identifiable,
    find_undisputed,
)
from caseman.kinship.simulation import Simulator
from caseman.kinship.values import Case, Hypothesis, Locus, Model, Profile, Reading
from caseman.kinship.writing import write_json, write_results

__all__ = [
    "Assignment",
    "Case",
    "CaseFile",
    "CaseResult",
    "Caseload",
    "Comparer",
    "Consistency",
    "DviOptions",
    "Extent",
    "Family",
    "HaplotypeComparison",
    "HaplotypeFrequency",
    "Hypothesis",
    "Invented",
    "JointSolution",
    "KinshipError",
    "Locus",
    "Member",
    "Model",
    "Mutation",
    "MutationModel",
    "MutationPair",
    "PairSupport",
    "PairwiseMatrix",
    "Pedigree",
    "Prior",
    "Profile",
    "Pruning",
    "Reading",
    "Remains",
    "Sex",
    "Simulator",
    "TooLargeError",
    "UnreadableFileError",
    "caseload_entry",
    "compare",
    "compare_mitochondrial",
    "compare_y_haplotypes",
    "count_exclusions",
    "dvi_results",
    "evaluate",
    "find_excluded",
    "find_non_identifiable",
    "find_undisputed",
    "haplotype_frequency",
    "invent",
    "invented_entry",
    "posterior",
    "read_caseload",
    "read_cases",
    "read_evidence",
    "read_frequencies",
    "same_person_log_ratio",
    "solve_jointly",
    "write_json",
    "write_results",
]
