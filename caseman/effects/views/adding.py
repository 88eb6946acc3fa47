"""Recording effects, one after another."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.effects import services
from caseman.effects.codes import BodyPlace
from caseman.effects.forms import FIRST, MORE, PLACE, LooseEffectForm, NewEffectForm
from caseman.effects.models import PersonalEffect
from caseman.effects.queries import effects_with_remains, loose_effects
from caseman.effects.views.blueprint import effects
from caseman.effects.words import kind_of
from caseman.media.models import MediaFile
from caseman.media.receiving import keep, received
from caseman.permissions import Permission
from caseman.remains.queries import own_teams, remains_by_number
from caseman.sites.queries import feature_by_number
from caseman.web.guards import current_scope, requires
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _


@effects.route("/remains/<number>/effects/new", methods=["GET", "POST"])
@requires(Permission.REMAINS_WRITE)
def add(number: str) -> ResponseReturnValue:
    remains = found(remains_by_number(session, current_scope(), number))
    form, others = NewEffectForm(), effects_with_remains(session, current_scope(), remains)
    form.offer(others)
    photographs = received(form) if form.validate_on_submit() else None
    if photographs is not None:
        effect = services.register_on(session, remains, form.described())
        services.lay_in(effect, form.lay_in(others))
        _finish(effect, photographs)
        return redirect(url_for(".add", number=number))
    if form.is_submitted():
        keep(form)
    page = render_template(
        "effects/add.html",
        form=form,
        first=FIRST,
        more=MORE,
        place=(),
        subject=remains.number,
        done=url_for("remains.show", number=remains.number),
        known=_known(others),
    )
    return page, 422 if form.is_submitted() else 200


@effects.route("/sites/<code>/F<int:number>/effects/new", methods=["GET", "POST"])
@requires(Permission.REMAINS_WRITE)
def add_loose(code: str, number: int) -> ResponseReturnValue:
    feature = found(feature_by_number(session, current_scope(), code, number))
    teams = found(own_teams(session, current_scope(), feature.site) or None)
    form, others = LooseEffectForm(), loose_effects(session, current_scope(), feature)
    form.ask_team(teams)
    form.offer(others)
    photographs = received(form) if form.validate_on_submit() else None
    if photographs is not None:
        what = form.described(body_place=BodyPlace.LOOSE)
        effect = services.register_loose(session, feature, form.team_of(teams), what)
        services.lay_in(effect, form.lay_in(others))
        _finish(effect, photographs)
        return redirect(url_for(".show", number=effect.number))
    if form.is_submitted():
        keep(form)
    page = render_template(
        "effects/add.html",
        form=form,
        first=("team_id", *FIRST),
        more=MORE,
        place=PLACE,
        subject=feature.audit_subject,
        done=url_for("remains.index", site=code),
        known=_known(others),
    )
    return page, 422 if form.is_submitted() else 200


def _finish(effect: PersonalEffect, photographs: Sequence[MediaFile]) -> None:
    for file in photographs:
        services.attach_photograph(session, effect, file)
    flash(
        _("%(what)s is recorded as %(number)s.", what=kind_of(effect), number=effect.number), "done"
    )


def _known(rows: Sequence[PersonalEffect]) -> list[dict[str, object]]:
    return [
        {
            "number": each.number,
            "what": kind_of(each),
            "colour": each.colour,
            "inscription": each.inscription,
            "url": url_for("effects.show", number=each.number),
        }
        for each in rows
    ]
