"""The blueprint, and how its views find the record they are about."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from caseman.database import DomainError
from caseman.remains import queries
from caseman.remains.models import Remains
from caseman.sites.models import Feature
from caseman.sites.queries import feature_by_number
from caseman.web.forms import Form
from caseman.web.guards import current_scope
from caseman.web.unit_of_work import found, session
from caseman.web.words import refusal

remains = Blueprint("remains", __name__)


def record(number: str) -> Remains:
    """Return the remains, or answer 404."""
    return found(queries.remains_by_number(session, current_scope(), number))


def feature_of(code: str, number: int) -> Feature:
    """Return the feature, or answer 404."""
    return found(feature_by_number(session, current_scope(), code, number))


def ask(row: Remains, form: Form, title: str, **more: object) -> ResponseReturnValue:
    """Show the page of one small change, with what follows from it said first."""
    page = render_template("remains/act.html", remains=row, form=form, title=title, **more)
    return page, 422 if form.errors else 200


def say_why(form: Form, refused: DomainError) -> None:
    """Put the sentence of a refusal on top of the form."""
    form.form_errors = [refusal(refused)]
