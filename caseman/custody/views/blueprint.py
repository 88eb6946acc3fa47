"""The blueprint, and how its pages find what they are about."""

from flask import Blueprint

from caseman.custody import queries
from caseman.custody.models import StoragePlace
from caseman.database import DomainError
from caseman.web.forms import Form
from caseman.web.guards import current_scope
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _

custody = Blueprint("custody", __name__, url_prefix="/custody")


def place_of(place_id: int) -> StoragePlace:
    """Return the storage place, or answer 404."""
    return found(queries.place_by_id(session, current_scope(), place_id))


def say_why(form: Form, refused: DomainError, name: str = "") -> None:
    """Put the sentence of a refusal on the field ``name``, else on top of the form."""
    text = _(refused.message, **refused.values)
    if name:
        form[name].errors = [text]
    else:
        form.form_errors = [text]
