"""Profiles that are alike although nobody said so, under codes, and what is made of them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.identification.forms import LikenessForm
from caseman.identification.models import DnaLikeness, LikenessFinding
from caseman.identification.queries import likeness as queries
from caseman.identification.services.likeness import FindingRefusedError, Judged, judge_likeness
from caseman.identification.views.blueprint import bp, signer
from caseman.permissions import Permission
from caseman.web.guards import current_scope, requires
from caseman.web.paging import paginate
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _
from caseman.web.words import refusal

MOST_ALIKE = {"-weight": DnaLikeness.log10_lr, "weight": DnaLikeness.log10_lr}
LAST_FIRST = {"-decided": LikenessFinding.decided_at, "decided": LikenessFinding.decided_at}


@bp.get("/dna/alike")
@requires(Permission.GENOTYPE_READ)
def alike() -> ResponseReturnValue:
    page = paginate(session, queries.likenesses(current_scope()), MOST_ALIKE, DnaLikeness.id)
    pairs = [(row.first_id, row.second_id) for row in page.items]
    return render_template(
        "identification/alike.html", page=page, findings=queries.findings_of(session, pairs)
    )


@bp.get("/dna/alike/findings")
@requires(Permission.GENOTYPE_READ)
def likeness_findings() -> ResponseReturnValue:
    page = paginate(session, queries.findings(current_scope()), LAST_FIRST, LikenessFinding.id)
    return render_template("identification/likeness_findings.html", page=page)


@bp.get("/dna/alike/<int(max=2147483647):likeness_id>")
@requires(Permission.GENOTYPE_READ)
def alike_pair(likeness_id: int) -> ResponseReturnValue:
    row = _likeness(likeness_id)
    opened(row.first, row.second, what="dna")
    return _page(row, _form(row, formdata=None, data={"version": _version(row)}))


@bp.post("/dna/alike/<int(max=2147483647):likeness_id>")
@requires(Permission.LABORATORY_WRITE)
def judge_alike(likeness_id: int) -> ResponseReturnValue:
    row = _likeness(likeness_id)
    form = _form(row)
    if not form.validate():
        return _page(row, form)
    form.expects(_version(row))
    chosen = [each for each in queries.runs_of(session, row) if each.id in (form.runs.data or ())]
    judged = Judged(form.finding.data, form.reason.data, chosen)
    try:
        judge_likeness(session, row, judged, signer())
    except FindingRefusedError as refused:
        form.runs.errors = [refusal(refused)]
        return _page(row, form)
    flash(_("It is kept. What rests on runs that are set aside is weighed anew."), "done")
    return redirect(url_for(".likeness_findings"))


def _likeness(likeness_id: int) -> DnaLikeness:
    return found(queries.likeness_by_id(session, current_scope(), likeness_id))


def _form(row: DnaLikeness, **how: object) -> LikenessForm:
    form = LikenessForm(**how)
    form.offer(queries.runs_of(session, row))
    return form


def _last(row: DnaLikeness) -> LikenessFinding | None:
    pair = row.first_id, row.second_id
    return queries.findings_of(session, [pair]).get(pair)


def _version(row: DnaLikeness) -> int:
    last = _last(row)
    return 0 if last is None else last.id


def _page(row: DnaLikeness, form: LikenessForm) -> ResponseReturnValue:
    page = render_template("identification/alike_pair.html", row=row, form=form, last=_last(row))
    return page, 422 if form.errors else 200
