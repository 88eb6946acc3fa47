"""Likelihood ratios of cases, and of remains and families together."""

from pathlib import Path

import click

from caseman.cli.kinship.files import FILE, end_with_faults, reads_and_writes, use, write
from caseman.kinship import (
    Case,
    CaseResult,
    DviOptions,
    KinshipError,
    Pruning,
    dvi_results,
    evaluate,
    read_caseload,
    read_cases,
    read_evidence,
    write_json,
    write_results,
)


@click.command("lr")
@reads_and_writes
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
    cases = use(lambda: read_cases(file)).cases
    found = [_evaluated(case, Pruning(pruning)) for case in cases]
    write(lambda: write_results(found, out), out)
    faults = [each for each in found if isinstance(each, KinshipError)]
    click.echo(f"{len(found) - len(faults)} of {len(found)} cases: {out}")
    end_with_faults([str(fault) for fault in faults])


def _evaluated(case: Case | KinshipError, pruning: Pruning) -> CaseResult | KinshipError:
    if isinstance(case, KinshipError):
        return case
    try:
        return evaluate(case, pruning)
    except KinshipError as error:
        return error


@click.command("dvi")
@reads_and_writes
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
@click.option("--evidence", type=FILE, help="CSV: remains,missing,log10_lr of other evidence")
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
    caseload = use(lambda: read_caseload(file))
    more = use(lambda: read_evidence(evidence, caseload)) if evidence else None
    options = DviOptions(threshold, limit, max_inconsistent, more)
    found = use(lambda: dvi_results(caseload, options))
    write(lambda: write_json(found, out), out)
    click.echo(f"{len(caseload.remains)} remains, {len(caseload.missing)} missing persons: {out}")
    results = found["results"]
    assert isinstance(results, dict)  # noqa: S101 - as dvi_results says
    faults = {k: v["error"] for k, v in results.items() if isinstance(v, dict) and "error" in v}
    end_with_faults([f"{part}: {fault}" for part, fault in faults.items()])
