"""The audit trail and the access log, for those who watch over the work."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.exceptions import BadRequest

from caseman.accounts.identity import own_account
from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.oversight import services
from caseman.oversight.forms import TrailForm, VerifyForm
from caseman.oversight.models import TrailCheck
from caseman.oversight.queries import checks
from caseman.oversight.queries import trail as queries
from caseman.oversight.words import changes_of, in_groups, table_name
from caseman.permissions import Permission
from caseman.web.guards import requires
from caseman.web.paging import paginate
from caseman.web.unit_of_work import found, session

audit = Blueprint("audit", __name__)

NEWEST_FIRST = {"-when": AuditEntry.seq, "when": AuditEntry.seq}


@audit.get("/audit")
@requires(Permission.AUDIT_READ)
def index() -> ResponseReturnValue:
    return _list("oversight/trail.html", queries.DEEDS)


@audit.get("/access")
@requires(Permission.ACCESS_READ)
def access() -> ResponseReturnValue:
    return _list("oversight/access.html", queries.LOOKS)


def _list(template: str, actions: frozenset[Action]) -> ResponseReturnValue:
    form = TrailForm()
    form.offer(actions)
    valid, wanted = form.validate(), form.wanted()
    page = paginate(
        session,
        select(AuditEntry),
        NEWEST_FIRST,
        AuditEntry.id,
        filters=queries.conditions(session, actions, wanted),
    )
    html = render_template(
        template, page=page, form=form, active=wanted.active, table_name=table_name
    )
    return html, 200 if valid else 422


@audit.get("/audit/<int:seq>")
@requires(Permission.AUDIT_READ)
def entry(seq: int) -> ResponseReturnValue:
    row = found(queries.entry_by_seq(session, seq))
    return render_template(
        "oversight/entry.html",
        entry=row,
        changes=changes_of(row),
        table_name=table_name,
        in_groups=in_groups,
    )


@audit.get("/audit/rows/<table>/<int:row_id>")
@requires(Permission.AUDIT_READ)
def of_row(table: str, row_id: int) -> ResponseReturnValue:
    """Show the history of one row; any slice may link here with its table's name."""
    entries = queries.history_of_row(session, table, row_id)
    found(entries or None)
    return render_template(
        "oversight/history.html", entries=entries, changes_of=changes_of, table_name=table_name
    )


@audit.get("/audit/numbers/<path:number>")
@requires(Permission.AUDIT_READ)
def of_number(number: str) -> ResponseReturnValue:
    """Show what was done to everything that goes by a number; any slice may link here."""
    entries = queries.history_of_number(session, number)
    found(entries or None)
    return render_template(
        "oversight/history.html", entries=entries, changes_of=changes_of, table_name=table_name
    )


@audit.get("/audit/checks")
@requires(Permission.AUDIT_READ)
def verifications() -> ResponseReturnValue:
    return render_template(
        "oversight/checks.html", checks=checks.latest(session), form=VerifyForm()
    )


@audit.post("/audit/checks")
@requires(Permission.AUDIT_READ)
def verify() -> ResponseReturnValue:
    if not VerifyForm().validate_on_submit():
        raise BadRequest
    check = services.ask_check(session, own_account())
    return redirect(url_for(".verification", check_id=check.id))


@audit.get("/audit/checks/<int:check_id>")
@requires(Permission.AUDIT_READ)
def verification(check_id: int) -> ResponseReturnValue:
    check = found(session.get(TrailCheck, check_id))
    return render_template("oversight/check.html", check=check, table_name=table_name)
