"""Writes a caseload as the JSON object that is read as one."""

from collections.abc import Mapping

from caseman.kinship.caseload import Caseload, Family
from caseman.kinship.dvi_reading import CASELOAD
from caseman.kinship.fields import Json
from caseman.kinship.invented import Invented
from caseman.kinship.mutation import Mutation
from caseman.kinship.values import Locus, Profile


def invented_entry(invented: Invented) -> dict[str, Json]:
    """Return a caseload with its truth."""
    return {**caseload_entry(invented.caseload), "truth": dict(invented.truth)}


def caseload_entry(caseload: Caseload) -> dict[str, Json]:
    """Return the caseload; what the format has no place for (silent alleles) is left out."""
    return {
        "schema": CASELOAD,
        "loci": [_locus(locus) for locus in caseload.loci],
        "pm": [
            {"id": r.key, "sex": r.sex, "genotypes": _profile(r.profile), "dropout": r.dropout}
            for r in caseload.remains
        ],
        "am": [_family(family) for family in caseload.families],
        "missing": list(caseload.missing),
        "theta": caseload.theta,
        "prior": None if caseload.candidates is None else {"candidates": caseload.candidates},
    }


def _locus(locus: Locus) -> dict[str, Json]:
    pair = locus.mutation
    return {
        "name": locus.name,
        "chrom": "X" if locus.x_linked else "autosomal",
        "alleles": list(locus.alleles),
        "freqs": list(locus.frequencies),
        "mutation": {"female": _model(pair.female), "male": _model(pair.male)} if pair else None,
        "mutation_matrices": _matrices(pair.female, pair.male) if pair else None,
    }


def _model(mutation: Mutation) -> dict[str, Json]:
    entry: dict[str, Json] = {
        "model": mutation.model.value,
        "rate": mutation.rate,
        "rate2": mutation.rate2,
        "range": mutation.range,
    }
    return {**entry, "transform": "PM stationary"} if mutation.is_stabilised else entry


def _matrices(female: Mutation, male: Mutation) -> Mapping[str, Json] | None:
    given = {"female": female.matrix, "male": male.matrix}
    found = {sex: [list(row) for row in matrix] for sex, matrix in given.items() if matrix}
    return found or None


def _family(family: Family) -> dict[str, Json]:
    members: list[Json] = []
    for member in family.pedigree.members:
        entry: dict[str, Json] = {
            "id": member.key,
            "father": member.father,
            "mother": member.mother,
            "sex": member.sex,
            "missing": member.key in family.missing,
        }
        if member.key in family.profiles:
            entry["genotypes"] = _profile(family.profiles[member.key])
        if family.dropout.get(member.key):
            entry["dropout"] = family.dropout[member.key]
        members.append(entry)
    return {"family": family.key, "members": members}


def _profile(profile: Profile) -> dict[str, Json]:
    return {name: list(reading.alleles) for name, reading in profile.items()}
