"""Reference samples as submissions need them: without a code, and by their code."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy.orm import Session

from caseman.laboratory import holders
from caseman.laboratory.codes import SourceKind
from caseman.laboratory.holders import Belonging, Link, Waiting
from caseman.laboratory.models import Specimen
from caseman.permissions import Scope
from caseman.reports import queries
from caseman.reports.codes import Kin
from caseman.reports.models import DnaConsent, MissingPerson, ReferenceSample
from caseman.web.filters import label
from caseman.web.links import link
from caseman.web.words import series


class GivenSamples:
    """What relatives gave, and what is left of missing persons' own."""

    def waiting(self, session: Session, scope: Scope) -> Iterator[Waiting]:
        """Yield samples without a code whose consent is in force."""
        statement = queries.reference_samples(scope).join(ReferenceSample.consent)
        statement = statement.where(
            ReferenceSample.specimen_id.is_(None),
            DnaConsent.withdrawn_at.is_(None),
            MissingPerson.dna_refused.is_not(True),
        )
        for row in session.scalars(statement.order_by(ReferenceSample.number)):
            relative = row.relative
            yield Waiting(
                number=row.number,
                operation_id=relative.missing_person.operation_id,
                material=row.material,
                kind=SourceKind.DIRECT if relative.kin is Kin.SELF else SourceKind.RELATIVE,
                subject=f"relative:{relative.id}",
                source=relative.source,
                link=_linking(row),
            )

    def belongings(
        self, session: Session, scope: Scope, specimen_ids: Sequence[int]
    ) -> Mapping[int, Belonging]:
        """Return whose sample each code stands for: by number and kinship, not by name."""
        statement = queries.reference_samples(scope)
        statement = statement.where(ReferenceSample.specimen_id.in_(specimen_ids))
        return {
            row.specimen_id: _belonging(row)
            for row in session.scalars(statement)
            if row.specimen_id is not None
        }


def _belonging(row: ReferenceSample) -> Belonging:
    relative = row.relative
    return Belonging(
        row.number,
        series([relative.number, label(relative.kin)]),
        link("missing.relatives", number=relative.missing_person.number),
    )


def _linking(row: ReferenceSample) -> Link:
    def link_to(specimen: Specimen) -> None:
        row.specimen = specimen
        row.relative.source = specimen.source

    return link_to


holders.add(GivenSamples())
