"""The examination and the dental chart."""

from typing import Any, cast

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from caseman.accounts.models import User
from caseman.accounts.reading import opened
from caseman.coding.kinds import DentalFeature
from caseman.coding.physical import ToothState
from caseman.database import now
from caseman.permissions import Permission
from caseman.remains import services
from caseman.remains.codes import TeethState
from caseman.remains.drafts import Tooth
from caseman.remains.forms.examination import ExaminationForm, ToothForm
from caseman.remains.models import BiologicalProfile, Remains, ToothFinding
from caseman.remains.plausibility import about_profile
from caseman.remains.views.blueprint import ask, record, remains
from caseman.remains.views.words import tooth_marks
from caseman.values import Interval
from caseman.web.forms.teeth import TeethForm, has_milk_teeth, shown
from caseman.web.guards import requires
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _


@remains.route("/remains/<number>/examination", methods=["GET", "POST"])
@requires(Permission.EXAMINATION_WRITE)
def examine(number: str) -> ResponseReturnValue:
    row = record(number)
    _note_reading(row)
    form = ExaminationForm(data=_beginning(row.profile))
    if form.validate_on_submit():
        profile = _profile(form, row.profile)
        if not form.is_doubtful(about_profile(profile, now().date())):
            form.expects(row.profile.version if row.profile else 0)
            services.examine(session, row, profile)
            return redirect(url_for(".show", number=row.number))
    page = render_template("remains/examine.html", form=form, remains=row)
    return page, 422 if form.is_submitted() else 200


def _note_reading(row: Remains) -> None:
    if request.method == "GET":
        opened(row)


def _beginning(profile: BiologicalProfile | None) -> dict[str, Any]:
    if profile is None:
        person = cast("User", current_user)
        return {"version": 0, "examined_by": person.name, "examined_on": now().date()}
    told = {column.key: getattr(profile, column.key) for column in profile.__table__.columns}
    states = {True: TeethState.OBSERVABLE, False: TeethState.NOT_OBSERVABLE, None: None}
    return told | {
        "age": _interval(profile.age_min, profile.age_max),
        "stature": _interval(profile.stature_min_cm, profile.stature_max_cm),
        "dental_state": states[profile.dental_observable],
        "dental_features": profile.dental_codes,
        **{f"{name}_absence": reason for name, reason in profile.absences.items()},
    }


def _interval(low: float | None, high: float | None) -> Interval | None:
    return None if low is None or high is None else Interval(low, high)


def _profile(form: ExaminationForm, before: BiologicalProfile | None) -> services.Profile:
    """Return what the form says; codes from elsewhere that it does not know stay."""
    state = form.dental_state.data
    told = before.dental_codes if before is not None else []
    unknown = [each for each in told if each not in _FEATURES]
    return form.to(
        services.Profile,
        dental_observable=None if state is None else state is TeethState.OBSERVABLE,
        dental_codes=[*(each.value for each in form.dental_features.data or ()), *unknown],
    )


_FEATURES = frozenset(DentalFeature)


@remains.route("/remains/<number>/teeth", methods=["GET", "POST"])
@requires(Permission.EXAMINATION_WRITE)
def chart(number: str) -> ResponseReturnValue:
    row = record(number)
    _note_reading(row)
    before = {finding.fdi: finding for finding in row.teeth}
    charted = {fdi: (each.state, each.surfaces) for fdi, each in before.items()}
    form = TeethForm(data={"version": row.version, **shown(charted)})
    if form.validate_on_submit():
        form.expects(row.version)
        teeth = [_tooth(fdi, *said, before.get(fdi)) for fdi, said in form.charted.items()]
        services.chart_teeth(session, row, teeth)
        return redirect(url_for(".show", number=row.number) + "#teeth")
    page = render_template(
        "remains/chart.html",
        form=form,
        remains=row,
        teeth=tooth_marks(row.teeth),
        has_milk_teeth="milk" in request.args or has_milk_teeth(before),
    )
    return page, 422 if form.errors else 200


def _tooth(fdi: int, state: ToothState, surfaces: str, before: ToothFinding | None) -> Tooth:
    """Return the tooth; what was said of its material stays as long as its state does."""
    if before is None or before.state is not state:
        return Tooth(fdi, state, surfaces)
    return Tooth(fdi, state, surfaces, before.material, before.note)


@remains.route("/remains/<number>/teeth/<int:fdi>", methods=["GET", "POST"])
@requires(Permission.EXAMINATION_WRITE)
def tooth(number: str, fdi: int) -> ResponseReturnValue:
    row = record(number)
    _note_reading(row)
    before = {finding.fdi: finding for finding in row.teeth}
    finding = found(before.get(fdi))
    form = ToothForm(obj=finding, data={"version": row.version})
    title = _("Tooth %(number)s", number=fdi)
    if not form.validate_on_submit():
        return ask(row, form, title)
    form.expects(row.version)
    others = [
        _tooth(each.fdi, each.state, each.surfaces, each)
        for each in row.teeth
        if each is not finding
    ]
    services.chart_teeth(session, row, [*others, form.to(services.Tooth, fdi=fdi)])
    return redirect(url_for(".show", number=row.number))
