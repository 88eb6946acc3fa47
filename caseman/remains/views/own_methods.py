"""Figures that an operation has of its own: listed, added, retired, offered again."""

from collections.abc import Iterator

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.identity import own_account
from caseman.accounts.models import Operation
from caseman.osteology import RefusedInputError, StatureEquation, adult_range_cm
from caseman.permissions import Permission
from caseman.remains import queries
from caseman.remains.adapters import methods_of_own
from caseman.remains.forms.numbers import ReasonForm
from caseman.remains.forms.own_methods import OwnEquationForm
from caseman.remains.forms.own_tables import COLUMNS, OwnTableForm
from caseman.remains.measures import measure_name
from caseman.remains.method_names import CHOICES, INTERVALS, named
from caseman.remains.models import OwnEquation, OwnTable
from caseman.remains.services import own_methods as services
from caseman.remains.services.own_methods import OwnMethodError
from caseman.remains.views.blueprint import remains, say_why
from caseman.remains.views.method_words import interval_words
from caseman.remains.views.own_figures import figures, sources
from caseman.sites.queries import operations
from caseman.web.filters import number
from caseman.web.forms import Form
from caseman.web.guards import current_scope, requires
from caseman.web.unit_of_work import found, session, show_again
from caseman.web.words import gettext as _


@remains.get("/methods")
@requires(Permission.EXAMINATION_WRITE)
def own_methods() -> ResponseReturnValue:
    mine = operations(session, current_scope())
    ids = [each.id for each in mine]
    equations = queries.own_equations(session, ids, retired=True)
    tables = queries.own_tables(session, ids, retired=True)
    return render_template(
        "remains/own_methods.html",
        operations=[
            (
                each,
                [row for row in equations if row.operation_id == each.id],
                [row for row in tables if row.operation_id == each.id],
            )
            for each in mine
        ],
        lengths=lengths_words,
    )


@remains.route("/methods/<code>/new", methods=["GET", "POST"])
@requires(Permission.METHOD_WRITE)
def new_own_method(code: str) -> ResponseReturnValue:
    operation, form = _operation(code), OwnEquationForm()
    equation = form.equation() if form.validate_on_submit() else None
    if equation is not None and form.checked.data:
        by, named_as = own_account(), (form.method.data, form.year.data)
        try:
            row = services.add_equation(session, operation, equation, named_as, by)
        except OwnMethodError as refused:
            say_why(form, refused)
        else:
            flash(_("The equation is offered with the others from now on."), "done")
            return redirect(url_for(".own_method", row_id=row.id))
    page = render_template(
        "remains/new_own_method.html",
        operation=operation,
        form=form,
        gives=list(_gives(equation)) if equation is not None else [],
    )
    return _looked_at(page, form)


def _looked_at(page: str, form: Form) -> ResponseReturnValue:
    """Answer with what the figures give: nothing is kept before somebody says so."""
    if form.is_submitted() and not form.errors:
        show_again()
    return page, 422 if form.errors else 200


@remains.route("/methods/<code>/tables/new", methods=["GET", "POST"])
@requires(Permission.METHOD_WRITE)
def new_own_table(code: str) -> ResponseReturnValue:
    operation, form = _operation(code), OwnTableForm()
    own = form.methods() if form.validate_on_submit() else None
    if own is not None and form.checked.data:
        try:
            row = services.add_table(session, operation, form.table(own), own_account())
        except OwnMethodError as refused:
            say_why(form, refused)
        else:
            flash(_("The table is offered with the others from now on."), "done")
            return redirect(url_for(".own_table", row_id=row.id))
    page = render_template(
        "remains/new_own_table.html",
        operation=operation,
        form=form,
        columns=[(kind, ",".join(names)) for kind, names in COLUMNS.items()],
        figures=figures(own) if own is not None else None,
    )
    return _looked_at(page, form)


@remains.get("/methods/<int(max=2147483647):row_id>")
@requires(Permission.EXAMINATION_WRITE)
def own_method(row_id: int) -> ResponseReturnValue:
    row = _equation(row_id)
    return _shown(row, facts=_facts(row))


@remains.get("/methods/tables/<int(max=2147483647):row_id>")
@requires(Permission.EXAMINATION_WRITE)
def own_table(row_id: int) -> ResponseReturnValue:
    row = _table(row_id)
    facts = [
        (_("On whom it was made"), row.population),
        (_("Where the figures come from"), sources(row)),
    ]
    return _shown(row, facts=facts, figures=figures(methods_of_own((), [row])))


def _shown(row: OwnEquation | OwnTable, **told: object) -> ResponseReturnValue:
    again = Form(formdata=None, data={"version": row.version})
    return render_template(
        "remains/own_method.html", row=row, again=again, **_addresses(row), **told
    )


