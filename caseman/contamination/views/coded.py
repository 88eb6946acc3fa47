"""Samples of staff as submissions need them: without a code, and by their code."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy.orm import Session

from caseman.contamination import queries
from caseman.contamination.models import StaffMember, StaffSample
from caseman.laboratory import holders
from caseman.laboratory.codes import SourceKind
from caseman.laboratory.holders import Belonging, Link, Waiting
from caseman.laboratory.models import Specimen
from caseman.permissions import Scope
from caseman.web.filters import label
from caseman.web.links import link
from caseman.web.words import series


class StaffSamples:
    """What people who touch samples gave."""

    def waiting(self, session: Session, scope: Scope) -> Iterator[Waiting]:
        """Yield samples without a code whose consent is in force."""
        statement = queries.samples(scope).where(
            StaffSample.specimen_id.is_(None), StaffMember.withdrawn_at.is_(None)
        )
        for row in session.scalars(statement.order_by(StaffSample.number)):
            yield Waiting(
                number=row.number,
                operation_id=row.member.operation_id,
                material=row.material,
                kind=SourceKind.STAFF,
                subject=f"staff:{row.member_id}",
                source=row.member.source,
                link=_linking(row),
            )

    def belongings(
        self, session: Session, scope: Scope, specimen_ids: Sequence[int]
    ) -> Mapping[int, Belonging]:
        """Return whose sample each code stands for: by number and activity, not by name."""
        statement = queries.samples(scope).where(StaffSample.specimen_id.in_(specimen_ids))
        return {
            row.specimen_id: Belonging(
                row.number,
                series([row.member.number, label(row.member.activity)]),
                link("staff.member", number=row.member.number),
            )
            for row in session.scalars(statement)
            if row.specimen_id is not None
        }


def _linking(row: StaffSample) -> Link:
    def link_to(specimen: Specimen) -> None:
        row.specimen = specimen
        row.member.source = specimen.source

    return link_to


holders.add(StaffSamples())
