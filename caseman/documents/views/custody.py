"""The papers of custody as PDF; its slice shows the pages that a browser prints."""

from caseman.custody.models import CustodyTransfer, Exhibit
from caseman.custody.queries import path_of
from caseman.custody.views import exhibits, receiving
from caseman.custody.views.blueprint import exhibit_of
from caseman.documents.codes import PaperKind
from caseman.documents.views.printing import Content, Paper, offer_pdf
from caseman.permissions import Permission
from caseman.web.unit_of_work import session


def _sheet(number: str) -> Content:
    row: CustodyTransfer = receiving.transfer_of(number)
    shows = receiving.told(row)
    return Content(number, row.operation.name, (row,), len(row.items), shows)


def _path(number: str) -> Content:
    row: Exhibit = exhibit_of(number)
    hands = path_of(session, row)
    return Content(number, row.site.operation.name, (row,), len(hands), exhibits.told(row))


offer_pdf(
    "hand-overs",
    "hand_over",
    Paper(PaperKind.HAND_OVER, Permission.CUSTODY_READ, "custody/sheet.html", _sheet),
)
offer_pdf(
    "custody-paths",
    "custody_path",
    Paper(PaperKind.CUSTODY_PATH, Permission.CUSTODY_READ, "custody/path.html", _path),
)
