"""Looking at a catalogue, written down: who looked, and what they said of each picture."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.coding import N_
from caseman.database import now, random_code
from caseman.effects.codes import CatalogueState
from caseman.effects.models import BelongingsCatalogue, CatalogueItem
from caseman.identification.codes import RecognitionAnswer
from caseman.identification.drafts import Looking, Said
from caseman.identification.errors import ReconciliationError
from caseman.identification.models import BelongingsViewing, Recognition
from caseman.identification.queries.viewings import answers_in
from caseman.reports.models import MissingPerson

SHORTEST_REASON = 5


def record_viewing(
    session: Session,
    catalogue: BelongingsCatalogue,
    person: MissingPerson,
    looking: Looking,
    by: User,
) -> BelongingsViewing:
    """Write down that somebody looked at ``catalogue`` for the sake of ``person``."""
    if catalogue.state is not CatalogueState.FIXED:
        raise ReconciliationError(N_("This catalogue may not be shown."))
    if catalogue.operation_id != person.operation_id:
        raise ReconciliationError(N_("The catalogue and the person are of different operations."))
    if looking.report is None and not looking.viewer:
        raise ReconciliationError(N_("Say who looked at the pictures."))
    informant = looking.report.informant if looking.report is not None else None
    row = BelongingsViewing(
        number=f"V-{random_code(7)}",
        catalogue=catalogue,
        missing_person=person,
        report=looking.report,
        viewer=looking.viewer or None,
        relation=looking.relation or (informant.relation if informant is not None else None),
        looked_at=looking.looked_at,
        place=looking.place,
        present=looking.present or None,
        said_first=looking.said_first,
        recorded_by=by,
    )
    session.add(row)
    session.flush()
    return row


def answer(
    session: Session, viewing: BelongingsViewing, item: CatalogueItem, said: Said, by: User
) -> Recognition:
    """Write down what was said of ``item``; what was written before stays, and needs a reason."""
    _must_stand(viewing)
    if item.catalogue_id != viewing.catalogue_id:
        raise ReconciliationError(N_("This picture was not shown."))
    corrects = item.id in answers_in(viewing)
    if corrects and len(said.reason.strip()) < SHORTEST_REASON:
        raise ReconciliationError(N_("Say why the earlier answer is corrected."))
    row = Recognition(
        item=item,
        answer=said.answer,
        said=said.said,
        reason=said.reason if corrects else "",
        recorded_by=by,
    )
    viewing.recognitions.append(row)
    session.flush()
    return row


def answer_rest(
    session: Session, viewing: BelongingsViewing, items: Iterable[CatalogueItem], by: User
) -> int:
    """Write down that none of the other pictures was recognised; return how many these are."""
    _must_stand(viewing)
    answered = answers_in(viewing)
    rest = [each for each in items if each.id not in answered]
    for item in rest:
        viewing.recognitions.append(
            Recognition(item=item, answer=RecognitionAnswer.NOT_RECOGNISED, recorded_by=by)
        )
    session.flush()
    return len(rest)


def strike(viewing: BelongingsViewing, reason: str, by: User) -> None:
    """Strike a viewing recorded by mistake: it stays to be read and counts no more."""
    _must_stand(viewing)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReconciliationError(N_("Say why this viewing is struck."))
    viewing.struck_at, viewing.struck_by, viewing.struck_reason = now(), by, reason


def _must_stand(viewing: BelongingsViewing) -> None:
    if viewing.struck_at is not None:
        raise ReconciliationError(N_("This viewing is struck."))
