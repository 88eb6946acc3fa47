"""``caseman import``: tables of other systems."""

import gc
import json
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import Operation
from caseman.audit.recorder import Actor
from caseman.cli.application import current_installation
from caseman.exchange.codes import ImportKind
from caseman.exchange.importing import Tally, file_digest, import_sheet
from caseman.exchange.kinds import reader_of
from caseman.exchange.sheets import Sheet, SheetError, read_sheet
from caseman.exchange.sources import LONGEST, of_source

SHOWN = 20
"""Refusals printed before the rest is only counted; --json prints all."""


@click.command("import")
@click.argument("kind", type=click.Choice([kind.value for kind in ImportKind]))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--operation", "code", help="Code of the operation; needed where there are several.")
@click.option(
    "--source",
    default="",
    metavar="NAME",
    help="Name of the source, where several number their rows alike; the same each time.",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--all-or-nothing", is_flag=True, help="Take nothing if any row is refused.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON, with every refusal.")
def import_table(kind: str, file: Path, code: str | None, source: str, **options: bool) -> None:
    """Take in FILE (CSV in UTF-8, or XLSX) as sites, remains, effects or reports.

    Every row is created, unchanged or refused with line, column and reason. Exit code 0 where no
    row was refused, 1 where some were, 2 where the file could not be read and nothing was taken.
    """
    gc.disable()  # everything read lives until the commit: collecting meanwhile finds nothing
    try:
        sheet = _of_named(read_sheet(file), source)
        tally = _take(ImportKind(kind), file, sheet, code, options)
    except SheetError as error:
        click.echo(f"{file.name}: {error} Nothing was taken.", err=True)
        raise SystemExit(2) from error
    dry = options["dry_run"]
    click.echo(
        json.dumps(tally.as_json() | {"dry_run": dry}, ensure_ascii=False)
        if options["as_json"]
        else _told(tally, dry=dry)
    )
    gc.enable()
    raise SystemExit(1 if tally.refused else 0)


def _of_named(sheet: Sheet, source: str) -> Sheet:
    if not source:
        return sheet
    if len(source) > LONGEST or not source.isprintable() or ":" in source:
        message = f"The name of a source has at most {LONGEST} characters and no colon."
        raise click.BadParameter(message, param_hint="--source")
    return of_source(sheet, source)


def _take(
    kind: ImportKind, file: Path, sheet: Sheet, code: str | None, options: dict[str, bool]
) -> Tally:
    sessions = current_installation().sessions
    with sessions.write() as session:
        session.info.update(
            actor=Actor("import"),
            reason=f"import of {file.name}"[:200],
            import_file=file.name[:300],
            import_sha256=file_digest(file),
        )
        operation = _operation(session, code)
        reader: Any = reader_of(kind, session, operation)
        nothing = options["all_or_nothing"]
        tally = import_sheet(session, reader, sheet, operation, all_or_nothing=nothing)
        if options["dry_run"] or (nothing and tally.refused):
            session.rollback()
        else:
            session.commit()
    return tally


def _operation(session: Session, code: str | None) -> Operation:
    operations = session.scalars(sa.select(Operation).order_by(Operation.code)).all()
    chosen = [each for each in operations if code is None or each.code == code]
    if len(chosen) == 1:
        return chosen[0]
    known = ", ".join(each.code for each in operations) or "none yet: run 'caseman init' first"
    message = f"Name one operation with --operation. Known: {known}."
    raise click.UsageError(message)


def _told(tally: Tally, *, dry: bool) -> str:
    lines = [
        (
            f"{'Dry run, nothing was changed. ' if dry else ''}{tally.rows} rows in "
            f"{tally.kind.value}: {tally.created} created, {tally.unchanged} unchanged, "
            f"{tally.refused} refused."
        )
    ]
    if tally.held_back:
        lines.append(f"All or nothing: {tally.held_back} more were in order and not taken either.")
    if tally.ignored_columns:
        lines.append(f"Columns not understood and left out: {', '.join(tally.ignored_columns)}.")
    for fault in [*tally.faults[:SHOWN], *tally.notices[:SHOWN]]:
        column = f", column {fault.column}" if fault.column else ""
        lines.append(f"  line {fault.line}{column}: {fault}")
    if len(tally.faults) > SHOWN:
        lines.append(f"  ... and {len(tally.faults) - SHOWN} more (see --json).")
    return "\n".join(lines)
