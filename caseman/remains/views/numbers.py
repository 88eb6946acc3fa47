"""Mistakes with numbers, each on a page of its own that first says what follows."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from caseman.permissions import Permission
from caseman.remains import services
from caseman.remains.forms.numbers import MoveForm, ReasonForm, SplitForm
from caseman.remains.models import Remains
from caseman.remains.views.blueprint import ask, record, remains, say_why
from caseman.remains.views.recovery import teams_of
from caseman.sites.models import Feature
from caseman.web.guards import requires
from caseman.web.unit_of_work import session
from caseman.web.words import gettext as _


@remains.route("/remains/<number>/void", methods=["GET", "POST"])
@requires(Permission.REMAINS_WRITE)
def void(number: str) -> ResponseReturnValue:
    row = record(number)
    form = ReasonForm(data={"version": row.version})
    if form.validate_on_submit():
        form.expects(row.version)
        try:
            services.void(session, row, form.reason.data)
            return redirect(url_for(".show", number=row.number))
        except services.RemainsError as refused:
            say_why(form, refused)
    return ask(
        row,
        form,
        _("Void this number"),
        consequences=[
            _("The number was given by mistake: there are no such remains."),
            _("It stays visible with your reason, and is never given again."),
            _("It is compared with nobody any more. It can be restored."),
        ],
        submit=_("Void the number"),
    )


@remains.route("/remains/<number>/restore", methods=["GET", "POST"])
@requires(Permission.REMAINS_WRITE)
def restore(number: str) -> ResponseReturnValue:
    row = record(number)
    form = ReasonForm(data={"version": row.version})
    if form.validate_on_submit():
        form.expects(row.version)
        try:
            services.restore(session, row, form.reason.data)
            return redirect(url_for(".show", number=row.number))
        except services.RemainsError as refused:
            say_why(form, refused)
    return ask(
        row,
        form,
        _("Restore this number"),
        consequences=[_("The record counts again, as it was. The voiding stays in its history.")],
        submit=_("Restore the number"),
    )


@remains.route("/remains/<number>/move", methods=["GET", "POST"])
@requires(Permission.REMAINS_WRITE)
def move(number: str) -> ResponseReturnValue:
    row = record(number)
    features = {each.id: each for each in _other_features(row)}
    form = MoveForm(list(features.values()), data={"version": row.version})
    if form.validate_on_submit():
        form.expects(row.version)
        try:
            services.move(session, row, features[form.feature_id.data], form.reason.data)
            return redirect(url_for(".show", number=row.number))
        except services.RemainsError as refused:
            say_why(form, refused)
    return ask(
        row,
        form,
        _("Move to another feature"),
        consequences=[
            _("The remains were recorded under the wrong feature."),
            _("The number on bag and papers stays as it is; the record says where they come from."),
            _("Their effects go with them. Candidates are ranked anew."),
        ],
        submit=_("Move"),
    )


def _other_features(row: Remains) -> list[Feature]:
    return [each for each in row.site.features if each.id != row.feature_id]


@remains.route("/remains/<number>/split", methods=["GET", "POST"])
@requires(Permission.REMAINS_WRITE)
def split(number: str) -> ResponseReturnValue:
    row = record(number)
    teams = teams_of(row)
    form = SplitForm(data={"version": row.version})
    form.ask_team(teams)
    if form.validate_on_submit():
        form.expects(row.version)
        try:
            other = services.split(
                session, row, _split_off(form, row, form.team_of(teams)), form.reason.data
            )
            return redirect(url_for(".label", number=other.number))
        except services.RemainsError as refused:
            say_why(form, refused)
    return ask(
        row,
        form,
        _("Split: take another unit out"),
        consequences=[
            _("This number turned out to hold more than one person or unit."),
            _("What you take out gets a new number; write it on a new bag."),
            _("Both records name each other. What was examined stays here and must be checked."),
        ],
        radios=["kind"],
        submit=_("Give a new number"),
    )


def _split_off(form: SplitForm, row: Remains, team_id: int) -> services.NewRemains:
    """Return the new unit: lifted when and where the first one was."""
    told = row.recovery
    shared = ("recovered_on", "recovered_at_text", "recovered_by", "grid_e_m", "grid_n_m")
    recovery = {name: getattr(told, name) for name in shared} if told else {}
    return services.NewRemains(
        feature=row.feature,
        team_id=team_id,
        kind=form.kind.data,
        deposit_from=row.deposit_from,
        deposit_to=row.deposit_to,
        layer=row.layer,
        recovery=services.Recovery(**recovery, notes=form.notes.data),
    )
