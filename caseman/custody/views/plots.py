"""Burial plots: the map of a cemetery, its register, and how each plot is found again."""

from dataclasses import dataclass
from itertools import groupby

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.custody import queries, services
from caseman.custody.drafts import PlotFacts
from caseman.custody.forms.plots import (
    PlotForm,
    RowForm,
    WhereForm,
    plot_answers,
    where_answers,
)
from caseman.custody.models import BurialPlot, StoragePlace, TransferItem
from caseman.custody.queries import Plot
from caseman.custody.views.blueprint import custody, place_of, say_why
from caseman.permissions import Permission
from caseman.sites.models import Degrees
from caseman.web.forms.conflicts import conflict
from caseman.web.guards import current_scope, requires
from caseman.web.paging import paginate
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _
from caseman.web.words import ngettext

CELL_WIDTH, CELL_HEIGHT, MARGIN = 76, 40, 34


@dataclass(frozen=True, slots=True)
class Cell:
    """A plot as it is drawn: where, and with what in it."""

    plot: Plot
    x: int
    y: int


@custody.get("/places/<int:place_id>/plots")
@requires(Permission.CUSTODY_READ)
def plots(place_id: int) -> ResponseReturnValue:
    """Show the plots of a cemetery by row, drawn and as a list, and who lies in each."""
    cemetery = place_of(place_id)
    every = queries.plots_of(session, current_scope(), cemetery)
    rows = [(row, list(each)) for row, each in groupby(every, key=lambda plot: plot.plot.row)]
    return render_template(
        "custody/plots.html",
        cemetery=cemetery,
        plots=every,
        drawn=drawn(rows),
        rows=[(row, MARGIN + line * CELL_HEIGHT) for line, (row, _plots) in enumerate(rows)],
        width=MARGIN + CELL_WIDTH * max((each.plot.number for each in every), default=0),
        height=MARGIN + CELL_HEIGHT * len(rows),
        cell=(CELL_WIDTH, CELL_HEIGHT),
    )


def drawn(rows: list[tuple[str, list[Plot]]]) -> list[Cell]:
    """Return the plots where they are drawn: a line for each row, a column for each number."""
    return [
        Cell(each, MARGIN + CELL_WIDTH * (each.plot.number - 1), MARGIN + CELL_HEIGHT * line)
        for line, (_row, plots) in enumerate(rows)
        for each in plots
    ]


@custody.route("/places/<int:place_id>/plots/new", methods=["GET", "POST"])
@requires(Permission.CUSTODY_TRANSFER)
def lay_out_plots(place_id: int) -> ResponseReturnValue:
    cemetery, form = place_of(place_id), RowForm()
    if not form.validate_on_submit():
        return _row_page(cemetery, form, 422 if form.errors else 200)
    try:
        laid = services.lay_out(session, cemetery, form.row_of_plots())
    except services.TooManyPlotsError as refused:
        say_why(form, refused, "last")
        return _row_page(cemetery, form, 422)
    except services.DuplicatePlaceCodeError as refused:
        say_why(form, refused, "first")
        return _row_page(cemetery, form, 409)
    flash(
        ngettext(
            "%(num)s plot is laid out, from %(code)s on.",
            "%(num)s plots are laid out, from %(code)s on.",
            len(laid),
            code=laid[0].place.code,
        ),
        "done",
    )
    return redirect(url_for(".plots", place_id=place_id))


def _row_page(cemetery: StoragePlace, form: RowForm, status: int) -> ResponseReturnValue:
    return render_template("custody/plots_form.html", cemetery=cemetery, form=form), status


def _plot_of(place_id: int) -> BurialPlot:
    return found(queries.plot_at(session, place_of(place_id)))


@custody.route("/places/<int:place_id>/plot", methods=["GET", "POST"])
@requires(Permission.CUSTODY_TRANSFER)
def describe_plot(place_id: int) -> ResponseReturnValue:
    plot = _plot_of(place_id)
    form = PlotForm(data=plot_answers(plot))
    stored = PlotForm(formdata=None, data=plot_answers(plot))
    if not form.validate_on_submit():
        return _plot_page(plot, form, 422 if form.errors else 200)
    if differences := conflict(form, stored, plot.version):
        return _plot_page(plot, form, 409, differences=differences)
    services.describe_plot(plot, form.to(PlotFacts))
    return redirect(url_for(".place", place_id=place_id))


def _plot_page(
    plot: BurialPlot, form: PlotForm, status: int, **more: object
) -> ResponseReturnValue:
    return render_template("custody/plot_form.html", plot=plot, form=form, **more), status


@custody.get("/places/<int:place_id>/position")
@requires(Permission.POSITION_READ)
def plot_position(place_id: int) -> ResponseReturnValue:
    """Show where a plot is; that the reader saw it is on record."""
    plot = _plot_of(place_id)
    opened(plot, what=_("Exact position"))
    form = WhereForm(data=where_answers(plot))
    return render_template("custody/plot_position.html", plot=plot, form=form, is_on_record=True)


@custody.post("/places/<int:place_id>/position")
@requires(Permission.CUSTODY_TRANSFER, beside=Permission.POSITION_READ)
def locate_plot(place_id: int) -> ResponseReturnValue:
    plot, form = _plot_of(place_id), WhereForm()
    if not form.validate_on_submit():
        return render_template("custody/plot_position.html", plot=plot, form=form), 422
    stored = WhereForm(formdata=None, data=where_answers(plot))
    if differences := conflict(form, stored, plot.version):
        page = render_template(
            "custody/plot_position.html", plot=plot, form=form, differences=differences
        )
        return page, 409
    place = form.position.data
    degrees = None if place is None else Degrees(lat=place.lat, lon=place.lon)
    services.locate_plot(plot, degrees, place and place.precision_m, form.way.data)
    return redirect(url_for(".place", place_id=place_id))


@custody.get("/places/<int:place_id>/burials")
@requires(Permission.CUSTODY_READ)
def burials(place_id: int) -> ResponseReturnValue:
    """Show the register of a cemetery: everything ever handed over into one of its plots."""
    cemetery = place_of(place_id)
    opened(cemetery)
    return render_template(
        "custody/burials.html",
        cemetery=cemetery,
        page=paginate(
            session,
            queries.burials(current_scope(), cemetery),
            {"-entered": TransferItem.id, "entered": TransferItem.id},
            TransferItem.id,
        ),
        still_lies=queries.still_lies,
    )
