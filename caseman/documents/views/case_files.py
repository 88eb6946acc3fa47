"""The full file of one case."""

from caseman.documents.codes import PaperKind
from caseman.documents.queries import case_files as queries
from caseman.documents.queries.case_files import CaseFile
from caseman.documents.views.printing import Content, Paper, offer
from caseman.documents.views.recipients import ForWhom, for_whom
from caseman.documents.words import CASE_WORDS
from caseman.identification.queries import decision_by_number, remains_by_number
from caseman.permissions import Permission
from caseman.web.guards import current_scope
from caseman.web.unit_of_work import found, session

TEMPLATE = "documents/case_file.html"


def _of_decision(number: str) -> Content:
    scope = current_scope()
    row = found(decision_by_number(session, scope, number))
    to = for_whom([row.missing_person])
    return _content(number, queries.file_of_decision(session, scope, row, to.withheld), to)


def _of_remains(number: str) -> Content:
    scope = current_scope()
    row = found(remains_by_number(session, scope, number))
    decisions = queries.readable_decisions(session, scope, row)
    to = for_whom(each.missing_person for each in decisions)
    case = queries.file_of_remains(session, scope, row, decisions, to.withheld)
    return _content(number, case, to)


def _content(number: str, case: CaseFile, to: ForWhom) -> Content:
    return Content(
        number=number,
        organisation=case.remains.site.operation.name,
        opens=(case.remains, *case.persons),
        rows=case.rows,
        recipient=to.recipient,
        shows={"case": case, "to": to, "pdf_url": to.pdf_url, **CASE_WORDS},
    )


offer(
    "decisions",
    "decision",
    Paper(PaperKind.DECISION, Permission.CANDIDATE_READ, TEMPLATE, _of_decision),
)
offer(
    "remains", "remains", Paper(PaperKind.REMAINS, Permission.REMAINS_READ, TEMPLATE, _of_remains)
)
