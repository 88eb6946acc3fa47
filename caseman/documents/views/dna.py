"""The report of a likelihood ratio, under codes."""

from flask.typing import ResponseReturnValue

from caseman.documents.views.blueprint import documents
from caseman.documents.views.printing import Content, as_pdf, html_of, on_record
from caseman.documents.views.recipients import for_whom
from caseman.identification.family_trees import MISSING
from caseman.identification.views.dna import report_of
from caseman.permissions import Permission
from caseman.web.guards import requires

TEMPLATE = "documents/dna_report.html"


@documents.get("/dna/<int(max=2147483647):result_id>")
@requires(Permission.GENOTYPE_READ)
def dna_report(result_id: int) -> ResponseReturnValue:
    content = _content(result_id)
    return html_of(TEMPLATE, content, head=on_record(content))


@documents.get("/dna/<int(max=2147483647):result_id>.pdf")
@requires(Permission.GENOTYPE_READ)
def dna_report_pdf(result_id: int) -> ResponseReturnValue:
    content = _content(result_id)
    return as_pdf(TEMPLATE, content, head=on_record(content))


def _content(result_id: int) -> Content:
    """Return the report of a likelihood ratio, once it is on record who saw it."""
    report = report_of(result_id)
    source = report["result"].source
    to = for_whom([report["result"].missing_person])
    # A tree on paper names nobody by letters that join: they would stand apart.
    names = report["names"] | {MISSING: ""}
    return Content(
        number=source.code,
        organisation=source.operation.name,
        opens=(),
        rows=0,
        recipient=to.recipient,
        shows=report | {"names": names, "to": to, "pdf_url": to.pdf_url},
    )
