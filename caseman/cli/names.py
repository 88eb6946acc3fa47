"""`caseman names`: compare names by files, without a database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import click
import numpy as np

from caseman.cli.tables import Batch, Column, Kind, table_path, write_table
from caseman.matching.rows import Problem, Row, UnreadableFileError, rows_of
from caseman.names import compare

_REQUIRED = ("name_a", "name_b")
_ADDED = ("score", "log10_lr")
_AT_ONCE = 2_000
_SHOWN = 20
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def names() -> None:
    """Compare personal names in Arabic, Kurdish and Latin spelling, from files."""


@names.command("compare")
@click.argument("pairs_file", metavar="PAIRS.csv", type=_FILE)
@click.option("--out", type=_FILE, required=True, callback=table_path, help="CSV or .parquet")
def compare_command(*, pairs_file: Path, out: Path) -> None:
    """Score pairs of full names: columns name_a, name_b; others are carried through.

    The score runs from 0 to 1; log10_lr weighs one person against two, given how common the name
    is. Both are 0 where a name is empty.
    """
    try:
        pairs = Pairs(pairs_file)
        rows = write_table(out, pairs.columns, pairs.batches())
    except UnreadableFileError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        message = f"{out}: cannot be written ({error.strerror})"
        raise click.ClickException(message) from error
    for problem in pairs.problems[:_SHOWN]:
        click.echo(f"not used: {problem}", err=True)
    if len(pairs.problems) > _SHOWN:
        click.echo(f"and {len(pairs.problems) - _SHOWN} more like these", err=True)
    click.echo(f"{rows} pairs compared: {out}")


@dataclass
class Pairs:
    """A file of pairs of names; UnreadableFileError, while it is read, if it is none."""

    path: Path
    problems: list[Problem] = field(default_factory=list)

    @property
    def columns(self) -> list[Column]:
        """The columns of the answer: names, scores, and whatever else the file has."""
        texts = [Column(name, Kind.TEXT) for name in (*_REQUIRED, *self._carried())]
        added = [Column(name, Kind.LOG10) for name in _ADDED]
        return [*texts[:2], *added, *texts[2:]]

    def batches(self) -> Iterator[Batch]:
        """Yield the answer, a few thousand rows at a time."""
        rows = rows_of(self.path, _REQUIRED, self.problems)
        carried = self._carried()
        while some := list(islice(rows, _AT_ONCE)):
            yield _answer(some, carried)

    def _carried(self) -> Sequence[str]:
        first = next(rows_of(self.path, _REQUIRED, []), None)
        known = {*_REQUIRED, *_ADDED}
        return [name for name in (first.columns if first else ()) if name not in known]


def _answer(rows: Sequence[Row], carried: Sequence[str]) -> Batch:
    pairs = [(row.raw("name_a"), row.raw("name_b")) for row in rows]
    for row, pair in zip(rows, pairs, strict=True):
        if not all(name.strip() for name in pair):
            row.refuse("name_a, name_b", "a name is missing; the pair says nothing")
    found = [compare(*pair) for pair in pairs]
    scores = [[f.score for f in found], [f.log10_lr for f in found]]
    rest = [[row.raw(name) for row in rows] for name in carried]
    return [*map(list, zip(*pairs, strict=True)), *map(np.array, scores), *rest]
