"""The bodies of one site weighed all at once, as a picture and a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.identification.models import JointPair, JointRemains
from caseman.identification.queries import joint as queries
from caseman.identification.views.blueprint import bp
from caseman.permissions import Permission, Scope
from caseman.remains.models import Remains
from caseman.reports.models import MissingPerson
from caseman.sites.queries import site_by_code
from caseman.web.guards import current_scope, requires
from caseman.web.paging import paginate
from caseman.web.unit_of_work import found, session

SORTED = {
    "-change": JointRemains.change,
    "change": JointRemains.change,
    "number": Remains.number,
    "-number": Remains.number,
}

AT_ONCE = 25
"""Bodies on one page: as many as a picture of them can be read."""

DRAWN = 0.02
"""A pair that is less probable, alone and together, is not drawn."""

MOST_DRAWN = 48
"""Persons across one picture."""

NAMED = 3
"""Candidates named for each body; the picture and the lists hold the others."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """The picture: who stands across, and which pairs are drawn in which column of which row."""

    persons: Sequence[MissingPerson]
    marks: Sequence[tuple[int, int, JointPair]]


@bp.get("/candidates/together/<code>")
@requires(Permission.CANDIDATE_READ)
def together(code: str) -> ResponseReturnValue:
    scope = current_scope()
    site = found(site_by_code(session, scope, code))
    opened(site)
    solution = queries.solution_of(session, site)
    page = None
    if solution is not None:
        bodies = queries.bodies_of(solution)
        page = paginate(session, bodies, SORTED, JointRemains.id, rows=AT_ONCE)
    shown = [] if page is None else [(body, _visible(body, scope)) for body in page.items]
    return render_template(
        "identification/together.html",
        site=site,
        solution=solution,
        page=page,
        named={body.id: pairs[:NAMED] for body, pairs in shown},
        matrix=_matrix([pairs for _, pairs in shown]),
    )


def _visible(body: JointRemains, scope: Scope) -> list[JointPair]:
    return [pair for pair in body.pairs if queries.is_within(pair.missing_person, scope)]


def _matrix(rows: Sequence[Sequence[JointPair]]) -> Matrix:
    """Lay out pairs so that each person stands across where the first body has them likeliest."""
    drawn = [[p for p in row if max(p.alone, p.together) >= DRAWN] for row in rows]
    columns: dict[int, MissingPerson] = {}
    for row in drawn:
        for pair in row:
            if len(columns) < MOST_DRAWN:
                columns.setdefault(pair.missing_person_id, pair.missing_person)
    place = {person: column for column, person in enumerate(columns)}
    marks = [
        (at, place[pair.missing_person_id], pair)
        for at, row in enumerate(drawn)
        for pair in row
        if pair.missing_person_id in place
    ]
    return Matrix([*columns.values()], marks)
