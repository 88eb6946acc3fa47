"""Genotypes: the second analyst's verdict on a run, and the consensus of several."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.identity import own_account
from caseman.accounts.reading import opened
from caseman.laboratory import queries, services
from caseman.laboratory.codes import MAY_DROP_OUT, ConsensusRule
from caseman.laboratory.forms import EmptyForm, RejectForm
from caseman.laboratory.models import TypingRun
from caseman.laboratory.reading.consensus import consensus
from caseman.laboratory.reading.markers import kits
from caseman.laboratory.views.blueprint import laboratory, say_why
from caseman.permissions import Permission
from caseman.web.forms import Form
from caseman.web.guards import current_scope, requires
from caseman.web.unit_of_work import found, session


@laboratory.get("/genotypes")
@requires(Permission.GENOTYPE_READ)
def runs() -> ResponseReturnValue:
    waiting = session.scalars(queries.runs_waiting(current_scope())).all()
    return render_template("laboratory/runs.html", runs=waiting, kits=kits())


@laboratory.get("/genotypes/<int(max=2147483647):run_id>")
@requires(Permission.GENOTYPE_READ)
def run(run_id: int) -> ResponseReturnValue:
    row = _run(run_id)
    opened(row)
    return _run_page(row, EmptyForm(data={"version": row.version}))


@laboratory.post("/genotypes/<int(max=2147483647):run_id>/verify")
@requires(Permission.LABORATORY_WRITE)
def verify_run(run_id: int) -> ResponseReturnValue:
    row, form = _run(run_id), EmptyForm()
    if form.validate_on_submit():
        form.expects(row.version)
        try:
            services.verify(session, row, own_account())
        except services.RunRefusedError as refused:
            say_why(form, refused)
        else:
            return redirect(url_for(".run", run_id=run_id))
    return _run_page(row, form), 422


@laboratory.route("/genotypes/<int(max=2147483647):run_id>/reject", methods=["GET", "POST"])
@requires(Permission.LABORATORY_WRITE)
def reject_run(run_id: int) -> ResponseReturnValue:
    row = _run(run_id)
    form = RejectForm(data={"version": row.version})
    if form.validate_on_submit():
        form.expects(row.version)
        try:
            services.reject(session, row, form.reason.data, own_account())
        except services.RunRefusedError as refused:
            say_why(form, refused)
        else:
            return redirect(url_for(".run", run_id=run_id))
    page = render_template("laboratory/reject.html", form=form, run=row)
    return page, 422 if form.errors else 200


def _run(run_id: int) -> TypingRun:
    return found(queries.run_by_id(session, current_scope(), run_id))


def _run_page(row: TypingRun, form: Form) -> str:
    is_open = row.specimen.source.withdrawn_at is None
    return render_template(
        "laboratory/run.html",
        run=row,
        form=form,
        kit=kits().get(row.kit),
        genotype=row.seen if is_open else {},
        is_own=row.imported_by.person_id == own_account().person_id,
    )


@laboratory.get("/sources/<code>")
@requires(Permission.GENOTYPE_READ)
def source(code: str) -> ResponseReturnValue:
    row = found(queries.source_by_code(session, current_scope(), code))
    opened(row, what="genotype")
    verified = [] if row.withdrawn_at else queries.verified_runs(session, row)
    lines = consensus([each.seen for each in verified], may_drop_out=row.kind in MAY_DROP_OUT)
    return render_template(
        "laboratory/source.html",
        source=row,
        runs=verified,
        lines=lines,
        rules={each.value: each for each in ConsensusRule},
    )
