"""`caseman osteology`: methods of osteology on files, without a database."""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from caseman.osteology import (
    Estimate,
    Method,
    OwnMethods,
    RefusedInputError,
    catalogue,
    estimate,
    local_methods,
)

_FILE = click.Path(path_type=Path, dir_okay=False)
_LOCAL = click.option(
    "--local",
    type=_FILE,
    multiple=True,
    help="CSV of a laboratory's own equations, sizes or phases; may be given several times",
)


@click.group()
def osteology() -> None:
    """Stature, age, sex, teeth and number of persons from bones, by published methods."""


@osteology.command("run")
@click.argument("file", type=_FILE)
@click.option("--out", type=_FILE, required=True, help="JSON file to write")
@_LOCAL
def run_command(file: Path, *, out: Path, local: tuple[Path, ...]) -> None:
    """Run every entry of FILE, a JSON list of {id, method, inputs}.

    Written is a list of {id, value, interval, unit, method, source, status} with what else the
    method knows. An entry that is refused is written with its error, the others are run; the
    status is then 1.
    """
    own = _own(local)
    found = [_run(entry, number, own) for number, entry in enumerate(_entries(file), start=1)]
    try:
        out.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        message = f"{out}: cannot be written ({error.strerror})"
        raise click.ClickException(message) from error
    refused = [each for each in found if "error" in each]
    for each in refused:
        click.echo(f"refused: {each['id']}: {each['error']}", err=True)
    click.echo(f"{len(found) - len(refused)} of {len(found)} entries: {out}")
    if refused:
        raise click.exceptions.Exit(1)


@osteology.command("methods")
@_LOCAL
@click.option("--json", "as_json", is_flag=True, help="for programs")
def methods_command(*, local: tuple[Path, ...], as_json: bool) -> None:
    """List every method with its inputs."""
    offered = [*catalogue().values(), *_own(local).values()]
    if as_json:
        click.echo(json.dumps([{"method": each.name, "inputs": each.inputs} for each in offered]))
        return
    for each in offered:
        click.echo(f"{each.name}\n    {each.inputs}")


def _entries(file: Path) -> list[Any]:
    try:
        entries = json.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        message = f"{file}: cannot be read ({error.strerror})"
        raise click.ClickException(message) from error
    except ValueError as error:
        message = f"{file}: not JSON in UTF-8 ({error})"
        raise click.ClickException(message) from error
    if not isinstance(entries, list):
        message = f"{file}: a list of entries with id, method and inputs is expected"
        raise click.ClickException(message)
    return entries


def _own(files: Iterable[Path]) -> Mapping[str, Method]:
    return OwnMethods.joined(_own_of(file) for file in files).methods()


def _own_of(file: Path) -> OwnMethods:
    try:
        with file.open(encoding="utf-8-sig", newline="") as table:
            return local_methods(csv.DictReader(table))
    except (OSError, UnicodeDecodeError, csv.Error, RefusedInputError) as error:
        message = f"{file}: {error}"
        raise click.ClickException(message) from error


def _run(entry: Any, number: int, own: Mapping[str, Method]) -> dict[str, Any]:  # noqa: ANN401
    """Return the result of one entry of the file, or why there is none."""
    if not isinstance(entry, Mapping):
        return {"id": number, "error": "an object with id, method and inputs is expected"}
    name, inputs = entry.get("method"), entry.get("inputs", {})
    begun = {"id": entry.get("id", number), "method": name}
    if not isinstance(name, str) or not isinstance(inputs, Mapping):
        return begun | {"error": "method must be a text, inputs an object"}
    try:
        return begun | _written(estimate(name, inputs, own))
    except RefusedInputError as error:
        return begun | {"error": str(error)}


def _written(found: Estimate) -> dict[str, Any]:
    where = asdict(found.provenance)
    return {
        "value": found.value,
        "interval": found.interval,
        "interval_kind": found.interval_kind or None,
        "unit": found.unit,
        "by": where["method"],
        "population": where["population"],
        "source": where["source"],
        "status": where["status"],
        "details": dict(found.details),
        "notes": list(found.notes),
    }
