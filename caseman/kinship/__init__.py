"""Weighs DNA profiles against family trees: exact likelihood ratios on any pedigree.

A pure engine: values in, values out, no clock, chance only from a seed, neither framework nor
database. docs/kinship.md gives models, formulas and conventions.
"""

from caseman.kinship.cases import CaseResult, evaluate
from caseman.kinship.direct import same_person_log_ratio
from caseman.kinship.faults import KinshipError, TooLargeError
from caseman.kinship.fields import UnreadableFileError
from caseman.kinship.mutation import Mutation, MutationModel, MutationPair
from caseman.kinship.pedigrees import Member, Pedigree, Sex
from caseman.kinship.people import Pruning
from caseman.kinship.reading import CaseFile, read_cases
from caseman.kinship.values import Case, Hypothesis, Locus, Model, Profile, Reading
from caseman.kinship.writing import write_results

__all__ = [
    "Case",
    "CaseFile",
    "CaseResult",
    "Hypothesis",
    "KinshipError",
    "Locus",
    "Member",
    "Model",
    "Mutation",
    "MutationModel",
    "MutationPair",
    "Pedigree",
    "Profile",
    "Pruning",
    "Reading",
    "Sex",
    "TooLargeError",
    "UnreadableFileError",
    "evaluate",
    "read_cases",
    "same_person_log_ratio",
    "write_results",
]
