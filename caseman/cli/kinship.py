"""`caseman kinship`: likelihood ratios from files, without a database."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import click

from caseman.kinship import (
    Case,
    CaseResult,
    DviOptions,
    Extent,
    KinshipError,
    Mutation,
    MutationModel,
    MutationPair,
    Pruning,
    UnreadableFileError,
    dvi_results,
    evaluate,
    invent,
    invented_entry,
    read_caseload,
    read_cases,
    read_evidence,
    read_frequencies,
    write_json,
    write_results,
)

_FILE = click.Path(path_type=Path, dir_okay=False)
_Value = TypeVar("_Value")


@click.group()
def kinship() -> None:
    """Weigh DNA profiles against family trees. An LR is evidence, not an identification.

    Every command reads and writes files and needs no database. It ends with status 0 if all was
    computed and with 1 if anything could not be; what and why is said on standard error, by
    case, person and locus.
    """


@kinship.command("lr")
@click.argument("file", type=_FILE)
@click.option("--out", type=_FILE, required=True, help="JSON file to write")
@click.option(
    "--pruning",
    type=click.Choice([each.value for each in Pruning]),
    default=Pruning.NONE.value,
    show_default=True,
    help="Untyped ancestors left out: nobody, or as Familias does.",
)
def lr_command(file: Path, *, out: Path, pruning: str) -> None:
    """Write the likelihood ratio of every case of FILE (kinship-oracle-cases/1).

    A case that cannot be computed is written with its error; the others are computed.
    """
    found = list(_results(_use(lambda: read_cases(file)).cases, Pruning(pruning)))
    _write(lambda: write_results(found, out), out)
    faults = [each for each in found if isinstance(each, KinshipError)]
    click.echo(f"{len(found) - len(faults)} of {len(found)} cases: {out}")
    if faults:
        raise click.exceptions.Exit(1)


@kinship.command("dvi")
@click.argument("file", type=_FILE)
@click.option("--out", type=_FILE, required=True, help="JSON file to write")
@click.option(
    "--threshold",
    default=1e4,
    show_default=True,
    type=click.FloatRange(1),
    help="LR of an undisputed pair, and how far it must lead.",
)
@click.option(
    "--limit",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0),
    help="Pairs of no larger LR are left out of the joint solution.",
)
@click.option(
    "--max-inconsistent",
    default=2,
    show_default=True,
    type=click.IntRange(0),
    help="Impossible loci that do not yet exclude a pair.",
)
@click.option("--evidence", type=_FILE, help="CSV: remains,missing,log10_lr of other evidence")
def dvi_command(  # noqa: PLR0913 - one parameter for each option
    file: Path,
    *,
    out: Path,
    threshold: float,
    limit: float,
    max_inconsistent: int,
    evidence: Path | None,
) -> None:
    """Compare all remains with all missing persons of FILE (kinship-oracle-dvi/1), and jointly.

    Written are LRs by pair and locus, exclusions, undisputed pairs, and the joint solution. A part
    that cannot be computed holds its error; the status is then 1.
    """
    caseload = _use(lambda: read_caseload(file))
    more = _use(lambda: read_evidence(evidence, caseload)) if evidence else None
    options = DviOptions(threshold, limit, max_inconsistent, more)
    found = _use(lambda: dvi_results(caseload, options))
    _write(lambda: write_json(found, out), out)
    click.echo(f"{len(caseload.remains)} remains, {len(caseload.missing)} missing persons: {out}")
    results = found["results"]
    assert isinstance(results, dict)  # noqa: S101 - as dvi_results says
    faults = {k: v["error"] for k, v in results.items() if isinstance(v, dict) and "error" in v}
    for part, fault in faults.items():
        click.echo(f"not computed: {part}: {fault}", err=True)
    if faults:
        raise click.exceptions.Exit(1)


@kinship.command("simulate")
@click.argument("frequencies", type=_FILE)
@click.option("--out", type=_FILE, required=True, help="JSON file to write (kinship-oracle-dvi/1)")
@click.option("--population", help="Which population of the table.")
@click.option("--families", default=20, show_default=True, type=click.IntRange(1))
@click.option("--found", default=10, show_default=True, type=click.IntRange(0))
@click.option("--unrelated", default=5, show_default=True, type=click.IntRange(0))
@click.option("--missed", default=0.0, show_default=True, type=click.FloatRange(0, 1))
@click.option("--mutation-rate", default=0.002, show_default=True, type=click.FloatRange(0, 0.1))
@click.option("--seed", required=True, type=click.IntRange(0), help="Same seed, same people.")
def simulate_command(  # noqa: PLR0913 - one parameter for each option
    frequencies: Path,
    *,
    out: Path,
    population: str | None,
    families: int,
    found: int,
    unrelated: int,
    missed: float,
    mutation_rate: float,
    seed: int,
) -> None:
    """Invent families and remains from the allele FREQUENCIES of a CSV table, with the truth.

    The table has the columns locus, allele, frequency and perhaps population. Of each family one
    man is missing; the remains of the first FOUND of them are there, among UNRELATED others.
    """
    model = Mutation(MutationModel.PROPORTIONAL, mutation_rate)
    pair = MutationPair(model, model)
    loci = _use(lambda: read_frequencies(frequencies, population, pair))
    extent = Extent(families, min(found, families), unrelated, missed)
    invented = _use(lambda: invent(loci, extent, seed))
    _write(lambda: write_json(invented_entry(invented), out), out)
    click.echo(f"{families} families, {len(invented.truth)} remains, {len(loci)} loci: {out}")


def _results(
    cases: tuple[Case | KinshipError, ...], pruning: Pruning
) -> Iterator[CaseResult | KinshipError]:
    for case in cases:
        result = case if isinstance(case, KinshipError) else _evaluated(case, pruning)
        if isinstance(result, KinshipError):
            click.echo(f"not computed: {result}", err=True)
        yield result


def _evaluated(case: Case, pruning: Pruning) -> CaseResult | KinshipError:
    try:
        return evaluate(case, pruning)
    except KinshipError as error:
        return error


def _use(read: Callable[[], _Value]) -> _Value:
    try:
        return read()
    except (UnreadableFileError, KinshipError) as error:
        raise click.ClickException(str(error)) from error


def _write(write: Callable[[], _Value], path: Path) -> _Value:
    try:
        return write()
    except OSError as error:
        message = f"{path}: cannot be written ({error.strerror})"
        raise click.ClickException(message) from error
