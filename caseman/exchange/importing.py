"""Takes a table in: rows in = created + unchanged + refused, each refusal with its reason.

Where all or nothing is asked, rows that others keep out are counted as held back.

A table is first read and checked whole, then written in one transaction. A row already taken with
the same content is unchanged; with other content it is refused, because a file never overwrites a
record that people may have worked on since.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import Operation
from caseman.coding import N_
from caseman.exchange.cells import Cells, Fault, RowRefusedError
from caseman.exchange.codes import ImportKind
from caseman.exchange.models import ImportedRow, ImportRun
from caseman.exchange.sheets import Row, Sheet, SheetError

D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class Draft(Generic[D]):
    """A row read and checked, not yet written."""

    line: int
    source_id: str
    digest: str
    value: D
    notices: tuple[Fault, ...] = ()


class Reader(Protocol[D]):
    """How one kind of table is read and written."""

    kind: ImportKind
    columns: tuple[str, ...]
    """Every column that is understood."""
    required: tuple[str, ...]
    """Columns without which the table makes no sense."""

    def identity(self, row: Row) -> str:
        """Return the row's own identity in its source; empty where it has none."""
        ...

    def read(self, cells: Cells) -> D:
        """Return the row's values; faults are noted in ``cells``."""
        ...

    def create(self, session: Session, drafts: Sequence[Draft[D]]) -> list[int | Fault]:
        """Write the drafts; return the id each became, or why it was refused after all."""
        ...


@dataclass(slots=True)
class Tally:
    """What became of each row of a file."""

    kind: ImportKind
    rows: int = 0
    created: int = 0
    unchanged: int = 0
    held_back: int = 0
    """Rows without a fault that one refused row keeps out, where all or nothing was asked."""
    faults: list[Fault] = field(default_factory=list)
    refused_lines: set[int] = field(default_factory=set)
    ignored_columns: tuple[str, ...] = ()
    notices: list[Fault] = field(default_factory=list)

    @property
    def refused(self) -> int:
        """How many rows were refused; a row may have several faults."""
        return len(self.refused_lines)

    def refuse(self, faults: Iterable[Fault]) -> None:
        """Note a refused row."""
        for fault in faults:
            self.faults.append(fault)
            self.refused_lines.add(fault.line)

    def as_json(self) -> dict[str, Any]:
        """Return the tally as the command prints it for programs."""
        return {
            "kind": self.kind.value,
            "rows": self.rows,
            "created": self.created,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "held_back": self.held_back,
            "ignored_columns": list(self.ignored_columns),
            "refusals": [_shown(fault) for fault in self.faults],
            "notices": [_shown(notice) for notice in self.notices],
        }


def _shown(fault: Fault) -> dict[str, object]:
    return {"line": fault.line, "column": fault.column, "reason": str(fault)}


def import_sheet(
    session: Session,
    reader: Reader[D],
    sheet: Sheet,
    operation: Operation,
    *,
    all_or_nothing: bool = False,
) -> Tally:
    """Write the rows of ``sheet`` that can be taken, and say of each row what became of it.

    With ``all_or_nothing`` one refused row keeps every row out. The caller commits or, for a dry
    run, rolls back.
    """
    tally = Tally(reader.kind, rows=len(sheet.rows))
    tally.ignored_columns = _check_columns(reader, sheet)
    drafts = _read_rows(reader, sheet, tally)
    new = _not_yet_taken(session, reader, operation, drafts, tally)
    if all_or_nothing and tally.faults:
        tally.held_back = len(new)
        return tally
    taken = _create(session, reader, new, tally)
    if all_or_nothing and tally.faults:
        tally.held_back = len(taken)
        return tally
    tally.created = len(taken)
    _remember(session, reader, operation, taken, tally)
    return tally


