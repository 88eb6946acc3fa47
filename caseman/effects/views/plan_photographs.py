"""Where the camera stood: a photograph of remains beside the plan it is placed on."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.effects.plan import PlanKind, draw
from caseman.effects.queries.plan import placed_in
from caseman.effects.views.blueprint import effects
from caseman.effects.views.plan import url_of
from caseman.permissions import Permission
from caseman.remains.forms.examination import CameraForm
from caseman.remains.models import RemainsPhotograph
from caseman.remains.queries import remains_by_number
from caseman.remains.services import CameraPlace
from caseman.remains.services import place_photograph as place
from caseman.web.guards import current_scope, requires
from caseman.web.unit_of_work import found, session

PLACE = "/remains/<number>/photographs/<int:picture_id>/place"


@effects.get(PLACE)
@requires(Permission.REMAINS_READ)
def camera(number: str, picture_id: int) -> ResponseReturnValue:
    """Show a photograph beside the plan, with where the camera stood."""
    picture = _picture(number, picture_id)
    opened(picture)
    return _page(picture, CameraForm(obj=picture)), 200


@effects.post(PLACE)
@requires(Permission.REMAINS_WRITE)
def place_photograph(number: str, picture_id: int) -> ResponseReturnValue:
    picture, form = _picture(number, picture_id), CameraForm()
    if not form.validate_on_submit():
        return _page(picture, form), 422
    place(picture, form.to(CameraPlace))
    feature = picture.remains.feature
    return redirect(url_for(".plan", code=feature.site.code, number=feature.number))


def _picture(number: str, picture_id: int) -> RemainsPhotograph:
    pictures = found(remains_by_number(session, current_scope(), number)).photographs
    return found(next((each for each in pictures if each.id == picture_id), None))


def _page(picture: RemainsPhotograph, form: CameraForm) -> str:
    feature = picture.remains.feature
    placed, _unplaced = placed_in(session, current_scope(), feature)
    return render_template(
        "effects/camera.html",
        picture=picture,
        remains=picture.remains,
        feature=feature,
        form=form,
        plan=draw(placed, feature.audit_subject),
        kinds=list(PlanKind),
        url_of=url_of,
    )
