"""Reads a skeleton: stature, age, sex, teeth, how many persons, which bones may belong together.

A pure engine: values in, values out; every method is data with its source and the status of its
figures. docs/osteology.md gives methods, formulas and conventions.
"""

from caseman.osteology.adult_age import PhaseTable, age_by_phase, published_phases
from caseman.osteology.combination import AgeEvidence, combine_ages, combine_sexes
from caseman.osteology.counting import (
    LikelyNumber,
    MinimumNumber,
    Specimen,
    likely_number,
    minimum_number,
    zones_of,
)
from caseman.osteology.dentition import (
    Compared,
    ToothRecord,
    Verdict,
    compare_charts,
    compare_tooth,
)
from caseman.osteology.growing import parts_of, zones_of_part
from caseman.osteology.methods import (
    Method,
    catalogue,
    estimate,
    name_of,
    name_of_phases,
    name_of_sizes,
)
from caseman.osteology.own import (
    COLUMNS,
    INTERVAL_KINDS,
    NO_OWN,
    PHASE_COLUMNS,
    SIZE_COLUMNS,
    OwnMethods,
    OwnRefusedError,
    local_methods,
    own_equation,
    own_phase,
    own_phases,
    own_sizes,
    phases_of,
    sizes_of,
)
from caseman.osteology.reassociation import (
    Comparison,
    Match,
    Relation,
    Unit,
    compare_units,
    matches,
)
from caseman.osteology.sex import Sectioning, size_range_mm, sizes_known
from caseman.osteology.sorting import (
    SizeTest,
    compare_all_pairs,
    compare_association,
    compare_joint,
    compare_pair,
)
from caseman.osteology.stature import (
    SAME_LENGTH,
    StatureEquation,
    adult_range_cm,
    find_equations,
    fit_equation,
    published_equations,
)
from caseman.osteology.values import (
    Estimate,
    OutsideRangeError,
    Provenance,
    RefusedInputError,
    Sex,
    Status,
)
from caseman.osteology.young_age import (
    age_by_diaphysis,
    age_by_stages,
    diaphysis_range_mm,
    stage_chances,
)

__all__ = [
    "COLUMNS",
    "INTERVAL_KINDS",
    "NO_OWN",
    "PHASE_COLUMNS",
    "SAME_LENGTH",
    "SIZE_COLUMNS",
    "AgeEvidence",
    "Compared",
    "Comparison",
    "Estimate",
    "LikelyNumber",
    "Match",
    "Method",
    "MinimumNumber",
    "OutsideRangeError",
    "OwnMethods",
    "OwnRefusedError",
    "PhaseTable",
    "Provenance",
    "RefusedInputError",
    "Relation",
    "Sectioning",
    "Sex",
    "SizeTest",
    "Specimen",
    "StatureEquation",
    "Status",
    "ToothRecord",
    "Unit",
    "Verdict",
    "adult_range_cm",
    "age_by_diaphysis",
    "age_by_phase",
    "age_by_stages",
    "catalogue",
    "combine_ages",
    "combine_sexes",
    "compare_all_pairs",
    "compare_association",
    "compare_charts",
    "compare_joint",
    "compare_pair",
    "compare_tooth",
    "compare_units",
    "diaphysis_range_mm",
    "estimate",
    "find_equations",
    "fit_equation",
    "likely_number",
    "local_methods",
    "matches",
    "minimum_number",
    "name_of",
    "name_of_phases",
    "name_of_sizes",
    "own_equation",
    "own_phase",
    "own_phases",
    "own_sizes",
    "parts_of",
    "phases_of",
    "published_equations",
    "published_phases",
    "size_range_mm",
    "sizes_known",
    "sizes_of",
    "stage_chances",
    "zones_of",
    "zones_of_part",
]
