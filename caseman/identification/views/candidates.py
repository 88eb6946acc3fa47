"""Candidate lists, both ways round."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from flask import render_template
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.identification import queries
from caseman.identification.forms import OpenForm
from caseman.identification.queries import joint as queries_of_joint
from caseman.identification.queries import runs as queries_of_runs
from caseman.identification.queries.priors import expected_at
from caseman.identification.queries.runs import Move
from caseman.identification.services.lists import SHOWN
from caseman.identification.views.blueprint import bp
from caseman.identification.views.held import units_beside
from caseman.identification.views.listing import Shown, list_for_person, list_for_remains
from caseman.identification.words import WordedLine, others_spoken_of, worded_lines
from caseman.identification.words.sides import Named
from caseman.permissions import Permission, Scope
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
    candidates = list_for_remains(session, scope, remains)
    moves = _as_shown(queries_of_runs.moves(session, remains, SHOWN), candidates)
    gone = [person for person, move in moves.items() if move.place is None]
    left = queries_of_runs.persons_within(session, scope, gone)
    run = queries_of_runs.last_finished(session)
    return render_template(
        "identification/of_remains.html",
        remains=remains,
        candidates=candidates,
        moves=moves,
        left=sorted(left.values(), key=lambda person: moves[person.id].before or 0),
        run=run,
        expected=None if run is None else expected_at(run, remains.site.code),
        joint=queries_of_joint.by_person(session, remains),
        alone=run is not None and any(each.ranked_at != run.read_at for each in candidates),
        decisions=queries.decisions_about(session, scope, remains=remains),
        open_pairings=queries.open_pairings_about(session, scope, remains=remains),
        worded_lines=_in_words(scope, candidates),
        held=units_beside(remains),
        form=OpenForm(),
    )


@bp.get("/candidates/persons/<number>")
@requires(Permission.CANDIDATE_READ)
def of_person(number: str) -> ResponseReturnValue:
    scope = current_scope()
    person = found(queries.person_by_number(session, scope, number))
    opened(person)
    candidates = list_for_person(session, scope, person)
    run = queries_of_runs.last_finished(session)
    return render_template(
        "identification/of_person.html",
        person=person,
        candidates=candidates,
        expected=None if run is None else partial(expected_at, run),
        joint=queries_of_joint.by_remains(session, scope, person),
        decisions=queries.decisions_about(session, scope, person=person),
        open_pairings=queries.open_pairings_about(session, scope, person=person),
        worded_lines=_in_words(scope, candidates),
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


def _as_shown(moves: Mapping[int, Move], candidates: Sequence[Shown]) -> dict[int, Move]:
    """Return where candidates stand on the list that is shown, in which DNA has its say too."""
    places = {each.missing_person_id: place for place, each in enumerate(candidates, start=1)}
    found = {person: move for person, move in moves.items() if move.place is None}
    before = {person: move.before for person, move in moves.items()}
    return found | {key: Move(place, before.get(key)) for key, place in places.items()}


def _in_words(scope: Scope, candidates: Sequence[Shown]) -> Callable[[Shown], list[WordedLine]]:
    """Return what words the lines of these candidates, numbers of neighbours included."""
    spoken_of = others_spoken_of(line for each in candidates for line in each.lines)
    named = Named(*queries.numbers_of(session, scope, *spoken_of))
    return lambda candidate: worded_lines(candidate.lines, named)
