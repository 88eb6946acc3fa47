"""Profiles searched against each other, families checked, what else would help."""

from pathlib import Path

import click

from caseman.cli.kinship.files import end_with_faults, reads_and_writes, use, write
from caseman.kinship import (
    BlindOptions,
    Expectation,
    FamilyCheck,
    FamilyChecker,
    KinshipError,
    PowerOptions,
    blind_entry,
    check_entry,
    expectations,
    power_entry,
    read_search,
    search_blindly,
    write_json,
)

_THRESHOLD = click.option(
    "--threshold", default=1e4, show_default=True, type=click.FloatRange(1), help="LR aimed at."
)


@click.command("blind")
@reads_and_writes
@_THRESHOLD
@click.option(
    "--max-differing",
    default=2,
    show_default=True,
    type=click.IntRange(0),
    help="Loci at which one person may still differ.",
)
def blind_command(file: Path, *, out: Path, threshold: float, max_differing: int) -> None:
    """Search every profile of FILE (kinship-oracle-dvi/1) against every other.

    Reported are pairs that look like one person, parent and child or full siblings. A list named
    `staff`, with entries as in `pm`, is compared for identity with all others: contamination.
    """
    given = use(lambda: read_search(file))
    options = BlindOptions(threshold, max_differing)
    found = use(lambda: search_blindly(given.caseload, given.staff, options))
    write(lambda: write_json(blind_entry(found, options), out), out)
    click.echo(f"{len(found)} pairs of profiles that are alike: {out}")


@click.command("check")
@reads_and_writes
@click.option(
    "--mutation-rate",
    default=0.002,
    show_default=True,
    type=click.FloatRange(0, 0.1, min_open=True),
    help="Where a locus has no mutation model, to say by how much somebody does not fit.",
)
def check_command(file: Path, *, out: Path, mutation_rate: float) -> None:
    """Check the family trees of FILE (kinship-oracle-dvi/1) against the relatives' profiles.

    Each relative is taken out and put back; who does not fit is named, with the loci and the LR.
    Nobody is left out of any computation by this.
    """
    caseload = use(lambda: read_search(file)).caseload
    checker = use(lambda: FamilyChecker(caseload.loci, assumed_rate=mutation_rate))
    found, faults = list[FamilyCheck](), list[str]()
    for family in caseload.families:
        try:
            found.append(checker.check(family))
        except KinshipError as error:
            faults.append(str(error))
    write(lambda: write_json(check_entry(found, mutation_rate), out), out)
    for each in found:
        for fit in each.suspects:
            click.echo(f"family {each.family}, person {fit.person}: {fit.verdict.value}")
    click.echo(f"{len(found)} families checked: {out}")
    end_with_faults(faults)


@click.command("power")
@reads_and_writes
@_THRESHOLD
@click.option("--samples", default=200, show_default=True, type=click.IntRange(2, 100_000))
@click.option("--seed", required=True, type=click.IntRange(0), help="Same seed, same answer.")
def power_command(file: Path, *, out: Path, threshold: float, samples: int, seed: int) -> None:
    """Tell for each missing person of FILE (kinship-oracle-dvi/1) what else would help most.

    Drawn from a seed are LRs with what there is, with each further relative typed, and with each
    of the `kits` (names of loci by the name of a kit) that the file may have.
    """
    given = use(lambda: read_search(file))
    options = PowerOptions(seed, samples, threshold, given.kits)
    found, faults = dict[str, list[Expectation]](), list[str]()
    for family in given.caseload.families:
        try:
            found[family.key] = expectations(given.caseload.loci, family, options)
        except KinshipError as error:
            faults.append(str(error))
    write(lambda: write_json(power_entry(found, options), out), out)
    click.echo(f"{len(found)} families: {out}")
    end_with_faults(faults)
