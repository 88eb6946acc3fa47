"""Whom families may call: staff write it, and it stands on every page of families."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.models import Operation
from caseman.permissions import Permission
from caseman.reports import services
from caseman.reports.forms.public import SupportForm
from caseman.reports.views import drafts, visits
from caseman.reports.views.desk import reports
from caseman.reports.views.family import family
from caseman.reports.views.keeping import keeping
from caseman.sites.queries import operations
from caseman.web.guards import current_scope, requires
from caseman.web.installation import installation
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _


@family.context_processor
@keeping.context_processor
def _support() -> dict[str, object]:
    # A session of its own: the page may be the answer to a post that cannot even be read.
    with installation().sessions.read() as reader:
        operation = services.public_operation(reader, installation().config.public_operation)
        contacts = services.contacts_of(reader, operation)
        words = contacts.text if contacts else ""
    is_open = visits.is_held() or drafts.held() is not None
    return {"support": words, "leave_url": url_for("family.leave"), "is_open": is_open}


@reports.route("/support", methods=["GET", "POST"])
@requires(Permission.FAMILY_NOTIFY)
def support() -> ResponseReturnValue:
    """Write the contacts of one's operation; of several, one after the other."""
    offered = operations(session, current_scope())
    operation = _chosen(list(offered))
    row = services.contacts_of(session, operation)
    version = row.version if row else 0
    form = SupportForm(data={"text": row.text if row else "", "version": version})
    if form.validate_on_submit():
        form.expects(version)
        services.write_contacts(session, operation, form.text.data)
        flash(_("Families read it from now on."), "done")
        return redirect(url_for(".support", operation=operation.code))
    page = render_template(
        "reports/support.html", form=form, operation=operation, operations=offered
    )
    return page, 422 if form.errors else 200


def _chosen(offered: list[Operation]) -> Operation:
    wanted = request.args.get("operation") or (offered[0].code if offered else "")
    return found(next((each for each in offered if each.code == wanted), None))
