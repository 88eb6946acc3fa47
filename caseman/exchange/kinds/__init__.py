"""The tables that can be imported, one module a kind (formats: matching.md section 9)."""

from typing import Any

from sqlalchemy.orm import Session

from caseman.accounts.models import Operation
from caseman.exchange.codes import ImportKind
from caseman.exchange.importing import Reader
from caseman.exchange.kinds.effects import EffectReader
from caseman.exchange.kinds.remains import RemainsReader
from caseman.exchange.kinds.reports import ReportReader
from caseman.exchange.kinds.sites import SiteReader

READERS: dict[ImportKind, type[Any]] = {
    ImportKind.SITES: SiteReader,
    ImportKind.REMAINS: RemainsReader,
    ImportKind.EFFECTS: EffectReader,
    ImportKind.REPORTS: ReportReader,
}


def reader_of(kind: ImportKind, session: Session, operation: Operation) -> Reader[Any]:
    """Return what reads and writes tables of ``kind`` for ``operation``."""
    reader: Reader[Any] = READERS[kind](session, operation)
    return reader
