"""`caseman match`: rank and score by files, without a database."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from caseman.cli.scheduling import scheduled, uncollected
from caseman.cli.tables import Batch, Column, Kind, table_path, write_table
from caseman.matching import (
    LINE_COLUMNS,
    AnteMortem,
    ModelError,
    Parameters,
    PostMortem,
    Prior,
    Problem,
    Reading,
    TooFewPairsError,
    UnreadableFileError,
    duplicate_batches,
    find_duplicates,
    fit,
    load_model,
    rank,
    ranking_batches,
    read_effects,
    read_pairs,
    read_remains,
    read_reports,
    score,
    score_batches,
    write_parameters,
)

_SHOWN = 20
_FILE = click.Path(path_type=Path, dir_okay=False)
_PAIR = (Column("remains_id", Kind.TEXT), Column("report_id", Kind.TEXT))
_WEIGHT = (Column("log10_lr", Kind.LOG10), Column("posterior", Kind.CHANCE))
_LINES = tuple(Column(name, Kind.LOG10) for name in LINE_COLUMNS)
RANKED = (*_PAIR, Column("rank", Kind.WHOLE), *_WEIGHT, *_LINES)
SCORED = (*_PAIR, *_WEIGHT, *_LINES)
DOUBLES = (
    Column("report_id_a", Kind.TEXT),
    Column("report_id_b", Kind.TEXT),
    *(Column(name, Kind.CHANCE) for name in ("score", "p_same", "p_relative")),
)
_Value = TypeVar("_Value")
_Command = TypeVar("_Command", bound=Callable[..., None])


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of one run, read; what could not be used was said on the way."""

    all_remains: tuple[PostMortem, ...]
    reports: tuple[AnteMortem, ...]
    parameters: Parameters


@click.group()
def match() -> None:
    """Suggest missing persons for remains, from files. A candidate is not an identification."""


def _with_sources(command: _Command) -> _Command:
    options = (
        click.option("--remains", "remains_file", type=_FILE, required=True, help="remains.csv"),
        click.option("--reports", "reports_file", type=_FILE, required=True, help="reports.csv"),
        click.option("--effects", "effects_file", type=_FILE, help="effects.csv, replaces arrays"),
        click.option("--model", default="default", show_default=True, help="day-one or a file"),
    )
    for option in reversed(options):
        command = option(command)
    return command


_table = click.option(
    "--out", type=_FILE, required=True, callback=table_path, help="CSV or .parquet file to write"
)
_scheduler = click.option(
    "--scheduler", help="a Dask scheduler such as tcp://10.0.0.5:8786; else threads of this machine"
)
_overlap = click.option(
    "--overlap",
    default=0.4,
    show_default=True,
    type=click.FloatRange(0.001, 0.999),
    help="share of the remains whose person is on the list",
)


@match.command("rank")
@_with_sources
@_table
@click.option("--top", "--top-k", default=100, show_default=True, type=click.IntRange(1))
@_overlap
@click.option("--exclude", "exclude_file", type=_FILE, help="pairs excluded by people")
@_scheduler
def rank_command(  # noqa: PLR0913 - one parameter for each option
    *,
    remains_file: Path,
    reports_file: Path,
    effects_file: Path | None,
    model: str,
    out: Path,
    top: int,
    overlap: float,
    exclude_file: Path | None,
    scheduler: str | None,
) -> None:
    """Write the best reports for every set of remains, with the weight of each line of evidence."""
    sources = _read(remains_file, reports_file, effects_file, model)
    excluded = _use(read_pairs, exclude_file) if exclude_file else ()
    with scheduled(scheduler, out) as run:
        ranking = rank(
            sources.all_remains,
            sources.reports,
            parameters=sources.parameters,
            top_k=top,
            excluded=frozenset(excluded),
            prior=Prior(overlap),
            run=run,
        )
    rows = _write(out, RANKED, ranking_batches(ranking))
    click.echo(
        f"{rows} candidates for {len(ranking.remains)} remains out of {len(sources.reports)} "
        f"reports, model {ranking.model} {ranking.digest[:12]}: {out}"
    )


@match.command("score")
@_with_sources
@_table
@click.option("--pairs", "pairs_file", type=_FILE, required=True, help="remains_id,report_id")
@_overlap
@_scheduler
def score_command(  # noqa: PLR0913 - one parameter for each option
    *,
    remains_file: Path,
    reports_file: Path,
    effects_file: Path | None,
    model: str,
    out: Path,
    pairs_file: Path,
    overlap: float,
    scheduler: str | None,
) -> None:
    """Write for given pairs, in the order asked, what `rank` gives them, listed or not."""
    sources = _read(remains_file, reports_file, effects_file, model)
    pairs = _use(read_pairs, pairs_file)
    _refuse_unknown(pairs, sources, pairs_file)
    with scheduled(scheduler, out) as run:
        scores = score(
            sources.all_remains,
            sources.reports,
            pairs,
            parameters=sources.parameters,
            prior=Prior(overlap),
            run=run,
        )
    rows = _write(out, SCORED, score_batches(scores))
    click.echo(f"{rows} pairs scored, model {sources.parameters.model}: {out}")


