"""Weighs DNA profiles against family trees: exact likelihood ratios on any pedigree.

A pure engine: values in, values out, no clock, chance only from a seed, neither framework nor
database. docs/kinship.md gives models, formulas and conventions.
"""

from caseman.kinship.blind import BlindOptions, Likeness, Relation, Sample, Source, search_blindly
from caseman.kinship.caseload import Caseload, Family, Remains
from caseman.kinship.cases import CaseResult, evaluate
from caseman.kinship.checking import INCONSISTENT, FamilyCheck, FamilyChecker, Fit, Verdict
from caseman.kinship.direct import same_person_log_ratio
from caseman.kinship.dvi_options import DviOptions
from caseman.kinship.dvi_reading import SearchFile, read_caseload, read_evidence, read_search
from caseman.kinship.dvi_results import dvi_results
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
from caseman.kinship.power import Expectation, PowerOptions, expectations
from caseman.kinship.reading import CaseFile, read_cases
from caseman.kinship.screening import (
    find_excluded,
    find_non_identifiable,
    find_undisputed,
)
from caseman.kinship.search_results import blind_entry, check_entry, power_entry
from caseman.kinship.simulation import Simulator
from caseman.kinship.values import Case, Hypothesis, Locus, Model, Profile, Reading
from caseman.kinship.writing import write_json, write_results

__all__ = [
    "INCONSISTENT",
    "Assignment",
    "BlindOptions",
    "Case",
    "CaseFile",
    "CaseResult",
    "Caseload",
    "Comparer",
    "Consistency",
    "DviOptions",
    "Expectation",
    "Extent",
    "Family",
    "FamilyCheck",
    "FamilyChecker",
    "Fit",
    "HaplotypeComparison",
    "HaplotypeFrequency",
    "Hypothesis",
    "Invented",
    "JointSolution",
    "KinshipError",
    "Likeness",
    "Locus",
    "Member",
    "Model",
    "Mutation",
    "MutationModel",
    "MutationPair",
    "PairSupport",
    "PairwiseMatrix",
    "Pedigree",
    "PowerOptions",
    "Prior",
    "Profile",
    "Pruning",
    "Reading",
    "Relation",
    "Remains",
    "Sample",
    "SearchFile",
    "Sex",
    "Simulator",
    "Source",
    "TooLargeError",
    "UnreadableFileError",
    "Verdict",
    "blind_entry",
    "caseload_entry",
    "check_entry",
    "compare",
    "compare_mitochondrial",
    "compare_y_haplotypes",
    "count_exclusions",
    "dvi_results",
    "evaluate",
    "expectations",
    "find_excluded",
    "find_non_identifiable",
    "find_undisputed",
    "haplotype_frequency",
    "invent",
    "invented_entry",
    "posterior",
    "power_entry",
    "read_caseload",
    "read_cases",
    "read_evidence",
    "read_frequencies",
    "read_search",
    "same_person_log_ratio",
    "search_blindly",
    "solve_jointly",
    "write_json",
    "write_results",
]
