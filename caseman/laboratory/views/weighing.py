"""By what DNA is weighed: settings of each operation, and tables of frequencies."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.identity import own_account
from caseman.accounts.models import Operation
from caseman.accounts.reading import opened
from caseman.laboratory import queries, services
from caseman.laboratory.forms import OWN_TABLE, FrequencyTableForm, WeighingForm
from caseman.laboratory.models import LaboratorySettings
from caseman.laboratory.reading.familias import is_familias, read_familias
from caseman.laboratory.reading.frequencies import SHIPPED, read_frequencies, written
from caseman.laboratory.reading.tables import UnreadableTableError
from caseman.laboratory.services.weighing import NewTable, Weighing
from caseman.laboratory.views.blueprint import laboratory, say_why
from caseman.laboratory.views.importing import said, take_file
from caseman.permissions import Permission
from caseman.sites.queries import operations
from caseman.values import Doubt
from caseman.web.guards import current_scope, requires
from caseman.web.unit_of_work import found, session, show_again
from caseman.web.words import gettext as _
from caseman.web.words import refusal


@laboratory.get("/weighing")
@requires(Permission.LABORATORY_READ)
def weighing() -> ResponseReturnValue:
    scope = current_scope()
    return render_template(
        "laboratory/weighing.html",
        operations=operations(session, scope),
        settings=queries.settings_by_operation(session, scope),
        tables=queries.frequency_tables(session, scope),
    )


@laboratory.get("/frequencies/<int(max=2147483647):table_id>")
@requires(Permission.LABORATORY_READ)
def frequencies(table_id: int) -> ResponseReturnValue:
    row = found(queries.frequency_table(session, current_scope(), table_id))
    opened(row)
    lines = [
        (marker, allele, value)
        for marker, alleles in row.frequencies.items()
        for allele, value in alleles.items()
    ]
    return render_template("laboratory/frequencies.html", table_row=row, lines=lines)


@laboratory.route("/weighing/<code>/frequencies", methods=["GET", "POST"])
@requires(Permission.LABORATORY_SETTINGS)
def new_frequencies(code: str) -> ResponseReturnValue:
    operation, form = _operation(code), FrequencyTableForm()
    if form.validate_on_submit():
        if form.file.data is not None:
            return _filled_in(operation, form)
        try:
            new = _new_table(form)
            row = services.add_table(session, operation, new, own_account())
        except UnreadableTableError as fault:
            form.table.errors = [said(fault.doubt)]
        except services.WeighingRefusedError as refused:
            form.minimum_rule.errors = [refusal(refused)]
        else:
            flash(_("The table is kept. Choose it in the settings to weigh by it."), "done")
            return redirect(url_for(".frequencies", table_id=row.id))
    return _new_page(operation, form), 422 if form.errors else 200


def _new_page(operation: Operation, form: FrequencyTableForm, **more: object) -> str:
    return render_template(
        "laboratory/new_frequencies.html", form=form, operation=operation, said=said, **more
    )


def _filled_in(operation: Operation, form: FrequencyTableForm) -> ResponseReturnValue:
    """Show the form with what the file says; it is kept once somebody has looked at it."""
    try:
        is_exact = take_file(form.file, form.table)
        doubts = _take_familias(form)
        read_frequencies(form.table.data)
    except UnreadableTableError as fault:
        form.file.errors = [said(fault.doubt)]
        return _new_page(operation, form), 422
    form.origin.data = OWN_TABLE
    page = _new_page(operation, form, is_read=True, is_exact=is_exact, doubts=doubts)
    show_again()
    return page, 200


def _take_familias(form: FrequencyTableForm) -> Sequence[Doubt]:
    """Turn a Familias file into a table that can be looked through; return what is left out."""
    if not is_familias(form.table.data):
        return ()
    read = read_familias(form.table.data).frequencies
    form.table.data = written(read.frequencies)
    form.name.data = form.name.data or read.name
    told = _("From a Familias file, database “%(name)s”.", name=read.name)
    form.source.data = form.source.data or told
    return read.doubts


def _new_table(form: FrequencyTableForm) -> NewTable:
    if form.origin.data == OWN_TABLE:
        return form.to(NewTable, frequencies=read_frequencies(form.table.data))
    shipped = next(each for each in SHIPPED if each.code == form.origin.data)
    return form.to(
        NewTable,
        name=shipped.name,
        population=shipped.population,
        source=shipped.source,
        chromosomes=shipped.chromosomes,
        frequencies=shipped.frequencies,
    )


@laboratory.route("/weighing/<code>/settings", methods=["GET", "POST"])
@requires(Permission.LABORATORY_SETTINGS)
def settings(code: str) -> ResponseReturnValue:
    operation, scope = _operation(code), current_scope()
    present = queries.settings_by_operation(session, scope).get(operation.id)
    tables = [
        each
        for each in queries.frequency_tables(session, scope)
        if each.operation_id == operation.id
    ]
    form = WeighingForm(obj=present) if present else WeighingForm()
    form.offer(tables)
    if form.validate_on_submit():
        _expects(form, present)
        try:
            services.settle(session, operation, form.to(Weighing), own_account())
        except services.WeighingRefusedError as refused:
            say_why(form, refused)
        else:
            flash(_("From now on DNA is weighed so."), "done")
            return redirect(url_for(".weighing"))
    page = render_template(
        "laboratory/settings.html", form=form, operation=operation, tables=tables
    )
    return page, 422 if form.errors else 200


def _expects(form: WeighingForm, present: LaboratorySettings | None) -> None:
    if present is not None:
        form.expects(present.version)


def _operation(code: str) -> Operation:
    rows = operations(session, current_scope())
    return found(next((each for each in rows if each.code == code), None))
