"""Papers about missing persons: the ante-mortem sheet."""

from caseman.coding.teeth import read_chart
from caseman.documents.ante_mortem import sections
from caseman.documents.codes import PaperKind
from caseman.documents.views.printing import Content, Paper, offer
from caseman.documents.views.recipients import for_whom
from caseman.permissions import Permission
from caseman.reports.models import AnteMortemReport
from caseman.reports.queries import person_by_number
from caseman.reports.queries.relatives import relatives_of
from caseman.web.filters import tooth_mark
from caseman.web.guards import current_scope
from caseman.web.unit_of_work import found, session


def _ante_mortem(number: str) -> Content:
    person = found(person_by_number(session, current_scope(), number))
    to = for_whom([person])
    reports = [] if to.withheld else person.reports
    charted = [each for each in reports if each.teeth and each.withdrawn_at is None]
    shows = {
        "to": to,
        "pdf_url": to.pdf_url,
        "sections": [] if to.withheld else sections(person, relatives_of(session, person)),
        "marks": _marks(charted[-1]) if charted else {},
        "milk": False,
    }
    return Content(
        number=number,
        organisation=person.operation.name,
        opens=(person, *reports),
        rows=len(reports),
        recipient=to.recipient,
        shows=shows,
    )


def _marks(report: AnteMortemReport) -> dict[int, dict[str, str]]:
    """Return the newest chart as it is drawn; the others stand in words."""
    return {fdi: tooth_mark(*said) for fdi, said in read_chart(report.teeth).items()}


offer(
    "ante-mortem",
    "ante_mortem",
    Paper(
        PaperKind.ANTE_MORTEM,
        Permission.REPORT_READ,
        "documents/ante_mortem.html",
        _ante_mortem,
    ),
)
