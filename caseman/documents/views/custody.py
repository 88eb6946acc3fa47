"""The papers of custody as PDF, and the register of a cemetery."""

from caseman.custody.models import CustodyTransfer, Exhibit, StoragePlace, TransferItem
from caseman.custody.queries import burials, path_of, place_by_id, plots_of, still_lies
from caseman.custody.views import exhibits, receiving
from caseman.custody.views.blueprint import exhibit_of
from caseman.documents.codes import PaperKind
from caseman.documents.views.printing import Content, Paper, offer, offer_pdf
from caseman.permissions import Permission
from caseman.web.guards import current_scope
from caseman.web.unit_of_work import found, session


def _sheet(number: str) -> Content:
    row: CustodyTransfer = receiving.transfer_of(number)
    shows = receiving.told(row)
    return Content(number, row.operation.name, (row,), len(row.items), shows)


def _path(number: str) -> Content:
    row: Exhibit = exhibit_of(number)
    hands = path_of(session, row)
    return Content(number, row.site.operation.name, (row,), len(hands), exhibits.told(row))


def _burials(number: str) -> Content:
    """Return the register of a cemetery, by the id of its storage place."""
    scope = current_scope()
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    row: StoragePlace = found(place_by_id(session, scope, wanted))
    buried = session.scalars(burials(scope, row).order_by(TransferItem.id)).all()
    plots = {each.plot.place_id: each.plot for each in plots_of(session, scope, row)}
    shows = {"cemetery": row, "burials": buried, "plots": plots, "still_lies": still_lies}
    return Content(row.code, row.operation.name, (row,), len(buried), shows)


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
offer(
    "burials",
    "burials",
    Paper(PaperKind.BURIALS, Permission.CUSTODY_READ, "documents/burials.html", _burials),
)
