"""Reads a caseload from parsed JSON of the exchange format kinship-oracle-dvi/1."""

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from caseman.kinship.blind import Sample, Source
from caseman.kinship.caseload import Caseload, Family, Remains
from caseman.kinship.faults import KinshipError
from caseman.kinship.fields import (
    Json,
    UnreadableFileError,
    a_list,
    an_object,
    load,
    number,
    objects,
    text,
)
from caseman.kinship.pedigrees import Pedigree
from caseman.kinship.power import Kits
from caseman.kinship.reading import parse_loci, parse_member, parse_profile, parse_sex
from caseman.kinship.values import check_profiles

CASELOAD = "kinship-oracle-dvi/1"


def read_caseload(path: Path) -> Caseload:
    """Return the caseload of a file.

    Raises UnreadableFileError if it is no such file, KinshipError for a fault in it.
    """
    return _parse_caseload(load(path, CASELOAD))


@dataclass(frozen=True)
class SearchFile:
    """A caseload with the staff whose profiles may have got into it, and kits by name."""

    caseload: Caseload
    staff: tuple[Sample, ...]
    kits: Kits


def read_search(path: Path) -> SearchFile:
    """Return a caseload with `staff` (as `pm`) and `kits` (names of loci by kit), if there are any.

    Raises as read_caseload does.
    """
    fields = load(path, CASELOAD)
    caseload = _parse_caseload(fields)
    staff = tuple(_parse_remains(entry) for entry in objects(fields.get("staff"), "staff"))
    loci = {locus.name: locus for locus in caseload.loci}
    for each in staff:
        check_profiles({each.key: each.profile}, loci, {each.key: each.sex})
    kits = an_object(fields.get("kits"), "kits")
    return SearchFile(
        caseload,
        tuple(Sample(Source.STAFF, s.key, s.profile, None, s.sex, s.dropout) for s in staff),
        {
            kit: tuple(text(name, "a locus of a kit") for name in a_list(names, f"kit {kit}"))
            for kit, names in kits.items()
        },
    )


def _parse_caseload(fields: Mapping[str, Json]) -> Caseload:
    given = fields.get("pairings")
    return Caseload(
        parse_loci(fields.get("loci")),
        tuple(_parse_remains(entry) for entry in objects(fields.get("pm"), "pm")),
        tuple(_parse_family(entry) for entry in objects(fields.get("am"), "am")),
        None if given is None else _parse_pairings(an_object(given, "pairings")),
        number(fields.get("theta") or 0.0, "theta"),
        _parse_prior(an_object(fields.get("prior"), "prior")),
    )


def _parse_prior(fields: Mapping[str, Json]) -> int | None:
    given = fields.get("candidates")
    if given is None:
        return None
    found = number(given, "candidates of the prior")
    if found != int(found):
        fault = f"candidates of the prior is {found:g}; give a whole number"
        raise KinshipError(fault)
    return int(found)


def _parse_remains(fields: Mapping[str, Json]) -> Remains:
    key = text(fields.get("id"), "the id of remains")
    dropout = number(fields.get("dropout") or 0.0, f"dropout of {key}")
    profile = parse_profile(key, fields.get("genotypes"))
    return Remains(key, parse_sex(fields.get("sex"), key), profile, dropout)


def _parse_family(fields: Mapping[str, Json]) -> Family:
    key = text(fields.get("family"), "the name of a family")
    entries = objects(fields.get("members"), f"members of {key}")
    try:
        members = [parse_member(entry) for entry in entries]
        pedigree = Pedigree(tuple(members))
        pairs = list(zip(members, entries, strict=True))
        profiles = {m.key: parse_profile(m.key, e.get("genotypes")) for m, e in pairs}
    except KinshipError as error:
        raise error.within(case=key) from error
    return Family(
        key,
        pedigree,
        {person: profile for person, profile in profiles.items() if profile},
        tuple(m.key for m, e in pairs if e.get("missing") is True),
        {m.key: number(e["dropout"], f"dropout of {m.key}") for m, e in pairs if e.get("dropout")},
    )


def _parse_pairings(fields: Mapping[str, Json]) -> dict[str, frozenset[str]]:
    return {
        remains: frozenset(text(entry, "a missing person") for entry in a_list(value, "pairings"))
        for remains, value in fields.items()
    }


def read_evidence(path: Path, caseload: Caseload) -> dict[tuple[str, str], float]:
    """Return log10 LRs of other lines of evidence, by remains and missing person.

    The CSV file has the columns remains, missing, log10_lr. Raises UnreadableFileError if it has
    not, KinshipError for a row that names nobody of the caseload or no number.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        message = f"{path}: cannot be read ({error})"
        raise UnreadableFileError(message) from error
    columns = ("remains", "missing", "log10_lr")
    if not rows or not set(columns) <= set(rows[0]):
        message = f"{path}: has not the columns {', '.join(columns)} and a row"
        raise UnreadableFileError(message)
    keys = {each.key for each in caseload.remains}, set(caseload.missing)
    return dict(_parse_evidence(line, row, keys) for line, row in enumerate(rows, start=2))


def _parse_evidence(
    line: int, row: Mapping[str, str | None], keys: tuple[set[str], set[str]]
) -> tuple[tuple[str, str], float]:
    pair = (row["remains"] or "", row["missing"] or "")
    for key, known in zip(pair, keys, strict=True):
        if key not in known:
            fault = f"line {line} of the evidence: is not in the caseload"
            raise KinshipError(fault, person=key)
    try:
        value = float(row["log10_lr"] or "")
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        fault = f"line {line} of the evidence: {row['log10_lr']} is no number"
        raise KinshipError(fault, person=pair[0])
    return pair, value
