"""What the commands share: a file in, a file out, faults in plain words."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from caseman.kinship import KinshipError, UnreadableFileError

FILE = click.Path(path_type=Path, dir_okay=False)
_Value = TypeVar("_Value")
_Function = TypeVar("_Function", bound=Callable[..., Any])


def reads_and_writes(function: _Function) -> _Function:
    """Give a command its FILE and where to write."""
    option = click.option("--out", type=FILE, required=True, help="JSON file to write")
    return click.argument("file", type=FILE)(option(function))


def use(read: Callable[[], _Value]) -> _Value:
    """Return what is read or computed; a fault ends the command, in words."""
    try:
        return read()
    except (UnreadableFileError, KinshipError) as error:
        raise click.ClickException(str(error)) from error


def write(writing: Callable[[], _Value], path: Path) -> _Value:
    """Write a file; one that cannot be written ends the command, in words."""
    try:
        return writing()
    except OSError as error:
        message = f"{path}: cannot be written ({error.strerror})"
        raise click.ClickException(message) from error


def end_with_faults(faults: "list[str]") -> None:
    """Say each fault on standard error; end with status 1 if there is any."""
    for fault in faults:
        click.echo(f"not computed: {fault}", err=True)
    if faults:
        raise click.exceptions.Exit(1)
