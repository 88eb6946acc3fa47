"""Tables written by commands: CSV, or Parquet where the name of the file ends so.

A table appears whole or not at all: it is written beside its place and moved there at the end.
"""

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

import click
import numpy as np
import numpy.typing as npt

PARQUET = ".parquet"

Values: TypeAlias = Sequence[str] | npt.NDArray[Any]
Batch: TypeAlias = Sequence[Values]


class Kind(Enum):
    """What a column holds; its value is how CSV writes it."""

    TEXT = ""
    WHOLE = "d"
    LOG10 = ".6f"
    CHANCE = ".6g"


@dataclass(frozen=True, slots=True)
class Column:
    """The name of a column and what it holds."""

    name: str
    kind: Kind


def table_path(_context: click.Context, _parameter: click.Parameter, value: Path) -> Path:
    """Refuse, before any work is done, a place that cannot be written to (a click callback)."""
    if not value.parent.is_dir():
        message = f"the folder {value.parent} does not exist"
        raise click.BadParameter(message)
    if value.suffix == PARQUET:
        _arrow()
    return value


def write_table(path: Path, columns: Sequence[Column], batches: Iterable[Batch]) -> int:
    """Write batches of columns; return the number of rows. Raises OSError if it cannot be written.

    Every batch holds one sequence for each of `columns`, all of one length.
    """
    part = path.with_name(f"{path.name}.part")
    write = _write_parquet if path.suffix == PARQUET else _write_csv
    try:
        rows = write(part, columns, batches)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return rows


def _write_csv(path: Path, columns: Sequence[Column], batches: Iterable[Batch]) -> int:
    rows = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([column.name for column in columns])
        for batch in batches:
            written = [_as_text(c.kind, values) for c, values in zip(columns, batch, strict=True)]
            writer.writerows(zip(*written, strict=True))
            rows += len(batch[0])
    return rows


def _as_text(kind: Kind, values: Values) -> Sequence[str]:
    if not isinstance(values, np.ndarray):
        return values
    # Scores come in steps: each distinct number is put into words once.
    distinct, places = np.unique(values, return_inverse=True)
    texts = np.array([format(value, kind.value) for value in distinct.tolist()], dtype=object)
    return list(texts[places]) if len(texts) else []


def _write_parquet(path: Path, columns: Sequence[Column], batches: Iterable[Batch]) -> int:
    core, files = _arrow()
    types = {
        Kind.TEXT: core.DataType.utf8(),
        Kind.WHOLE: core.DataType.int32(),
        Kind.LOG10: core.DataType.float64(),
        Kind.CHANCE: core.DataType.float64(),
    }
    fields = [core.Field(c.name, types[c.kind], nullable=False) for c in columns]
    schema, rows = core.Schema(fields), 0

    def records() -> Iterator[Any]:
        nonlocal rows
        for batch in batches:
            rows += len(batch[0])
            arrays = [_as_array(core, field, v) for field, v in zip(fields, batch, strict=True)]
            yield core.RecordBatch.from_arrays(arrays, schema=schema)

    reader = core.RecordBatchReader.from_batches(schema, records())
    with path.open("wb") as stream:
        files.write_parquet(reader, stream, compression="zstd(1)")
        os.fsync(stream.fileno())
    return rows


def _as_array(core: Any, field: Any, values: Values) -> Any:  # noqa: ANN401 - an optional library
    if isinstance(values, np.ndarray):
        wanted = np.int32 if field.type == core.DataType.int32() else np.float64
        return core.Array.from_numpy(np.ascontiguousarray(values, dtype=wanted))
    return core.Array(list(values), field.type)


def _arrow() -> tuple[Any, Any]:
    try:
        return import_module("arro3.core"), import_module("arro3.io")
    except ImportError as error:
        message = "writing Parquet needs arro3: pip install 'caseman[parquet]', or write CSV"
        raise click.ClickException(message) from error
