"""Recording a find where it lies, and correcting that record later."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from caseman.accounts.models import Team, User
from caseman.accounts.reading import opened
from caseman.coding import Code
from caseman.database import now
from caseman.media.receiving import keep, received
from caseman.permissions import Permission
from caseman.remains import queries, services
from caseman.remains.codes import RemainsKind
from caseman.remains.forms.recovery import (
    BONE,
    FOUND,
    LYING,
    PLACE,
    VIOLENCE,
    NewFindForm,
    RecoveryForm,
)
from caseman.remains.models import Remains
from caseman.remains.recovery_doubts import about_photographs, about_recovery
from caseman.remains.views.blueprint import feature_of, record, remains, say_why
from caseman.sites.models import Feature
from caseman.web import filters as words
from caseman.web.guards import current_scope, requires
from caseman.web.links import link
from caseman.web.unit_of_work import found, session

SAME_AGAIN = (
    "recovered_on",
    "recovered_by",
    "condition",
    "preservation",
    "weathering",
    "grid_e_m",
    "grid_n_m",
    "depth_m",
)
"""What the next find most often shares with the last one."""


@remains.route("/sites/<code>/F<int:number>/remains/new", methods=["GET", "POST"])
@requires(Permission.REMAINS_WRITE)
def recover(code: str, number: int) -> ResponseReturnValue:
    feature = feature_of(code, number)
    teams = found(queries.own_teams(session, current_scope(), feature.site) or None)
    last = queries.last_recovered(session, current_scope(), feature)
    form = NewFindForm(data=_beginning(last))
    form.ask_team(teams)
    if form.validate_on_submit() and not _is_doubtful(form, feature):
        row = _register(form, feature, teams)
        if row is not None:
            return redirect(url_for(".label", number=row.number))
    if form.is_submitted():
        keep(form)
    return _page(form, feature, last)


def _page(form: NewFindForm, feature: Feature, last: Remains | None) -> ResponseReturnValue:
    page = render_template(
        "remains/recover.html",
        form=form,
        feature=feature,
        last=last,
        same=_as_last(last),
        back=link("sites.feature", code=feature.site.code, number=feature.number),
    )
    return page, 422 if form.is_submitted() else 200


def _beginning(last: Remains | None) -> dict[str, Any]:
    """Return what the form holds at first: today, me, what the address says, or the last find."""
    person = cast("User", current_user)
    told: dict[str, Any] = {"recovered_on": _today(), "recovered_by": person.name}
    if last is not None and last.recovery is not None:
        told["team_id"] = last.recovery.team_id
        if "same" in request.args:
            told |= _shared(last)
            told["kind"] = last.kind
    if request.args.get("kind") in set(RemainsKind):
        told["kind"] = RemainsKind(request.args["kind"])
    told["sequence"] = request.args.get("sequence", type=int)
    return told


def _shared(last: Remains | None) -> dict[str, Any]:
    """Return what is known of the last find and most often holds for the next one."""
    told = last.recovery if last is not None else None
    same = {name: getattr(told, name, None) for name in SAME_AGAIN}
    return {name: value for name, value in same.items() if value not in {None, ""}}


def _as_last(last: Remains | None) -> dict[str, tuple[str, str]]:
    """Return for each shared answer what a form posts for it, and how people read it."""
    return {name: (_typed(value), _read(value)) for name, value in _shared(last).items()}


def _typed(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _read(value: object) -> str:
    if isinstance(value, Code):
        return words.label(value)
    return words.day(value) if isinstance(value, date) else _typed(value)


def _today() -> date:
    return now().date()


def _is_doubtful(form: NewFindForm, feature: Feature) -> bool:
    kind: RemainsKind = form.kind.data
    doubts = about_recovery(form.to(services.Recovery), kind, feature, _today())
    doubts += about_photographs(photographed=not form.is_without, in_frame=form.seen_in_frame)
    return form.is_doubtful(doubts)


def _register(form: NewFindForm, feature: Feature, teams: Sequence[Team]) -> Remains | None:
    """Give the find its number; None where something is refused, and the form says what."""
    new = form.to(
        services.NewRemains,
        feature=feature,
        team_id=form.team_of(teams),
        recovery=form.to(services.Recovery),
        absences={},
    )
    photographs = received(form)
    if photographs is None:
        return None
    try:
        row = services.register_remains(session, new)
    except services.RemainsError as refused:
        say_why(form, refused)
        return None
    for file in photographs:
        services.attach_photograph(session, row, file, form.photograph())
    return row


@remains.get("/remains/<number>/label")
@requires(Permission.REMAINS_WRITE)
def label(number: str) -> ResponseReturnValue:
    """Show the number large, to be written on the bag, and what may come next."""
    row = record(number)
    return render_template(
        "remains/label.html",
        remains=row,
        add_effect=link("effects.add", number=row.number),
    )


@remains.route("/remains/<number>/recovery", methods=["GET", "POST"])
@requires(Permission.REMAINS_WRITE)
def correct(number: str) -> ResponseReturnValue:
    row = record(number)
    if request.method == "GET":
        opened(row)
    kept = row.recovery
    form = RecoveryForm(obj=kept, data={"version": 0})
    form.show_absences(kept.absences if kept else {})
    if form.validate_on_submit() and not _is_doubtful_again(form, row):
        form.expects(kept.version if kept else 0)
        text = kept.recovered_at_text if kept else ""
        services.record_recovery(session, row, form.to(services.Recovery, recovered_at_text=text))
        return redirect(url_for(".show", number=row.number))
    page = render_template(
        "remains/correct.html",
        form=form,
        remains=row,
        groups={"found": (*FOUND, *BONE), "lying": (*LYING, *PLACE), "violence": VIOLENCE},
    )
    return page, 422 if form.is_submitted() else 200


def _is_doubtful_again(form: RecoveryForm, row: Remains) -> bool:
    recovery = form.to(services.Recovery)
    return form.is_doubtful(about_recovery(recovery, row.kind, row.feature, _today()))


def teams_of(row: Remains) -> list[Team]:
    """Return the reader's teams that may give numbers where ``row`` lies."""
    return list(found(queries.own_teams(session, current_scope(), row.site) or None))
