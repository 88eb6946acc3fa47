"""Blank recovery forms with numbers given out in advance."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from caseman.accounts.identity import own_account
from caseman.permissions import Permission
from caseman.remains import queries, services
from caseman.remains.forms.numbers import BlankFormsForm
from caseman.remains.forms.recovery import RecoveryForm
from caseman.remains.models import PrintedBlock
from caseman.remains.views.blueprint import feature_of, remains
from caseman.sites.codes import NumberKind
from caseman.sites.services import format_number
from caseman.web.filters import label
from caseman.web.forms import CodeField, CodesField
from caseman.web.guards import current_scope, requires
from caseman.web.qr import drawing
from caseman.web.unit_of_work import found, session


@dataclass(frozen=True, slots=True)
class Sheet:
    """One printed form, of two sides."""

    number: str
    qr: Markup


@remains.route("/sites/<code>/F<int:number>/forms", methods=["GET", "POST"])
@requires(Permission.REMAINS_WRITE)
def blank_forms(code: str, number: int) -> ResponseReturnValue:
    feature = feature_of(code, number)
    teams = found(queries.own_teams(session, current_scope(), feature.site) or None)
    form = BlankFormsForm()
    form.ask_team(teams)
    if form.validate_on_submit():
        blocks = services.print_block(
            session, feature, form.team_of(teams), form.kind.data, count=form.count.data
        )
        for block in blocks:
            block.printed_by_id = own_account().id
        ids = [block.id for block in blocks]
        return redirect(url_for(".sheets", code=code, number=number, block=ids))
    page = render_template(
        "remains/blank_forms.html",
        form=form,
        feature=feature,
        blocks=queries.printed_blocks(session, feature),
        numbers_of=lambda block: "\n".join(_numbers(block)),
    )
    return page, 422 if form.errors else 200


@remains.get("/sites/<code>/F<int:number>/forms/print")
@requires(Permission.REMAINS_WRITE)
def sheets(code: str, number: int) -> ResponseReturnValue:
    feature = feature_of(code, number)
    wanted = request.args.getlist("block", type=int)
    blocks = [each for each in queries.printed_blocks(session, feature) if each.id in wanted]
    found(blocks or None)
    return render_template(
        "remains/sheets.html",
        feature=feature,
        sheets=[sheet for block in reversed(blocks) for sheet in _sheets(block)],
        kind=blocks[0].kind,
        form=RecoveryForm(),
        boxes=_boxes,
    )


def _boxes(field: CodeField | CodesField) -> list[tuple[str, str]]:
    return [(value, label(code)) for value, code in field.codes.items()]


def _sheets(block: PrintedBlock) -> Iterator[Sheet]:
    for number in _numbers(block):
        yield Sheet(number, drawing(number))


def _numbers(block: PrintedBlock) -> Iterator[str]:
    feature, kind = block.feature, NumberKind(block.kind.value)
    for sequence in range(block.first, block.last + 1):
        yield format_number(feature.site.code, feature.code, kind, sequence)
