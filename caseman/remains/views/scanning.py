"""One field for any label: a scanner types into it, and the record opens."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import Optional

from caseman.custody.models import Exhibit
from caseman.custody.queries import exhibit_by_number
from caseman.custody.views import contents
from caseman.permissions import Permission
from caseman.remains import queries
from caseman.remains.models import PrintedBlock
from caseman.remains.numbers import read_number
from caseman.remains.views.blueprint import remains
from caseman.sites.queries import feature_by_number
from caseman.web.forms import FilterForm, TextField
from caseman.web.guards import current_scope, requires
from caseman.web.links import link
from caseman.web.unit_of_work import session
from caseman.web.words import lazy_gettext as _
from caseman.writing import written


class ScanForm(FilterForm):
    """The number on a label."""

    number = TextField(_("Number on the label"), [Optional()], longest=60)


@remains.get("/scan")
@requires(Permission.CUSTODY_READ)
def scan() -> ResponseReturnValue:
    form = ScanForm()
    valid, number = form.validate(), written(form.number.data or "")
    exhibit = exhibit_by_number(session, current_scope(), number) if number else None
    if exhibit is not None:
        return redirect(_record_of(exhibit))
    page = render_template(
        "remains/scan.html",
        form=form,
        number=number,
        is_number=read_number(number) is not None,
        block=(block := _printed(number)),
        record=_recording(number, block),
    )
    return page, 200 if valid else 422


def _record_of(exhibit: Exhibit) -> str:
    inside = contents.of(exhibit).things
    return (inside[0].url if inside else None) or url_for("custody.exhibit", number=exhibit.number)


def _printed(number: str) -> PrintedBlock | None:
    """Return the printed run that holds a number which has no record yet."""
    parts = read_number(number)
    if parts is None:
        return None
    feature = feature_by_number(session, current_scope(), parts.site, parts.feature)
    if feature is None:
        return None
    return queries.printed_for(session, feature, parts.kind, parts.sequence)


def _recording(number: str, block: PrintedBlock | None) -> str | None:
    """Return where the number is recorded: only by the team for which it was printed."""
    parts = read_number(number)
    if parts is None or block is None or block.team_id not in current_scope().team_ids:
        return None
    return link(
        "remains.recover",
        code=parts.site,
        number=parts.feature,
        kind=parts.kind.value,
        sequence=parts.sequence,
    )
