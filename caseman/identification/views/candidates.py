"""Candidate lists, both ways round."""

from flask import render_template
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.identification import queries
from caseman.identification.forms import OpenForm
from caseman.identification.views.blueprint import bp
from caseman.identification.words import worded_lines
from caseman.permissions import Permission
from caseman.reports.models import MissingPerson
from caseman.reports.views import panels
from caseman.web.guards import current_scope, may, requires
from caseman.web.unit_of_work import found, session


@bp.get("/candidates/remains/<number>")
@requires(Permission.CANDIDATE_READ)
def of_remains(number: str) -> ResponseReturnValue:
    scope = current_scope()
    remains = found(queries.remains_by_number(session, scope, number))
    opened(remains)
    return render_template(
        "identification/of_remains.html",
        remains=remains,
        candidates=queries.candidates_of_remains(session, scope, remains),
        decisions=queries.decisions_about(session, scope, remains=remains),
        open_pairings=queries.open_pairings_about(session, scope, remains=remains),
        worded_lines=worded_lines,
        form=OpenForm(),
    )


@bp.get("/candidates/persons/<number>")
@requires(Permission.CANDIDATE_READ)
def of_person(number: str) -> ResponseReturnValue:
    scope = current_scope()
    person = found(queries.person_by_number(session, scope, number))
    opened(person)
    return render_template(
        "identification/of_person.html",
        person=person,
        candidates=queries.candidates_of_person(session, scope, person),
        decisions=queries.decisions_about(session, scope, person=person),
        open_pairings=queries.open_pairings_about(session, scope, person=person),
        worded_lines=worded_lines,
        form=OpenForm(),
    )


@panels.add
def on_person(person: MissingPerson) -> str:
    """Draw the way to the candidates of ``person``, and what was decided."""
    if not may(Permission.CANDIDATE_READ):
        return ""
    return render_template(
        "identification/on_person.html",
        person=person,
        decisions=queries.decisions_about(session, current_scope(), person=person),
    )