def _check_columns(reader: Reader[Any], sheet: Sheet) -> tuple[str, ...]:
    missing = [name for name in reader.required if name not in sheet.columns]
    if missing:
        raise SheetError(
            N_("The table lacks the column %(missing)s. Found: %(found)s."),
            missing=", ".join(missing),
            found=", ".join(sheet.columns[:40]),
        )
    return tuple(name for name in sheet.columns if name not in reader.columns)


def _read_rows(reader: Reader[D], sheet: Sheet, tally: Tally) -> list[Draft[D]]:
    drafts: list[Draft[D]] = []
    seen: dict[str, Draft[D]] = {}
    for row in sheet.rows:
        try:
            draft = _read_row(reader, row)
        except RowRefusedError as refusal:
            tally.refuse(refusal.faults)
            continue
        first = seen.get(draft.source_id)
        if first is None:
            seen[draft.source_id] = draft
            drafts.append(draft)
            tally.notices.extend(draft.notices)
        else:
            _repeated(draft, first, tally)
    return drafts


def _read_row(reader: Reader[D], row: Row) -> Draft[D]:
    cells = Cells(row)
    source_id = reader.identity(row)
    if not source_id:
        cells.fault(reader.required[0], N_("This cell must not be empty."))
    value = reader.read(cells)
    cells.done()
    return Draft(row.line, source_id, _digest(reader, row), value, tuple(cells.notices))


def _digest(reader: Reader[Any], row: Row) -> str:
    said = {name: row.cells[name] for name in reader.columns if row.cells.get(name)}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _repeated(draft: Draft[D], first: Draft[D], tally: Tally) -> None:
    """Judge a row whose identity stands further up: the same again, or other content."""
    if draft.digest == first.digest:
        tally.unchanged += 1
        tally.notices.append(
            Fault(draft.line, "", N_("Repeats line %(first)d."), {"first": first.line})
        )
    else:
        message = N_("Line %(first)d has the same identity and other content.")
        tally.refuse([Fault(draft.line, "", message, {"first": first.line})])


def _not_yet_taken(
    session: Session,
    reader: Reader[D],
    operation: Operation,
    drafts: Sequence[Draft[D]],
    tally: Tally,
) -> list[Draft[D]]:
    known = dict(
        session.execute(
            sa.select(ImportedRow.source_id, ImportedRow.digest).where(
                ImportedRow.operation_id == operation.id, ImportedRow.kind == reader.kind
            )
        ).all()
    )
    new = []
    for draft in drafts:
        before = known.get(draft.source_id)
        if before is None:
            new.append(draft)
        elif before == draft.digest:
            tally.unchanged += 1
        else:
            message = N_(
                "%(id)s was imported before with other content: correct the record itself."
            )
            tally.refuse([Fault(draft.line, "", message, {"id": draft.source_id})])
    return new


def _create(
    session: Session, reader: Reader[D], drafts: Sequence[Draft[D]], tally: Tally
) -> list[tuple[Draft[D], int]]:
    taken = []
    for draft, result in zip(drafts, reader.create(session, drafts), strict=True):
        if isinstance(result, Fault):
            tally.refuse([result])
        else:
            taken.append((draft, result))
    return taken


def _remember(
    session: Session,
    reader: Reader[D],
    operation: Operation,
    taken: Sequence[tuple[Draft[D], int]],
    tally: Tally,
) -> None:
    if not taken:
        return
    run = ImportRun(
        operation_id=operation.id,
        kind=reader.kind,
        file_name=session.info.get("import_file", ""),
        sha256=session.info.get("import_sha256", ""),
        rows=tally.rows,
        created=tally.created,
        unchanged=tally.unchanged,
        refused=tally.refused,
    )
    session.add(run)
    session.flush()
    rows = [
        {
            "operation_id": operation.id,
            "run_id": run.id,
            "kind": reader.kind,
            "source_id": draft.source_id,
            "digest": draft.digest,
            "record_id": record_id,
        }
        for draft, record_id in taken
    ]
    session.execute(sa.insert(ImportedRow), rows)


def file_digest(path: Path) -> str:
    """Return the SHA-256 (hex) of the file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
