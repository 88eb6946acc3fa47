"""The blueprint, and how its pages find what they are about."""

from flask import Blueprint

from caseman.database import DomainError
from caseman.laboratory import queries
from caseman.laboratory.models import Specimen, Submission
from caseman.web.forms import Form
from caseman.web.guards import current_scope
from caseman.web.unit_of_work import found, session
from caseman.web.words import refusal

laboratory = Blueprint("laboratory", __name__, url_prefix="/laboratory")


def specimen_of(code: str) -> Specimen:
    """Return the coded sample, or answer 404."""
    return found(queries.specimen_by_code(session, current_scope(), code))


def submission_of(number: str) -> Submission:
    """Return the submission, or answer 404."""
    return found(queries.submission_by_number(session, current_scope(), number))


def say_why(form: Form, refused: DomainError) -> None:
    """Put the sentence of a refusal on top of the form."""
    form.form_errors = [refusal(refused)]
