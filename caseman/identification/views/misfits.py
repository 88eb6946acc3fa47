"""Relatives whose profiles do not fit their family tree: listed, and decided by a person."""

import math

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.identification.forms import UseForm
from caseman.identification.models import DnaMisfit
from caseman.identification.queries.misfits import (
    Doubted,
    doubted,
    doubted_of,
    doubted_relative,
    uses_of,
)
from caseman.identification.services import checking
from caseman.identification.views.blueprint import bp, signer
from caseman.kinship import INCONSISTENT
from caseman.permissions import Permission
from caseman.reports.models import MissingPerson
from caseman.reports.views import panels
from caseman.web.guards import current_scope, may, requires
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _
from caseman.web.words import refusal


@bp.get("/dna/relatives")
@requires(Permission.LABORATORY_SETTINGS)
def misfits() -> ResponseReturnValue:
    rows = doubted(session, current_scope())
    return render_template(
        "identification/misfits.html", rows=rows, is_inconsistent=is_inconsistent
    )


@bp.get("/dna/relatives/<int(max=2147483647):relative_id>")
@requires(Permission.LABORATORY_SETTINGS)
def misfit(relative_id: int) -> ResponseReturnValue:
    row = _doubted(relative_id)
    opened(row.source, what="dna")
    return _page(row, UseForm(formdata=None, data={"version": _version(row)}))


@bp.post("/dna/relatives/<int(max=2147483647):relative_id>")
@requires(Permission.LABORATORY_SETTINGS)
def decide_use(relative_id: int) -> ResponseReturnValue:
    row, form = _doubted(relative_id), UseForm()
    if not form.validate():
        return _page(row, form)
    form.expects(_version(row))
    is_used = form.use.data == "use"
    try:
        checking.decide_use(
            session, row.relative, is_used=is_used, reason=form.reason.data, by=signer()
        )
    except checking.UseRefusedError as refused:
        form.reason.errors = [refusal(refused)]
        return _page(row, form)
    flash(_("It is kept. The family is weighed anew in the background."), "done")
    return redirect(url_for(".misfits"))


def _doubted(relative_id: int) -> Doubted:
    return found(doubted_relative(session, current_scope(), relative_id))


def _version(row: Doubted) -> int:
    return 0 if row.use is None else row.use.id


def _page(row: Doubted, form: UseForm) -> ResponseReturnValue:
    page = render_template(
        "identification/misfit.html",
        row=row,
        form=form,
        history=uses_of(session, row.relative),
        is_inconsistent=is_inconsistent,
    )
    return page, 422 if form.errors else 200


def is_inconsistent(misfit: DnaMisfit) -> bool:
    """Say whether a profile is inconsistent with its place, not only doubtful there."""
    return misfit.log10_lr < math.log10(INCONSISTENT)


@panels.add_to_tree
def on_tree(person: MissingPerson) -> str:
    """Say on a family tree who does not fit by DNA: to those who decide what follows."""
    if not may(Permission.LABORATORY_SETTINGS):
        return ""
    rows = doubted_of(session, [person.id])
    if not rows:
        return ""
    return render_template(
        "identification/on_tree.html", rows=rows, is_inconsistent=is_inconsistent
    )
