"""The inventory of bones on a drawn skeleton, and how many persons they are of at least."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.osteology import zones_of
from caseman.permissions import Permission
from caseman.remains import queries, services
from caseman.remains.adapters import ELEMENTS, PARTS, Part
from caseman.remains.bone_names import bone_name, side_name, zone_name
from caseman.remains.codes import BoneSide, BoneState, RemainsKind
from caseman.remains.forms.bones import BONE, BoneForm, LotForm, bones_form, part_field
from caseman.remains.models import BoneFinding, Remains
from caseman.remains.views.blueprint import ask, record, remains, say_why
from caseman.remains.views.lesion_words import lesion_title
from caseman.remains.views.skeleton import HEIGHT, WIDTH, Shape, shapes
from caseman.remains.views.young_skeleton import young_shapes
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
    "5": BoneState.FUSED,
    "0": None,
}
"""What each key says of a bone of the drawing; one of a young person can be fused."""


class DrawnBone(NamedTuple):
    """One bone of the drawing with what was said of it."""

    shape: Shape
    state: BoneState | None
    field: str
    """Name of its question."""
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
    said = {_field(each.element, each.side, each.part): each.state for each in row.bones}
    recorded = {(each.element, each.side, each.part) for each in row.bones}
    is_young = request.args.get("young", "1" if any(each.part for each in row.bones) else "") == "1"
    parts = [part for part in PARTS if is_young or part in recorded]
    form = bones_form(parts)(data={"version": row.version, **said})
    if form.validate_on_submit():
        form.expects(row.version)
        services.inventory(session, row, form.found)
        return redirect(url_for(".show", number=row.number) + "#bones")
    page = render_template(
        "remains/bones.html",
        form=form,
        remains=row,
        regions=_regions(parts),
        states={state.value: label(state) for state in BoneState},
        is_young=is_young,
        keys={key: state for key, state in KEYS.items() if parts or state is not BoneState.FUSED},
        **drawing(row, is_young=is_young),
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
        bone = services.add_bone(session, row, form.to(services.BoneFound, **form.chosen))
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
    names = [bone_name(bone.element), *([zone_name(bone.part)] if bone.part else [])]
    said = _(", ").join([*names, *(label(code) for code in codes)])
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


def drawing(row: Remains, *, is_young: bool = False) -> dict[str, object]:
    """Return what the template of the skeleton draws.

    A bone is drawn in its parts where some are recorded, and of a young person where it is not
    recorded as one.
    """
    states = {(e.element, e.side, e.part or ""): e.state for e in reversed(row.bones)}
    in_parts = {key[:2] for key in states if key[2]}
    noted = _noted(row)
    drawn = []
    for bone in shapes():
        key = (bone.element, bone.side)
        is_split = key in in_parts or (is_young and (*key, "") not in states)
        outlines = young_shapes().get(key, (bone,)) if is_split else (bone,)
        drawn += [
            _drawn(each, states.get((*key, each.part)), noted.get(key, ())) for each in outlines
        ]
    return {"drawn": drawn, "width": WIDTH, "height": HEIGHT}


def _noted(row: Remains) -> dict[tuple[str, BoneSide], list[str]]:
    """Return in a line each what injuries and diseases stand described on which bone."""
    noted: dict[tuple[str, BoneSide], list[str]] = {}
    for each in queries.lesions_of(session, row):
        noted.setdefault((each.element, each.side), []).append(lesion_title(each))
    return noted


def _drawn(shape: Shape, state: BoneState | None, notes: Sequence[str]) -> DrawnBone:
    name = side_name(shape.element, shape.side, shape.part)
    said = label(state) if state is not None else _("not recorded")
    title = _("%(bone)s: %(state)s", bone=name, state=said)
    field, told = _field(shape.element, shape.side, shape.part), _("; ").join(notes)
    return DrawnBone(shape, state, field, name, _("; ").join((title, *notes)), told)


def _field(element: str, side: BoneSide, part: str | None) -> str:
    """Return the name of the field of a bone or of a part of a young one."""
    return part_field(Part(element, side, part)) if part else BONE.format(element, side.value)


class BoneRow(NamedTuple):
    """A bone, or a part of a young one, of the list of questions."""

    name: str
    bone: str
    """Of which bone it is a part; empty for a bone."""
    fields: list[tuple[str, str]]
    """Side, and name of the field."""


def _regions(parts: Sequence[Part]) -> list[tuple[str, list[BoneRow]]]:
    """Return each region with its bones, the parts of young ones after each."""
    titles = {
        "skull": _("Skull"),
        "neck": _("Skull"),
        "vertebral column": _("Spine"),
        "thorax": _("Chest"),
        "upper limb": _("Shoulders, arms, hands"),
        "lower limb": _("Pelvis, legs, feet"),
    }
    asked: dict[str, dict[str, list[Part]]] = {}
    for part in parts:
        asked.setdefault(part.element, {}).setdefault(part.name, []).append(part)
    regions: dict[str, list[BoneRow]] = {}
    for element in ELEMENTS:
        bone = bone_name(element.code)
        fields = [(label(side), BONE.format(element.code, side.value)) for side in element.sides]
        rows = regions.setdefault(titles[element.region], [])
        rows.append(BoneRow(bone, "", fields))
        rows += [
            BoneRow(zone_name(name), bone, [(label(each.side), part_field(each)) for each in some])
            for name, some in asked.get(element.code, {}).items()
        ]
    return list(regions.items())
