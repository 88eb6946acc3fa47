"""The page of remains: everything that is recorded."""

from collections.abc import Sequence

from flask import render_template
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.coding.physical import BodyRegion
from caseman.permissions import Permission
from caseman.remains import queries
from caseman.remains.codes import BY_HAND, TRANSITIONS
from caseman.remains.models import Reassociation, Remains
from caseman.remains.persons import of_one_person
from caseman.remains.views import panels
from caseman.remains.views.blueprint import record, remains
from caseman.remains.views.bones import bone_details, bone_words, drawing
from caseman.remains.views.counting import counts_of, least_number
from caseman.remains.views.lesions import described
from caseman.remains.views.method_words import measurement_words, note_words, trace
from caseman.remains.views.words import (
    history,
    profile_facts,
    recovery_facts,
    sample_words,
    tooth_marks,
)
from caseman.web.filters import label
from caseman.web.forms.teeth import has_milk_teeth
from caseman.web.guards import current_scope, requires
from caseman.web.links import link
from caseman.web.unit_of_work import session


@remains.get("/remains/<number>")
@requires(Permission.REMAINS_READ)
def show(number: str) -> ResponseReturnValue:
    row = record(number)
    opened(row)
    held = [
        each
        for each in queries.reassociations(session, current_scope(), row)
        if each.undone_at is None
    ]
    return render_template(
        "remains/show.html",
        remains=row,
        recovery=recovery_facts(row),
        profile=profile_facts(row),
        sources=[(each, trace(each)) for each in queries.sources_of(session, row)],
        has_estimates=bool(queries.estimates_of(session, row)),
        measured=[measurement_words(each) for each in queries.measurements_of(session, row)],
        teeth=tooth_marks(row.teeth),
        milk_teeth=has_milk_teeth(tooth.fdi for tooth in row.teeth),
        bones=[(each, bone_words(each), bone_details(each)) for each in row.bones],
        least=least_number(counts_of(row)),
        note_words=note_words,
        **drawing(row),
        **described(row),
        REGIONS={region.value: label(region) for region in BodyRegion},
        history=history(row),
        samples=[(each, sample_words(each)) for each in queries.samples_of(session, row)],
        held=held,
        held_through=_through(row, held),
        found_with=queries.found_with(session, current_scope(), row),
        panels=panels.drawn(row),
        statuses=TRANSITIONS[row.status] & BY_HAND,
        custody=link("custody.exhibit", number=row.exhibit.number),
        candidates=link("identification.of_remains", number=row.number),
    )


def _through(row: Remains, held: Sequence[Reassociation]) -> list[Remains]:
    """Return the units held to be of one person with ``row`` by way of others."""
    direct = {each.beside(row).id for each in held}
    return [each for each in of_one_person(session, current_scope(), row) if each.id not in direct]
