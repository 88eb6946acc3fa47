"""The inventory of bones on a drawn skeleton, and how many persons they are of at least."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.osteology import zones_of
from caseman.permissions import Permission
from caseman.remains import queries, services
from caseman.remains.adapters import ELEMENTS
from caseman.remains.bone_names import bone_name, zone_name
from caseman.remains.codes import BoneSide, BoneState, RemainsKind
from caseman.remains.forms.bones import BONE, BoneForm, BonesForm, LotForm
from caseman.remains.models import BoneFinding, Remains
from caseman.remains.views.blueprint import ask, record, remains, say_why
from caseman.remains.views.lesion_words import lesion_title
from caseman.remains.views.skeleton import HEIGHT, WIDTH, Shape, shapes
from caseman.web.filters import label
from caseman.web.forms import Form
from caseman.web.guards import current_scope, requires
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _
from caseman.web.words import series

KEYS = {
    "1": BoneState.WHOLE,
    "2": BoneState.PART,
    "3": BoneState.FRAGMENT,
    "4": BoneState.ABSENT,
    "0": None,
}
"""What each key says of a bone of the drawing."""


class DrawnBone(NamedTuple):
    """One bone of the drawing with what was said of it."""

    shape: Shape
    state: BoneState | None
    name: str
    title: str
    notes: str = ""
    """What injuries and diseases are described on it."""


@remains.route("/remains/<number>/bones", methods=["GET", "POST"])
@requires(Permission.EXAMINATION_WRITE)
def bones(number: str) -> ResponseReturnValue:
    row = record(number)
    if row.kind is RemainsKind.COMMINGLED:
        return redirect(url_for(".add_bones", number=row.number))
    if request.method == "GET":
        opened(row)
    said = {BONE.format(each.element, each.side.value): each.state for each in row.bones}
    form = BonesForm(data={"version": row.version, **said})
    if form.validate_on_submit():
        form.expects(row.version)
        services.inventory(session, row, form.found)
        return redirect(url_for(".show", number=row.number) + "#bones")
    page = render_template(
        "remains/bones.html",
        form=form,
        remains=row,
        regions=_regions(),
        keys=KEYS,
        **drawing(row),
    )
    return page, 422 if form.errors else 200


@remains.route("/remains/<number>/bones/new", methods=["GET", "POST"])
@requires(Permission.EXAMINATION_WRITE)
def add_bones(number: str) -> ResponseReturnValue:
    row = record(number)
    form, title = LotForm(data={"pieces": 1}), _("Add bones to the inventory")
    if not form.validate_on_submit():
        return ask(row, form, title)
    try:
        bone = services.add_bone(session, row, form.to(services.BoneFound))
    except services.TooManyAlikeError as refused:
        say_why(form, refused)
        return ask(row, form, title)
    if bone.state is not BoneState.WHOLE and zones_of(bone.element):
        return redirect(url_for(".describe_bone", number=row.number, bone_id=bone.id))
    return redirect(url_for(".show", number=row.number) + "#bones")


@remains.route("/remains/<number>/bones/<int:bone_id>", methods=["GET", "POST"])
@requires(Permission.EXAMINATION_WRITE)
def describe_bone(number: str, bone_id: int) -> ResponseReturnValue:
    row = record(number)
    bone = _bone_of(row, bone_id)
    form, title = BoneForm(bone), _("More about this bone")
    if not form.validate_on_submit():
        return ask(row, form, title, what=bone_words(bone))
    form.expects(row.version)
    unknown = set(form.numbers) - queries.numbers_at(session, current_scope(), row, form.numbers)
    if unknown:
        form.joins.errors = [
            _("Not recorded at this site: %(numbers)s. Check the labels.", numbers=series(unknown))
        ]
        return ask(row, form, title, what=bone_words(bone))
    try:
        services.describe_bone(session, bone, form.to(services.BoneDetails, joins=form.numbers))
    except services.JoinedTogetherError as refused:
        say_why(form, refused)
        return ask(row, form, title, what=bone_words(bone))
    return redirect(url_for(".show", number=row.number) + "#bones")


@remains.route("/remains/<number>/bones/<int:bone_id>/remove", methods=["GET", "POST"])
@requires(Permission.EXAMINATION_WRITE)
def remove_bones(number: str, bone_id: int) -> ResponseReturnValue:
    row = record(number)
    bone = _bone_of(row, bone_id)
    form = Form()
    if not form.validate_on_submit():
        note = _("It leaves the record; the audit trail keeps what it said and who removed it.")
        return ask(
            row,
            form,
            _("Remove these bones?"),
            what=bone_words(bone),
            consequences=[note],
            submit=_("Remove"),
        )
    services.remove_bone(session, bone)
    return redirect(url_for(".show", number=row.number) + "#bones")


def _bone_of(row: Remains, bone_id: int) -> BoneFinding:
    return found(next((each for each in row.bones if each.id == bone_id), None))


def bone_words(bone: BoneFinding) -> str:
    """Return what one row of the inventory says."""
    codes = [bone.side, bone.state, *([bone.age_class] if bone.age_class else [])]
    said = _(", ").join([bone_name(bone.element), *(label(code) for code in codes)])
    return _("%(bone)s: %(count)s", count=bone.pieces, bone=said) if bone.pieces > 1 else said


def bone_details(bone: BoneFinding) -> list[tuple[str, str]]:
    """Return what else was said of a bone, without what was left empty."""
    facts = [
        (_("Zones that are there"), series(map(zone_name, bone.zones or ()))),
        (_("Surface of the bone"), label(bone.preservation) if bone.preservation else ""),
        (_("Weathering of the bone"), label(bone.weathering) if bone.weathering else ""),
        (_("Fits to a fragment of these remains"), series(bone.joins or ())),
        (_("Note"), bone.note or ""),
    ]
    return [(name, value) for name, value in facts if value]


def drawing(row: Remains) -> dict[str, object]:
    """Return what the template of the skeleton draws."""
    states = {(each.element, each.side): each.state for each in reversed(row.bones)}
    noted = _noted(row)
    drawn = [
        _drawn(shape, states.get((shape.element, shape.side)), noted.get(shape[:2], ()))
        for shape in shapes()
    ]
    return {"drawn": drawn, "width": WIDTH, "height": HEIGHT, "bone_field": BONE.format}


def _noted(row: Remains) -> dict[tuple[str, BoneSide], list[str]]:
    """Return in a line each what injuries and diseases stand described on which bone."""
    noted: dict[tuple[str, BoneSide], list[str]] = {}
    for each in queries.lesions_of(session, row):
        noted.setdefault((each.element, each.side), []).append(lesion_title(each))
    return noted


def _drawn(shape: Shape, state: BoneState | None, notes: Sequence[str]) -> DrawnBone:
    name = side_name(shape.element, shape.side)
    said = label(state) if state is not None else _("not recorded")
    title = _("%(bone)s: %(state)s", bone=name, state=said)
    return DrawnBone(shape, state, name, _("; ").join((title, *notes)), _("; ").join(notes))


def side_name(element: str, side: BoneSide) -> str:
    """Return the name of a bone with its side, where it has one."""
    name = bone_name(element)
    return name if side is BoneSide.MIDDLE else _(", ").join((name, label(side)))


def _regions() -> list[tuple[str, list[tuple[str, list[tuple[str, str]]]]]]:
    """Return each region with its bones, each with the fields of its sides."""
    titles = {
        "skull": _("Skull"),
        "neck": _("Skull"),
        "vertebral column": _("Spine"),
        "thorax": _("Chest"),
        "upper limb": _("Shoulders, arms, hands"),
        "lower limb": _("Pelvis, legs, feet"),
    }
    regions: dict[str, list[tuple[str, list[tuple[str, str]]]]] = {}
    for element in ELEMENTS:
        fields = [(label(side), BONE.format(element.code, side.value)) for side in element.sides]
        regions.setdefault(titles[element.region], []).append((bone_name(element.code), fields))
    return list(regions.items())
