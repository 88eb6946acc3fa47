"""The blueprint, and how its pages find what they are about."""

from flask import Blueprint

from caseman.accounts.identity import actor
from caseman.accounts.models import Operation
from caseman.audit.checkpoint import Checkpoint
from caseman.audit.codes import Action
from caseman.audit.recorder import note_act, note_read
from caseman.custody import queries
from caseman.custody.models import CustodyTransfer, Exhibit, StoragePlace
from caseman.database import DomainError, now
from caseman.web.filters import moment
from caseman.web.forms import Form
from caseman.web.guards import current_scope
from caseman.web.installation import installation
from caseman.web.qr import drawing
from caseman.web.unit_of_work import found, session
from caseman.web.words import refusal

custody = Blueprint("custody", __name__, url_prefix="/custody")


def place_of(place_id: int) -> StoragePlace:
    """Return the storage place, or answer 404."""
    return found(queries.place_by_id(session, current_scope(), place_id))


def exhibit_of(number: str) -> Exhibit:
    """Return the exhibit, or answer 404."""
    return found(queries.exhibit_by_number(session, current_scope(), number))


def on_paper(row: Exhibit | CustodyTransfer, operation: Operation) -> dict[str, object]:
    """Write down that the reader takes ``row`` along on paper; return what the sheet needs."""
    with installation().sessions.transaction(actor=actor()) as log:
        note_read(log, row)
        note_act(log, Action.PRINT, row.number)
        head = Checkpoint.of(log)
    return {
        "head": head,
        "number": row.number,
        "qr": drawing(row.number),
        "organisation": operation.name,
        "printed_at": moment(now()),
        "printed_by": actor().name,
    }


def say_why(form: Form, refused: DomainError, name: str = "") -> None:
    """Put the sentence of a refusal on the field ``name``, else on top of the form."""
    text = refusal(refused)
    if name:
        form[name].errors = [text]
    else:
        form.form_errors = [text]
