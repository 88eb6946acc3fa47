"""What would help a family's search most, on the page of its tree."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from caseman.identification.drawing import SIZE, drawing_of
from caseman.identification.errors import ReconciliationError
from caseman.identification.family_trees import MISSING
from caseman.identification.forms import EmptyForm
from caseman.identification.models import PowerAnalysis
from caseman.identification.power import SAMPLES
from caseman.identification.profiles import tree_of
from caseman.identification.services.power import ask_power
from caseman.identification.views.blueprint import bp
from caseman.kinship import KinshipError
from caseman.laboratory.reading.markers import kits
from caseman.permissions import Permission
from caseman.reports.codes import Kin
from caseman.reports.models import MissingPerson, Relative
from caseman.reports.queries import person_by_number, relatives_of
from caseman.reports.views import panels
from caseman.web.guards import current_scope, requires
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _
from caseman.web.words import refusal


@bp.post("/missing/<number>/relatives/power")
@requires(Permission.REPORT_WRITE)
def work_out(number: str) -> ResponseReturnValue:
    if not EmptyForm().validate_on_submit():
        raise BadRequest
    person = found(person_by_number(session, current_scope(), number))
    try:
        ask_power(session, person)
    except ReconciliationError as refused:
        flash(refusal(refused), "warning")
    else:
        flash(_("It is worked out in the background; a large family takes a minute."), "done")
    return redirect(url_for("missing.relatives", number=person.number))


@panels.add_to_tree
def analysis(person: MissingPerson) -> str:
    """Draw the tree, and say whose sample would help most."""
    tree = relatives_of(session, person)
    if not tree:
        return ""
    row = session.scalar(sa.select(PowerAnalysis).where(PowerAnalysis.missing_person == person))
    return render_template(
        "identification/power.html",
        person=person,
        analysis=row,
        form=EmptyForm(),
        relatives={each.id: each for each in tree},
        kin=Kin,
        kits=kits(),
        samples=SAMPLES,
        **_drawn(person, tree),
    )


def _drawn(person: MissingPerson, tree: Sequence[Relative]) -> Mapping[str, Any]:
    try:
        family = tree_of(person, tree)
    except KinshipError:
        return {"tree": None}
    by_id = {str(each.id): each for each in tree}
    places = family.places | {tie.key: tie.key for tie in family.ties}
    names = {place: f"R{by_id[key].ordinal}" for key, place in places.items()}
    return {
        "tree": drawing_of(family.pedigree, family.ties),
        "names": names | {MISSING: _("Missing")},
        "sampled": {place for key, place in places.items() if by_id[key].samples},
        "lives": {place: by_id[key].living for key, place in places.items() if place != MISSING},
        "missing": MISSING,
        "size": SIZE,
    }
