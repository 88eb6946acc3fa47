"""Samples of remains as submissions need them: without a code, and by their code."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy.orm import Session

from caseman.laboratory import holders
from caseman.laboratory.codes import SourceKind
from caseman.laboratory.holders import Belonging, Link, Waiting
from caseman.laboratory.models import DnaSource, Specimen
from caseman.permissions import Scope
from caseman.remains import queries
from caseman.remains.codes import RemainsKind
from caseman.remains.models import RemainsSample
from caseman.web.links import link


class CutSamples:
    """What was cut from remains."""

    def waiting(self, session: Session, scope: Scope) -> Iterator[Waiting]:
        """Yield samples without a code. A lot may hold several people: each sample stands alone."""
        statement = queries.samples(scope).where(
            RemainsSample.specimen_id.is_(None), RemainsSample.voided_at.is_(None)
        )
        rows = session.scalars(statement.order_by(RemainsSample.number)).all()
        known = self._sources(session, scope, {row.remains_id for row in rows})
        for row in rows:
            is_lot = row.remains.kind is RemainsKind.COMMINGLED
            yield Waiting(
                number=row.number,
                operation_id=row.remains.site.operation_id,
                material=row.material,
                kind=SourceKind.REMAINS,
                subject=f"sample:{row.id}" if is_lot else f"remains:{row.remains_id}",
                source=None if is_lot else known.get(row.remains_id),
                link=_linking(row),
            )

    def _sources(self, session: Session, scope: Scope, ids: set[int]) -> dict[int, DnaSource]:
        statement = queries.samples(scope).where(
            RemainsSample.remains_id.in_(sorted(ids)), RemainsSample.specimen_id.is_not(None)
        )
        return {
            row.remains_id: row.specimen.source
            for row in session.scalars(statement)
            if row.specimen is not None
        }

    def belongings(
        self, session: Session, scope: Scope, specimen_ids: Sequence[int]
    ) -> Mapping[int, Belonging]:
        """Return the remains that each of these codes stands for."""
        statement = queries.samples(scope).where(RemainsSample.specimen_id.in_(specimen_ids))
        return {
            row.specimen_id: Belonging(
                row.number, row.remains.number, link("remains.show", number=row.remains.number)
            )
            for row in session.scalars(statement)
            if row.specimen_id is not None
        }


def _linking(row: RemainsSample) -> Link:
    def link_to(specimen: Specimen) -> None:
        row.specimen = specimen

    return link_to


holders.add(CutSamples())