@match.command("duplicates")
@click.option("--reports", "reports_file", type=_FILE, required=True, help="reports.csv")
@click.option("--effects", "effects_file", type=_FILE, help="effects.csv, replaces arrays")
@click.option("--model", default="default", show_default=True, help="day-one or a file")
@click.option("--least", default=0.01, show_default=True, type=click.FloatRange(0, 1))
@_table
def duplicates_command(
    *, reports_file: Path, effects_file: Path | None, model: str, least: float, out: Path
) -> None:
    """Write pairs of reports that may be about one person, told apart from relatives."""
    parameters = _model(model)
    possessions = _use(read_effects, effects_file) if effects_file else ()
    reports = _use(lambda path: read_reports(path, possessions), reports_file)
    found = find_duplicates(reports, parameters=parameters, least=least)
    rows = _write(out, DOUBLES, duplicate_batches(found))
    click.echo(f"{rows} pairs among {len(reports)} reports: {out}")


@match.command("fit")
@_with_sources
@click.option("--out", type=_FILE, required=True, help="model file to write")
@click.option("--pairs", "pairs_file", type=_FILE, required=True, help="decided: same person")
@click.option("--exclude", "exclude_file", type=_FILE, help="pairs excluded by people")
@click.option("--name", default="fitted", show_default=True, help="name of the new model")
@click.option("--source", default="decided pairs", show_default=True, help="kept in the model")
@click.option("--seed", default=0, show_default=True, help="for the pairs drawn at random")
def fit_command(  # noqa: PLR0913 - one parameter for each option
    *,
    remains_file: Path,
    reports_file: Path,
    effects_file: Path | None,
    model: str,
    out: Path,
    pairs_file: Path,
    exclude_file: Path | None,
    name: str,
    source: str,
    seed: int,
) -> None:
    """Learn the weight of each line from decided pairs; write a new model beside the old one."""
    sources = _read(remains_file, reports_file, effects_file, model)
    pairs = _use(read_pairs, pairs_file)
    _refuse_unknown(pairs, sources, pairs_file)
    excluded = _use(read_pairs, exclude_file) if exclude_file else ()
    if exclude_file:
        _refuse_unknown(excluded, sources, exclude_file)
    try:
        found = fit(
            sources.all_remains,
            sources.reports,
            pairs,
            excluded=excluded,
            start=sources.parameters,
            model=name,
            source=source,
            seed=seed,
        )
    except TooFewPairsError as error:
        message = f"{pairs_file}: {error}"
        raise click.ClickException(message) from error
    with _writing(out):
        write_parameters(found.parameters, out)
    for key, entry in found.parameters.entries.items():
        before = sources.parameters.entries[key].value
        if entry.value != before:
            click.echo(f"{key}: {before} -> {entry.value}")
    click.echo(
        f"Cllr {found.cllr_before:.4f} -> {found.cllr_after:.4f} on {found.true_pairs} true and "
        f"{found.other_pairs} other pairs (the pairs learnt from; measure on others): {out}"
    )


def _refuse_unknown(pairs: Iterable[tuple[str, str]], sources: Sources, pairs_file: Path) -> None:
    known = {r.key for r in sources.all_remains}, {r.key for r in sources.reports}
    for remains, report in pairs:
        if remains not in known[0] or report not in known[1]:
            lacking = f"remains {remains}" if remains not in known[0] else f"report {report}"
            message = f"{pairs_file}: asks for {lacking}, which is in none of the files"
            raise click.ClickException(message)


def _read(remains: Path, reports: Path, effects: Path | None, model: str) -> Sources:
    parameters = _model(model)
    possessions = _use(read_effects, effects) if effects else ()
    return Sources(
        _use(lambda path: read_remains(path, possessions), remains),
        _use(lambda path: read_reports(path, possessions), reports),
        parameters,
    )


def _model(name: str) -> Parameters:
    try:
        return load_model(name)
    except ModelError as error:
        raise click.ClickException(str(error)) from error


def _use(read: Callable[[Path], Reading[_Value]], path: Path) -> tuple[_Value, ...]:
    try:
        with uncollected():
            reading = read(path)
    except UnreadableFileError as error:
        raise click.ClickException(str(error)) from error
    _say(reading.problems)
    return reading.values


def _say(problems: Iterable[Problem]) -> None:
    shown = list(problems)
    for problem in shown[:_SHOWN]:
        click.echo(f"not used: {problem}", err=True)
    if len(shown) > _SHOWN:
        click.echo(f"and {len(shown) - _SHOWN} more like these", err=True)


def _write(out: Path, columns: Iterable[Column], batches: Iterable[Batch]) -> int:
    with _writing(out):
        return write_table(out, [*columns], batches)


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"{out}: cannot be written ({error.strerror})"
        raise click.ClickException(message) from error
