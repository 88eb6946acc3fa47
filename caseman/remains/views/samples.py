"""Samples cut from remains: recording one, and voiding one recorded by mistake."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.identity import actor
from caseman.database import now
from caseman.permissions import Permission
from caseman.remains import queries, services
from caseman.remains.forms.numbers import ReasonForm
from caseman.remains.forms.samples import SampleForm
from caseman.remains.views.blueprint import ask, record, remains, say_why
from caseman.remains.views.recovery import teams_of
from caseman.web.guards import requires
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _


@remains.route("/remains/<number>/samples/new", methods=["GET", "POST"])
@requires(Permission.EXAMINATION_WRITE)
def cut_sample(number: str) -> ResponseReturnValue:
    row = record(number)
    teams = teams_of(row)
    form = SampleForm(data={"cut_on": now().date(), "cut_by": actor().name})
    form.ask_team(teams)
    title = _("Record a sample")
    if not form.validate_on_submit():
        return ask(row, form, title)
    try:
        sample = services.cut_sample(session, row, form.team_of(teams), form.to(services.NewSample))
    except services.RemainsError as refused:
        say_why(form, refused)
        return ask(row, form, title)
    flash(_("Write this number on the tube: %(number)s", number=sample.number), "done")
    return redirect(url_for(".show", number=row.number) + "#samples")


@remains.route("/remains/<number>/samples/<sample>/void", methods=["GET", "POST"])
@requires(Permission.EXAMINATION_WRITE)
def void_sample(number: str, sample: str) -> ResponseReturnValue:
    row = record(number)
    every = queries.samples_of(session, row)
    wanted = found(next((each for each in every if each.number == sample), None))
    form = ReasonForm(data={"version": wanted.version})
    if form.validate_on_submit():
        form.expects(wanted.version)
        try:
            services.void_sample(session, wanted, form.reason.data)
        except services.RemainsError as refused:
            say_why(form, refused)
        else:
            return redirect(url_for(".show", number=row.number) + "#samples")
    return ask(
        row,
        form,
        _("Void this sample?"),
        what=wanted.number,
        consequences=[_("Its number stays visible and is never given again.")],
        submit=_("Void"),
    )
