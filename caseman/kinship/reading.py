"""Reads loci, family trees, profiles and cases from parsed JSON of the exchange format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from caseman.kinship.faults import KinshipError
from caseman.kinship.fields import (
    Json,
    a_list,
    an_object,
    load,
    number,
    objects,
    optional_text,
    text,
)
from caseman.kinship.mutation import Mutation, MutationModel, MutationPair
from caseman.kinship.pedigrees import Member, Pedigree, Sex
from caseman.kinship.values import Case, Hypothesis, Locus, Model, Profile, Reading

CASES = "kinship-oracle-cases/1"
_DEFAULT_RANGE = 0.1


@dataclass(frozen=True)
class CaseFile:
    """The cases of a file in their order; a case that could not be read is its fault."""

    cases: tuple[Case | KinshipError, ...]


def read_cases(path: Path) -> CaseFile:
    """Return the cases of a file; raises UnreadableFileError if it is no such file."""
    entries = load(path, CASES).get("cases")
    if isinstance(entries, str) or not isinstance(entries, Sequence):
        return CaseFile((KinshipError("the file has no list named cases"),))
    return CaseFile(tuple(_case_or_fault(i, entry) for i, entry in enumerate(entries, start=1)))


def _case_or_fault(position: int, entry: Json) -> Case | KinshipError:
    key = f"number {position}"
    try:
        fields = an_object(entry, "the case")
        key = optional_text(fields.get("id"), "id") or key
        return parse_case(key, fields)
    except KinshipError as error:
        return error.within(case=key)


def parse_case(key: str, fields: Mapping[str, Json]) -> Case:
    """Return one case; raises KinshipError, naming person and locus where one is at fault."""
    silent = fields.get("silent_freq")
    share = None if silent is None else number(silent, "silent_freq")
    hypotheses = [
        parse_hypothesis(entry) for entry in objects(fields.get("hypotheses"), "hypotheses")
    ]
    if len(hypotheses) != 2:
        fault = f"has {len(hypotheses)} hypotheses; an LR compares two"
        raise KinshipError(fault)
    extra = an_object(fields.get("extra"), "extra")
    rho = extra.get("rho")
    return Case(
        key,
        parse_loci(fields.get("loci"), silent=share),
        (hypotheses[0], hypotheses[1]),
        parse_profiles(fields.get("genotypes")),
        Model(
            number(fields.get("theta") or 0.0, "theta"),
            _shares(extra.get("founder_inbreeding"), "founder_inbreeding"),
            _shares(extra.get("dropout"), "dropout"),
        ),
        None if rho is None else number(rho, "rho"),
    )


def parse_hypothesis(fields: Mapping[str, Json]) -> Hypothesis:
    """Return a hypothesis with all its components in one tree."""
    name = text(fields.get("name"), "the name of a hypothesis")
    components = a_list(fields.get("components"), f"components of {name}")
    members = [
        parse_member(entry)
        for component in components
        for entry in objects(component, f"a component of {name}")
    ]
    return Hypothesis(name, Pedigree(tuple(members)))


def parse_member(fields: Mapping[str, Json]) -> Member:
    """Return a person of a family tree."""
    key = text(fields.get("id"), "the id of a person")
    return Member(
        key,
        optional_text(fields.get("father"), f"father of {key}") or None,
        optional_text(fields.get("mother"), f"mother of {key}") or None,
        parse_sex(fields.get("sex"), key),
    )


def parse_sex(value: Json, person: str) -> Sex | None:
    """Return the sex, None where it is not given; raises KinshipError for another word."""
    written = optional_text(value, "sex")
    if written in {None, "", "?"}:
        return None
    if written not in {"M", "F"}:
        fault = f"has the sex {written}; write M, F or null"
        raise KinshipError(fault, person=person)
    return Sex(written)


def parse_profiles(value: Json) -> dict[str, Profile]:
    """Return the profile of each person."""
    people = an_object(value, "genotypes")
    return {person: parse_profile(person, entry) for person, entry in people.items()}


def parse_profile(person: str, value: Json) -> Profile:
    """Return the readings of a person by locus; raises KinshipError naming both."""
    try:
        readings = an_object(value, "the profile")
    except KinshipError as error:
        raise error.within(person=person) from error
    return {name: _parse_reading(person, name, entry) for name, entry in readings.items()}


def _parse_reading(person: str, locus: str, value: Json) -> Reading:
    try:
        alleles = tuple(optional_text(entry, "an allele") for entry in a_list(value, "a genotype"))
    except KinshipError as error:
        raise error.within(person=person, locus=locus) from error
    if len(alleles) > 2:
        fault = f"has {len(alleles)} alleles; two are the most"
        raise KinshipError(fault, person=person, locus=locus)
    return Reading(tuple(sorted(alleles, key=lambda allele: allele is None)))


def parse_loci(value: Json, *, silent: float | None = None) -> tuple[Locus, ...]:
    """Return the loci; raises KinshipError naming the one at fault."""
    return tuple(_parse_locus(fields, silent) for fields in objects(value, "loci"))


def _parse_locus(fields: Mapping[str, Json], silent: float | None) -> Locus:
    name = text(fields.get("name"), "the name of a locus")
    try:
        kind = optional_text(fields.get("chrom"), "chrom") or "autosomal"
        if kind not in {"autosomal", "X"}:
            fault = f"has the chromosome {kind}; write autosomal or X"
            raise KinshipError(fault)  # noqa: TRY301 - the name of the locus is added below
        return Locus(
            name,
            tuple(text(entry, "an allele") for entry in a_list(fields.get("alleles"), "alleles")),
            tuple(number(entry, "a frequency") for entry in a_list(fields.get("freqs"), "freqs")),
            _parse_mutation(fields),
            x_linked=kind == "X",
            silent=silent,
        )
    except KinshipError as error:
        raise error.within(locus=name) from error


def _parse_mutation(fields: Mapping[str, Json]) -> MutationPair | None:
    if fields.get("mutation") is None:
        return None
    models = an_object(fields["mutation"], "mutation")
    matrices = an_object(fields.get("mutation_matrices"), "mutation_matrices")
    sexes = [
        _parse_model(an_object(models.get(sex, models), f"mutation of {sex}"), matrices.get(sex))
        for sex in ("female", "male")
    ]
    return MutationPair(sexes[0], sexes[1])


def _parse_model(fields: Mapping[str, Json], matrix: Json) -> Mutation:
    name = text(fields.get("model"), "the mutation model")
    if name not in set(MutationModel):
        fault = f"has the mutation model {name}; known are {', '.join(MutationModel)}"
        raise KinshipError(fault)
    rows = None
    if name == MutationModel.CUSTOM:
        rows = tuple(
            tuple(number(cell, "a mutation chance") for cell in a_list(row, "a matrix row"))
            for row in a_list(matrix, "mutation_matrices")
        )
    return Mutation(
        MutationModel(name),
        number(fields.get("rate") or 0.0, "rate"),
        number(fields.get("rate2") or 0.0, "rate2"),
        number(fields.get("range", _DEFAULT_RANGE), "range"),
        rows,
        is_stabilised=fields.get("transform") == "PM stationary",
    )


def _shares(value: Json, what: str) -> dict[str, float]:
    return {
        person: number(share, f"{what} of {person}")
        for person, share in an_object(value, what).items()
    }
