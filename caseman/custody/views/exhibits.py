"""Exhibits: the list, and one with its path from the find-spot to today."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.custody import queries
from caseman.custody.forms.exhibits import ExhibitFilterForm
from caseman.custody.models import Exhibit
from caseman.custody.views import contents
from caseman.custody.views.blueprint import custody, exhibit_of, on_paper
from caseman.custody.views.words import told_path
from caseman.permissions import Permission
from caseman.sites.queries import all_sites
from caseman.web.guards import current_scope, requires
from caseman.web.links import link
from caseman.web.paging import paginate
from caseman.web.unit_of_work import session

ORDERS = {"number": Exhibit.number, "entered": Exhibit.id}


@custody.get("/exhibits")
@requires(Permission.CUSTODY_READ)
def exhibits() -> ResponseReturnValue:
    form, scope = ExhibitFilterForm(), current_scope()
    codes = [site.code for site in all_sites(session, scope)]
    form.offer(codes, queries.places(session, scope))
    valid, wanted = form.validate(), form.wanted()
    if wanted.text and queries.exhibit_by_number(session, scope, wanted.text) is not None:
        return redirect(url_for(".exhibit", number=wanted.text))
    page = paginate(
        session,
        queries.listed_exhibits(scope, wanted.text),
        ORDERS,
        Exhibit.id,
        filters=queries.conditions(wanted),
    )
    rows = [_row(each) for each in page.items]
    html = render_template(
        "custody/exhibits.html", page=page, rows=rows, form=form, active=form.active
    )
    return html, 200 if valid else 422


def _row(exhibit: Exhibit) -> dict[str, object]:
    return {
        "number": exhibit.number,
        "kind": exhibit.kind,
        "standing": exhibit.stands,
        "voided": exhibit.voided_at is not None,
        "place": exhibit.place,
        "seal": exhibit.seal_number,
        "transfer": exhibit.last_transfer,
        "url": url_for(".exhibit", number=exhibit.number),
    }


@custody.get("/exhibits/<number>")
@requires(Permission.CUSTODY_READ)
def exhibit(number: str) -> ResponseReturnValue:
    row = exhibit_of(number)
    opened(row)
    return render_template("custody/exhibit.html", **told(row))


@custody.get("/exhibits/<number>/path")
@requires(Permission.CUSTODY_READ)
def path(number: str) -> ResponseReturnValue:
    row = exhibit_of(number)
    return render_template(
        "custody/path.html",
        pdf_url=link("documents.custody_path_pdf", number=number),
        **told(row),
        **on_paper(row, row.site.operation),
    )


def told(row: Exhibit) -> dict[str, object]:
    """Return what a page tells of an exhibit: what lies in it, its path, where it ended."""
    hands = queries.path_of(session, row)
    inside = contents.of(row)
    return {
        "exhibit": row,
        "standing": row.stands,
        "things": inside.things,
        "origin": inside.origin,
        "ending": inside.ending,
        "path": told_path(hands),
    }
