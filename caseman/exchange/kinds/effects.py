"""Effects of both sides: ``side, id, class, kind_or_type, descriptor_or_colour, slot``.

The rows repeat, one by one, the lists of ``remains.csv`` and ``reports.csv``. A row that says what
a list already said is matched with it and changes nothing; any other row is added.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import Operation
from caseman.coding import N_
from caseman.effects.models import PersonalEffect
from caseman.effects.services import register_all_on
from caseman.exchange.cells import Cells, Fault
from caseman.exchange.codes import ImportKind
from caseman.exchange.importing import Draft
from caseman.exchange.kinds.common import Thing, belonging, garment
from caseman.exchange.kinds.remains import effect_of
from caseman.exchange.models import ImportedRow
from caseman.exchange.sheets import Row
from caseman.remains.models import Remains
from caseman.reports.models import AnteMortemReport, ReportedEffect
from caseman.reports.services.summary import touch

REMAINS = "remains"
REPORT = "report"
CLOTHING = "clothing"
EFFECT = "effect"


@dataclass(frozen=True, slots=True)
class EffectTold:
    """One row: whose it is, and what."""

    side: str
    owner: str
    thing: Thing


class EffectReader:
    """Reads rows as effects of remains or of reports that are imported already."""

    kind: ClassVar = ImportKind.EFFECTS
    columns: ClassVar = ("side", "id", "class", "kind_or_type", "descriptor_or_colour", "slot")
    required: ClassVar = ("side", "id", "class", "kind_or_type")

    def __init__(self, _session: Session, operation: Operation) -> None:
        self.operation = operation
        self._seen: Counter[tuple[str, str]] = Counter()

    def identity(self, row: Row) -> str:
        """Return side, id and the row's place among those of the same owner."""
        owner = (row.cells["side"].strip(), row.cells["id"].strip())
        if not all(owner):
            return ""
        self._seen[owner] += 1
        return f"{owner[0]}/{owner[1]}/{self._seen[owner]}"

    def read(self, cells: Cells) -> EffectTold:
        """Return the effect as the row tells it."""
        side = cells.required("side")
        if side not in {REMAINS, REPORT}:
            cells.fault("side", N_("The side is either remains or report."))
        return EffectTold(side, cells.required("id", longest=60), _thing(cells))

    def create(self, session: Session, drafts: Sequence[Draft[EffectTold]]) -> list[int | Fault]:
        """Match each row with what its owner already has, or add it."""
        owners = {
            REMAINS: self._owners(session, ImportKind.REMAINS),
            REPORT: self._owners(session, ImportKind.REPORTS),
        }
        results: list[int | Fault | None] = [None] * len(drafts)
        new: list[int] = []
        known = _Known(session)
        for place, draft in enumerate(drafts):
            told = draft.value
            owner = owners.get(told.side, {}).get(told.owner)
            if owner is None:
                message = N_("%(id)s was not imported: import its %(side)s first.")
                values = {"id": told.owner, "side": told.side}
                results[place] = Fault(draft.line, "id", message, values)
            elif (same := known.take(told.side, owner, told.thing)) is not None:
                results[place] = same
            else:
                new.append(place)
        return self._add(session, drafts, owners, results, new)

    def _owners(self, session: Session, kind: ImportKind) -> dict[str, int]:
        statement = sa.select(ImportedRow.source_id, ImportedRow.record_id).where(
            ImportedRow.operation_id == self.operation.id, ImportedRow.kind == kind
        )
        return dict(session.execute(statement).all())

    def _add(
        self,
        session: Session,
        drafts: Sequence[Draft[EffectTold]],
        owners: dict[str, dict[str, int]],
        results: list[int | Fault | None],
        new: Sequence[int],
    ) -> list[int | Fault]:
        """Add the rows at the places ``new`` to their owners."""
        for side, add in ((REMAINS, _add_to_remains), (REPORT, _add_to_reports)):
            places = [place for place in new if drafts[place].value.side == side]
            pairs = [
                (owners[side][drafts[place].value.owner], drafts[place].value.thing)
                for place in places
            ]
            for place, row_id in zip(places, add(session, pairs), strict=True):
                results[place] = row_id
        return [result for result in results if result is not None]


def _thing(cells: Cells) -> Thing:
    what = cells.required("class")
    kind = cells.required("kind_or_type", longest=60)
    rest = cells.text("descriptor_or_colour", longest=200)
    if what == CLOTHING:
        return garment(cells, "slot", cells.text("slot", longest=40), kind, rest)
    if what != EFFECT:
        cells.fault("class", N_("The class is either clothing or effect."))
    return belonging(kind, rest)


class _Known:
    """The effects that owners have, each of which one row may claim."""

    def __init__(self, session: Session) -> None:
        self._free: dict[tuple[str, int, Thing], list[int]] = defaultdict(list)
        for side, model, owner in (
            (REMAINS, PersonalEffect, PersonalEffect.remains_id),
            (REPORT, ReportedEffect, ReportedEffect.report_id),
        ):
            columns = (model.id, owner, model.category, model.kind, model.slot, model.colour)
            for row in session.execute(sa.select(*columns, model.descriptor)):
                thing = Thing(row[2], row[3], row[4], row[5], row[6])
                if row[1] is not None:
                    self._free[side, row[1], thing].append(row[0])

    def take(self, side: str, owner: int, thing: Thing) -> int | None:
        """Return an effect of ``owner`` that is ``thing`` and not claimed by a row before."""
        free = self._free.get((side, owner, thing))
        return free.pop(0) if free else None


def _add_to_remains(session: Session, pairs: Sequence[tuple[int, Thing]]) -> list[int]:
    drafts = [effect_of(session.get_one(Remains, owner), thing) for owner, thing in pairs]
    return [row.id for row in register_all_on(session, drafts)]


def _add_to_reports(session: Session, pairs: Sequence[tuple[int, Thing]]) -> list[int]:
    added = []
    for owner, thing in pairs:
        report = session.get_one(AnteMortemReport, owner)
        row = ReportedEffect(
            ordinal=1 + max((each.ordinal for each in report.effects), default=0),
            category=thing.category,
            kind=thing.kind,
            slot=thing.slot,
            colour=thing.colour,
            descriptor=thing.descriptor,
        )
        report.effects.append(row)
        touch(report.missing_person)
        added.append(row)
    session.flush()
    return [row.id for row in added]
