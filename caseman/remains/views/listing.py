"""The list of remains."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.permissions import Permission
from caseman.remains import queries
from caseman.remains.forms.listing import RemainsFilterForm
from caseman.remains.models import Remains
from caseman.remains.numbers import NumberParts, read_number
from caseman.remains.views.blueprint import remains
from caseman.sites.models import Feature
from caseman.sites.queries import all_sites, feature_by_number
from caseman.web.guards import current_scope, may, requires
from caseman.web.links import link
from caseman.web.paging import paginate
from caseman.web.unit_of_work import session

ORDERS = {"number": Remains.number, "registered": Remains.registered_at}


@remains.get("/remains/")
@requires(Permission.REMAINS_READ)
def index() -> ResponseReturnValue:
    sites = all_sites(session, current_scope())
    form = RemainsFilterForm([site.code for site in sites])
    valid, wanted = form.validate(), form.wanted()
    if queries.remains_by_number(session, current_scope(), wanted.text) is not None:
        return redirect(url_for(".show", number=wanted.text))
    may_record = may(Permission.REMAINS_WRITE)
    page = paginate(
        session,
        queries.as_listed(current_scope(), wanted.text),
        ORDERS,
        Remains.id,
        filters=queries.conditions(wanted),
    )
    html = render_template(
        "remains/list.html",
        page=page,
        rows=[_row(each) for each in page.items],
        form=form,
        active=form.active,
        printed=_printed(wanted.text),
        sites=link("sites.index"),
        last=queries.last_recovered(session, current_scope()) if may_record else None,
    )
    return html, 200 if valid else 422


def _row(row: Remains) -> dict[str, object]:
    return {
        "number": row.number,
        "kind": row.kind,
        "status": row.status,
        "voided": row.voided_at is not None,
        "sex": row.profile.sex if row.profile else None,
        "sex_absence": (row.profile.absences if row.profile else {}).get("sex"),
        "completeness": row.recovery.completeness if row.recovery else None,
        "registered": row.registered_at,
        "url": url_for(".show", number=row.number),
    }


def _printed(text: str) -> str | None:
    """Return where to record a number that was printed on a form and has no record yet."""
    parts = read_number(text)
    feature = _feature(parts)
    if parts is None or feature is None or not may(Permission.REMAINS_WRITE):
        return None
    if queries.printed_for(session, feature, parts.kind, parts.sequence) is None:
        return None
    return url_for(
        ".recover",
        code=parts.site,
        number=parts.feature,
        kind=parts.kind.value,
        sequence=parts.sequence,
    )


def _feature(parts: NumberParts | None) -> Feature | None:
    if parts is None:
        return None
    return feature_by_number(session, current_scope(), parts.site, parts.feature)
