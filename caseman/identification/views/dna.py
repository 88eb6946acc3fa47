"""What DNA says of one pair: to reviewers without an allele, to analysts without a name."""

import math
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.identification import queries
from caseman.identification.drawing import SIZE, drawing_of
from caseman.identification.family_trees import MISSING
from caseman.identification.models import DnaResult
from caseman.identification.queries.dna import (
    sources_of_families,
    strong_result,
    strong_results,
)
from caseman.identification.views.blueprint import bp
from caseman.identification.views.misfits import is_inconsistent
from caseman.identification.weighed import Weighed, weighed_for, weighed_result
from caseman.kinship import KinshipError
from caseman.permissions import Permission
from caseman.web.filters import NOTHING
from caseman.web.guards import current_scope, requires
from caseman.web.paging import paginate
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _

BEST_FIRST = {"-weight": DnaResult.log10_lr, "weight": DnaResult.log10_lr}
NEARLY_ONE = 0.99999999


@bp.get("/pairings/<number>/dna")
@requires(Permission.DNA_READ)
def dna(number: str) -> ResponseReturnValue:
    row = found(queries.pairing_by_number(session, current_scope(), number))
    opened(row.remains, row.missing_person, what="dna")
    fault = None
    try:
        weighed = weighed_for(session, row)
    except KinshipError as error:
        weighed, fault = [], error
    return render_template(
        "identification/dna.html",
        pairing=row,
        weighed=weighed,
        fault=fault,
        tree=drawing_of(weighed[0].family.tree.pedigree) if weighed else None,
        **_in_words(weighed[0] if weighed else None),
    )


@bp.get("/dna/pairs")
@requires(Permission.GENOTYPE_READ)
def weighed_pairs() -> ResponseReturnValue:
    page = paginate(session, strong_results(current_scope()), BEST_FIRST, DnaResult.id)
    families = sources_of_families(session, [row.missing_person_id for row in page.items])
    return render_template("identification/pairs.html", page=page, families=families)


@bp.get("/dna/pairs/<int(max=2147483647):result_id>")
@requires(Permission.GENOTYPE_READ)
def weighed_pair(result_id: int) -> ResponseReturnValue:
    return render_template("identification/weighed_pair.html", **report_of(result_id))


def report_of(result_id: int) -> dict[str, Any]:
    """Return every input of one likelihood ratio, under codes, once it is on record who saw it."""
    row = found(strong_result(session, current_scope(), result_id))
    weighed = found(weighed_result(session, row))
    used = [each.relative.source for each in weighed.members if each.is_used]
    opened(row.source, *(source for source in used if source is not None), what="genotype")
    tree = drawing_of(weighed.family.tree.pedigree)
    return {"result": row, "weighed": weighed, "tree": tree, **_in_words(weighed)}


def _in_words(weighed: Weighed | None) -> dict[str, Any]:
    return {
        "names": _names(weighed),
        "size": SIZE,
        "missing": MISSING,
        "as_ratio": as_ratio,
        "as_percent": as_percent,
        "is_inconsistent": is_inconsistent,
    }


def _names(weighed: Weighed | None) -> dict[str, str]:
    """Return what is written under each figure of the tree; those only implied have no name."""
    members = weighed.members if weighed else ()
    told = {each.place: f"R{each.relative.ordinal}" for each in members if each.place is not None}
    return told | {MISSING: _("Missing")}


def as_ratio(log10_lr: float | None) -> str:
    """Return a likelihood ratio in digits, as laboratories write it: 2.51e+07."""
    if log10_lr is None:
        return NOTHING
    if log10_lr == -math.inf:
        return "0"
    exponent = math.floor(log10_lr)
    if -3 <= exponent <= 4:
        return f"{10**log10_lr:.4g}"
    return f"{10 ** (log10_lr - exponent):.2f}e{exponent:+03d}"


def as_percent(probability: float) -> str:
    """Return a probability in per cent; what is not certain never reads so."""
    if probability > NEARLY_ONE:
        return f"> {100 * NEARLY_ONE:.6f} %"
    return f"{100 * probability:.6f} %"
