"""`caseman kinship`: likelihood ratios from files, without a database."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import click

from caseman.kinship import (
    Case,
    CaseResult,
    KinshipError,
    Pruning,
    UnreadableFileError,
    evaluate,
    read_cases,
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
