"""What several methods say together of age and sex, where they disagree, and what is set aside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.identity import own_account
from caseman.accounts.reading import opened
from caseman.permissions import Permission
from caseman.remains import queries, services
from caseman.remains.adapters import kept_of
from caseman.remains.codes import EstimateKind
from caseman.remains.drafts import TakenOver
from caseman.remains.forms.combining import PriorForm
from caseman.remains.forms.numbers import ReasonForm
from caseman.remains.methods import (
    Counted,
    age_axis,
    ages_apart,
    combined,
    in_force,
    sexes_apart,
)
from caseman.remains.models import EstimateSetAside, MethodEstimate, Remains
from caseman.remains.views.blueprint import ask, remains
from caseman.remains.views.measuring import one_person
from caseman.remains.views.method_words import (
    inputs_words,
    interval_words,
    method_title,
    named_interval,
    region_name,
    stored_value,
)
from caseman.web.filters import label, percent
from caseman.web.forms import Form
from caseman.web.guards import requires
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _
from caseman.web.words import series

PATH: Final = "/remains/<number>/combination"
SHOWN: Final = (EstimateKind.AGE, EstimateKind.SEX)
MOST_APART: Final = 6
"""Pairs of intervals that are told one by one."""
WIDTH, FIRST, LAST, HEIGHT = 640, 52, 616, 34


class Mark(NamedTuple):
    """One result on the axis; ``place`` is its number in the table, 0 that of all together."""

    place: int
    start: float | None
    end: float | None
    point: float | None


@dataclass(frozen=True, slots=True)
class Axis:
    """All results on one axis."""

    ticks: list[tuple[float, str]]
    marks: list[Mark]
    width: int = WIDTH
    row: int = HEIGHT

    @property
    def height(self) -> int:
        """Return how high the drawing is, with the numbers below the axis."""
        return HEIGHT * len(self.marks) + 44


@dataclass(frozen=True, slots=True)
class Row:
    """A result in force, in words."""

    place: int
    title: str
    given: str
    value: str
    interval: str
    kind: str
    region: str
    is_weighed: bool
    estimate: MethodEstimate


@dataclass(frozen=True, slots=True)
class Part:
    """Everything about one of age and sex."""

    about: EstimateKind
    rows: list[Row]
    whole: TakenOver | None
    said: str
    kind: str
    axis: Axis
    apart: list[str]


@remains.get(PATH)
@requires(Permission.REMAINS_READ)
def combination(number: str) -> ResponseReturnValue:
    row = one_person(number)
    opened(row)
    return _page(row, PriorForm())


@remains.post(f"{PATH}/<about>")
@requires(Permission.EXAMINATION_WRITE)
def take_combined(number: str, about: str) -> ResponseReturnValue:
    row = one_person(number)
    kind = found(next((each for each in SHOWN if each.value == about), None))
    prior, form = PriorForm(), Form()
    whole = found(_whole(row, kind, prior))
    form.validate()
    form.expects(row.profile.version if row.profile else 0)
    services.take_over(session, row, whole, own_account())
    return redirect(url_for(".show", number=row.number) + "#examination")


@remains.route("/remains/<number>/estimates/<int:estimate_id>/set-aside", methods=["GET", "POST"])
@requires(Permission.EXAMINATION_WRITE)
def set_aside(number: str, estimate_id: int) -> ResponseReturnValue:
    row = one_person(number)
    estimates = queries.estimates_of(session, row)
    estimate = found(next((each for each in estimates if each.id == estimate_id), None))
    form = ReasonForm()
    if form.validate_on_submit():
        services.set_aside(session, estimate, form.reason.data, own_account())
        return redirect(url_for(".combination", number=row.number))
    return ask(
        row,
        form,
        _("Set this result aside?"),
        what=series((method_title(estimate), inputs_words(estimate.inputs))),
        consequences=[
            _("It no longer counts where results are put together, and stays to be read."),
            _("Another person can let it count again. The profile stays as it is."),
        ],
        submit=_("Set aside"),
    )


@remains.post("/remains/<number>/estimates/<int:estimate_id>/count-again")
@requires(Permission.EXAMINATION_WRITE)
def count_again(number: str, estimate_id: int) -> ResponseReturnValue:
    row = one_person(number)
    aside = queries.set_aside_of(session, row)
    each = found(next((each for each in aside if each.estimate_id == estimate_id), None))
    form = Form()
    form.validate()
    form.expects(each.version)
    services.count_again(each, own_account())
    flash(_("It counts again."), "done")
    return redirect(url_for(".combination", number=row.number))


def _page(row: Remains, prior: PriorForm) -> ResponseReturnValue:
    estimates = queries.estimates_of(session, row)
    aside = queries.set_aside_of(session, row)
    parts = [_part(kind, estimates, aside, _prior(prior)) for kind in SHOWN]
    counting = {each.estimate.id for part in parts for each in part.rows}
    hidden = counting | {each.estimate_id for each in aside}
    page = render_template(
        "remains/combination.html",
        remains=row,
        parts=parts,
        prior=prior,
        aside=[(each, _words(each.estimate)) for each in aside],
        earlier=[
            (each, _words(each))
            for each in estimates
            if each.about in SHOWN and each.id not in hidden
        ],
        take=Form(formdata=None, data={"version": row.profile.version if row.profile else 0}),
    )
    return page, 422 if prior.errors else 200


def _prior(form: PriorForm) -> float:
    """Return the share of men, an even one where none was asked for or what was typed is none."""
    if "prior" not in request.args:
        form.prior.process(None)
        return 0.5
    return form.prior.data / 100 if form.validate() else 0.5


def _whole(row: Remains, about: EstimateKind, prior: PriorForm) -> TakenOver | None:
    aside = {each.estimate_id for each in queries.set_aside_of(session, row)}
    kept = map(kept_of, queries.estimates_of(session, row))
    return combined(about, in_force(kept, about, aside), _prior(prior))


def _part(
    about: EstimateKind,
    estimates: Sequence[MethodEstimate],
    aside: Iterable[EstimateSetAside],
    prior: float,
) -> Part:
    gone = {each.estimate_id for each in aside}
    counted = in_force(map(kept_of, estimates), about, gone)
    by_id = {each.id: each for each in estimates}
    whole = combined(about, counted, prior)
    rows = [_row(place, each, by_id[each.kept.id]) for place, each in enumerate(counted, 1)]
    places = {each.estimate.id: each.place for each in rows}
    if about is EstimateKind.AGE:
        said = interval_words((whole.lowest, whole.highest), whole.unit) if whole else ""
        axis, apart = _age_axis(counted, whole), _ages(counted, places)
    else:
        said = _sex(whole) if whole else ""
        axis, apart = _sex_axis(counted, whole), _sexes(counted, places)
    kind = named_interval(whole.interval_kind) if whole else ""
    return Part(about, rows, whole, said, kind, axis, apart)


def _row(place: int, counted: Counted, estimate: MethodEstimate) -> Row:
    return Row(
        place,
        method_title(estimate),
        inputs_words(estimate.inputs),
        stored_value(estimate),
        interval_words((estimate.lowest, estimate.highest), estimate.unit),
        named_interval(estimate.interval_kind),
        region_name(counted.region),
        counted.is_weighed,
        estimate,
    )


def _words(estimate: MethodEstimate) -> str:
    limits = interval_words((estimate.lowest, estimate.highest), estimate.unit)
    return series((method_title(estimate), stored_value(estimate), limits))


def _sex(whole: TakenOver) -> str:
    grade = label(whole.columns["sex"])
    chance = percent(whole.value)
    return _("%(grade)s (chance of a man %(chance)s)", grade=grade, chance=chance)


def _age_axis(counted: Sequence[Counted], whole: TakenOver | None) -> Axis:
    first, last = age_axis(counted, whole)

    def along(year: float | None, otherwise: int) -> float:
        share = ((otherwise if year is None else year) - first) / (last - first)
        return round(FIRST + min(1.0, max(0.0, share)) * (LAST - FIRST), 1)

    def mark(place: int, told: Any) -> Mark:  # noqa: ANN401 - a result kept or one put together
        point = None if told.value is None else along(told.value, first)
        if told.lowest is None and told.highest is None:
            return Mark(place, None, None, point)
        return Mark(place, along(told.lowest, first), along(told.highest, last), point)

    marks = [mark(place, each.kept) for place, each in enumerate(counted, 1)]
    if whole is not None:
        marks.append(mark(0, whole))
    step = 10 if last - first > 20 else 5
    ticks = [(along(year, first), str(year)) for year in range(first, last + 1, step)]
    return Axis(ticks, marks)


def _sex_axis(counted: Sequence[Counted], whole: TakenOver | None) -> Axis:
    def along(p_male: float | None) -> float | None:
        return None if p_male is None else round(FIRST + p_male * (LAST - FIRST), 1)

    marks = [Mark(place, None, None, along(each.p_male)) for place, each in enumerate(counted, 1)]
    if whole is not None:
        marks.append(Mark(0, None, None, along(whole.value)))
    ticks = [(FIRST + share * (LAST - FIRST), f"{share:.0%}") for share in (0, 0.25, 0.5, 0.75, 1)]
    return Axis(ticks, marks)


def _ages(counted: Sequence[Counted], places: Mapping[int, int]) -> list[str]:
    """Return a sentence for each two intervals apart, and one for how many more there are."""
    pairs = ages_apart(counted)
    said = [
        _(
            "%(younger)s and %(older)s do not overlap: %(low)s against %(high)s.",
            younger=_numbered(younger, places),
            older=_numbered(older, places),
            low=interval_words((younger.kept.lowest, younger.kept.highest), "years"),
            high=interval_words((older.kept.lowest, older.kept.highest), "years"),
        )
        for younger, older in pairs[:MOST_APART]
    ]
    if len(pairs) > MOST_APART:
        said.append(
            _("Pairs that do not overlap besides: %(count)s.", count=len(pairs) - MOST_APART)
        )
    return said


def _sexes(counted: Sequence[Counted], places: Mapping[int, int]) -> list[str]:
    apart = sexes_apart(counted)
    if apart is None:
        return []
    women, men = (series(_numbered(each, places) for each in side) for side in apart)
    return [
        _("On the side of a woman: %(women)s. On that of a man: %(men)s.", women=women, men=men)
    ]


def _numbered(counted: Counted, places: Mapping[int, int]) -> str:
    return _("No. %(number)s", number=places[counted.kept.id])