@remains.route("/methods/<int(max=2147483647):row_id>/retire", methods=["GET", "POST"])
@requires(Permission.METHOD_WRITE)
def retire_own_method(row_id: int) -> ResponseReturnValue:
    return _retired(_equation(row_id))


@remains.route("/methods/tables/<int(max=2147483647):row_id>/retire", methods=["GET", "POST"])
@requires(Permission.METHOD_WRITE)
def retire_own_table(row_id: int) -> ResponseReturnValue:
    return _retired(_table(row_id))


def _retired(row: OwnEquation | OwnTable) -> ResponseReturnValue:
    form, addresses = ReasonForm(data={"version": row.version}), _addresses(row)
    if form.validate_on_submit():
        form.expects(row.version)
        services.retire(row, form.reason.data, own_account())
        return redirect(addresses["shown"])
    page = render_template("remains/retire_own_method.html", row=row, form=form, **addresses)
    return page, 422 if form.errors else 200


@remains.post("/methods/<int(max=2147483647):row_id>/offer-again")
@requires(Permission.METHOD_WRITE)
def offer_own_method_again(row_id: int) -> ResponseReturnValue:
    return _offered_again(_equation(row_id))


@remains.post("/methods/tables/<int(max=2147483647):row_id>/offer-again")
@requires(Permission.METHOD_WRITE)
def offer_own_table_again(row_id: int) -> ResponseReturnValue:
    return _offered_again(_table(row_id))


def _offered_again(row: OwnEquation | OwnTable) -> ResponseReturnValue:
    form = Form()
    form.validate()
    form.expects(row.version)
    services.offer_again(session, row)
    return redirect(_addresses(row)["shown"])


def _addresses(row: OwnEquation | OwnTable) -> dict[str, str]:
    """Return where figures are shown, retired and offered again."""
    if isinstance(row, OwnEquation):
        names = ("own_method", "retire_own_method", "offer_own_method_again")
    else:
        names = ("own_table", "retire_own_table", "offer_own_table_again")
    shown, retired, again = (url_for(f".{name}", row_id=row.id) for name in names)
    return {"shown": shown, "retired": retired, "offered_again": again}


def lengths_words(measures: str) -> str:
    """Return the lengths that an equation takes the sum of."""
    return " + ".join(measure_name(each) for each in measures.split("+"))


def _gives(equation: StatureEquation) -> Iterator[tuple[str, str, str, str]]:
    """Yield what the engine says at the shortest, a middle and the longest length."""
    ranges = [adult_range_cm(each) for each in equation.measures]
    ends = tuple(sum(span[end] for span in ranges) for end in (0, 1))
    lowest, highest = equation.fits_cm or ends
    middle = equation.reference.mean_cm if equation.reference else (lowest + highest) / 2
    for length in sorted({lowest, middle, highest}):
        share = length / sum(sum(each) for each in ranges)
        lengths = {
            each: share * sum(span) for each, span in zip(equation.measures, ranges, strict=True)
        }
        try:
            said = equation.estimate(lengths)
        except RefusedInputError:
            continue
        yield (
            number(round(length, 1), _("cm")),
            number(round(float(str(said.value)), 1), _("cm")),
            interval_words(said.interval, "cm"),
            named(INTERVALS, said.interval_kind),
        )


def _facts(row: OwnEquation) -> list[tuple[str, object]]:
    centimetres = _("cm")
    figures = [
        (_("Intercept"), row.intercept_cm),
        (_("Standard error"), row.error_cm),
        (_("Mean length in the sample"), row.mean_x_cm),
        (_("Standard deviation of the length"), row.sd_x_cm),
        (_("Shortest length"), row.lowest_cm),
        (_("Longest length"), row.highest_cm),
    ]
    return [
        (_("On whom it was made"), row.population),
        (_("Sex of the reference sample"), _(CHOICES[row.sex])),
        (_("Lengths"), lengths_words(row.measures)),
        (_("Slope"), _exact(row.slope)),
        *((name, f"{_exact(value)} {centimetres}") for name, value in figures if value is not None),
        (_("Size of the sample"), row.n),
        (_("Where the figures come from"), row.source),
        (_("Note"), row.note),
    ]


def _exact(value: float) -> str:
    """Return a figure with every digit that its source has."""
    return str(value).removesuffix(".0")


def _equation(row_id: int) -> OwnEquation:
    return found(queries.own_equation(session, current_scope(), row_id))


def _table(row_id: int) -> OwnTable:
    return found(queries.own_table(session, current_scope(), row_id))


def _operation(code: str) -> Operation:
    mine = operations(session, current_scope())
    return found(next((each for each in mine if each.code == code), None))
