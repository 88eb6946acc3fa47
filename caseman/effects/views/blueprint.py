"""The blueprint, and how its views find the effect they are about."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from caseman.database import DomainError
from caseman.effects.models import PersonalEffect
from caseman.effects.queries import effect_by_number
from caseman.web.forms import Form
from caseman.web.guards import current_scope
from caseman.web.unit_of_work import found, session
from caseman.web.words import refusal

effects = Blueprint("effects", __name__)


def record(number: str) -> PersonalEffect:
    """Return the effect, or answer 404."""
    return found(effect_by_number(session, current_scope(), number))


def ask(effect: PersonalEffect, form: Form, title: str, **more: object) -> ResponseReturnValue:
    """Show the page of one small change, with what follows from it said first."""
    page = render_template("effects/act.html", effect=effect, form=form, title=title, **more)
    return page, 422 if form.errors else 200


def say_why(form: Form, refused: DomainError) -> None:
    """Put the sentence of a refusal on top of the form."""
    form.form_errors = [refusal(refused)]
