"""Papers about one record of remains: the post-mortem sheet, and the inventory."""

from collections.abc import Mapping
from typing import Any

from caseman.documents.codes import PaperKind
from caseman.documents.post_mortem import sections
from caseman.documents.views.printing import Content, Paper, offer
from caseman.effects.queries import effects_with_remains
from caseman.permissions import Permission
from caseman.remains.bone_names import part_name
from caseman.remains.measures import measure_name
from caseman.remains.models import Remains, RemainsSample
from caseman.remains.queries import (
    lesions_of,
    measured_lengths,
    remains_by_number,
    samples,
    sources_of,
)
from caseman.remains.views.bones import bone_details, bone_words, drawing
from caseman.remains.views.counting import counts_of, least_number
from caseman.remains.views.words import tooth_marks
from caseman.web.guards import current_scope
from caseman.web.unit_of_work import found, session


def _post_mortem(number: str) -> Content:
    scope = current_scope()
    row = found(remains_by_number(session, scope, number))
    cut = samples(scope).where(RemainsSample.remains_id == row.id).order_by(RemainsSample.number)
    effects = effects_with_remains(session, scope, row)
    lesions = lesions_of(session, row)
    sources = sources_of(session, row)
    form = sections(row, effects, session.scalars(cut).all(), lesions, sources)
    return _of(row, {"sections": form, **_drawn(row)})


def _inventory(number: str) -> Content:
    row = found(remains_by_number(session, current_scope(), number))
    lengths = measured_lengths(session, [row]).get(row.id, [])
    shows = {
        "bones": row.bones,
        "least": least_number(counts_of(row)),
        "bone_details": bone_details,
        "lengths": lengths,
        "measure_name": measure_name,
        **_drawn(row),
    }
    return _of(row, shows)


def _drawn(row: Remains) -> dict[str, Any]:
    return {
        "remains": row,
        "marks": tooth_marks(row.teeth),
        "milk": any(each.fdi > 50 for each in row.teeth),
        "bone_words": bone_words,
        "part_name": part_name,
        **drawing(row),
    }


def _of(row: Remains, shows: Mapping[str, Any]) -> Content:
    return Content(
        number=row.number,
        organisation=row.site.operation.name,
        opens=(row,),
        rows=len(row.bones) + len(row.teeth),
        shows=shows,
    )


for address, name, kind, template, content_of in (
    (
        "post-mortem",
        "post_mortem",
        PaperKind.POST_MORTEM,
        "documents/post_mortem.html",
        _post_mortem,
    ),
    (
        "inventories",
        "inventory",
        PaperKind.INVENTORY,
        "documents/inventory.html",
        _inventory,
    ),
):
    offer(address, name, Paper(kind, Permission.REMAINS_READ, template, content_of))
