"""Pages on which a family tree is taken out as GEDCOM, and brought in."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from caseman.accounts.identity import actor
from caseman.accounts.reading import opened
from caseman.database import DomainError
from caseman.exchange.exports.services import Refused
from caseman.exchange.exports.views import too_many
from caseman.exchange.gedcom import incoming, services
from caseman.exchange.gedcom.forms import BringInForm, TakeOutForm
from caseman.exchange.gedcom.incoming import Arrival
from caseman.exchange.gedcom.kin import Found, Unplaced, relations
from caseman.exchange.gedcom.reading import FileTree, Person, UnreadableGedcomError
from caseman.exchange.gedcom.services import TreeStaysError, Wanted
from caseman.permissions import Permission
from caseman.reports.models import MissingPerson, Relative
from caseman.reports.queries import person_by_number, relatives_of
from caseman.web import unit_of_work
from caseman.web.filters import label
from caseman.web.guards import current_scope, may, requires
from caseman.web.installation import installation
from caseman.web.unit_of_work import found, show_again
from caseman.web.words import gettext as _
from caseman.web.words import ngettext, refusal

gedcom = Blueprint("gedcom", __name__, url_prefix="/missing/<number>/relatives/gedcom")

MEDIA_TYPE = "text/vnd.familysearch.gedcom"
MOST_SHOWN = 200
"""Relatives that are looked through and added at once; sent again, a file brings the next."""
FEW = 5
"""Others who may be the missing person, where somebody is chosen already."""


@dataclass(frozen=True)
class Preview:
    """Who of a file is the missing person, who would come, and who would not."""

    missing: Person
    arrivals: Sequence[Arrival]
    more: int
    unplaced: Sequence[Unplaced]
    only_here: Sequence[Relative]

    @property
    def new(self) -> list[str]:
        """The keys of those who are not here yet."""
        return [each.found.person.key for each in self.arrivals if each.known is None]


@gedcom.route("/export", methods=["GET", "POST"])
@requires(Permission.EXPORT, beside=Permission.REPORT_READ)
def take_out(number: str) -> ResponseReturnValue:
    form = TakeOutForm()
    if not may(Permission.CONTACT_READ):
        del form.with_names
    if not form.validate_on_submit():
        return _out_page(form, number), 422 if form.errors else 200
    is_named = "with_names" in form and form.with_names.data
    wanted = Wanted(form.file.data, form.recipient.data, is_named, form.purpose.data)
    # In a transaction of its own: that it was refused must be on record too.
    try:
        with installation().sessions.transaction(actor=actor()) as session:
            taken = services.take_out(session, current_scope(), number, wanted)
    except TreeStaysError as refused:
        form.form_errors.append(refusal(refused))
        return _out_page(form, number), 422
    if taken is None:
        raise NotFound
    if isinstance(taken, Refused):
        form.form_errors.append(too_many(taken))
        return _out_page(form, number), 429
    disposition = {"Content-Disposition": f'attachment; filename="{number}.ged"'}
    return Response(taken, content_type=f"{MEDIA_TYPE}; charset=utf-8", headers=disposition)


def _out_page(form: TakeOutForm, number: str) -> str:
    person = found(person_by_number(unit_of_work.session, current_scope(), number))
    return render_template("exchange/tree_out.html", form=form, person=person)


@gedcom.route("/import", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE)
def bring_in(number: str) -> ResponseReturnValue:
    session = unit_of_work.session
    person = found(person_by_number(session, current_scope(), number))
    form = BringInForm()
    if not form.validate_on_submit():
        return _in_page(form, person), 422 if form.errors else 200
    asked = form.file if form.file.data is not None else form.gedcom
    try:
        tree = form.read()
    except UnreadableGedcomError as refused:
        asked.errors = [refusal(refused)]
        return _in_page(form, person), 422
    preview = _preview(form, person, tree)
    if preview is None or not form.is_confirmed:
        form.chosen.data = preview.new if preview else []
        page = _in_page(form, person, tree, preview)
        show_again()
        return page
    return _brought(form, person, tree, preview)


def _brought(
    form: BringInForm, person: MissingPerson, tree: FileTree, preview: Preview
) -> ResponseReturnValue:
    session = unit_of_work.session
    chosen = form.ticked & {*preview.new}
    if not chosen:
        form.chosen.errors = [_("Tick whom you want to add.")]
        return _in_page(form, person, tree, preview), 422
    opened(*relatives_of(session, person))  # their names were compared
    notes = {each.found.person.key: _note(each.found) for each in preview.arrivals}
    try:
        added = incoming.bring_in(session, person, preview.arrivals, chosen, notes)
    except DomainError as refused:
        form.form_errors.append(refusal(refused))
        return _in_page(form, person, tree, preview), 422
    told = ngettext("%(num)s relative was added.", "%(num)s relatives were added.", len(added))
    flash(told, "done")
    return redirect(url_for("missing.relatives", number=person.number))


def _preview(form: BringInForm, person: MissingPerson, tree: FileTree) -> Preview | None:
    """Return the preview for whom the reader chose, else for whom the file marks, if any."""
    missing = tree.people.get(form.missing.data or "")
    if missing is None:
        missing = incoming.surely_missing(tree, person.number)
    if missing is None:
        return None
    form.missing.data = missing.key
    everybody = relations(tree, missing.key)
    here = relatives_of(unit_of_work.session, person)
    arrivals = incoming.beside(everybody.found, here)
    known = [each for each in arrivals if each.known is not None]
    new = [each for each in arrivals if each.known is None]
    return Preview(
        missing,
        (*new[:MOST_SHOWN], *known),
        len(new[MOST_SHOWN:]),
        everybody.unplaced,
        [*incoming.only_here(arrivals, here)],
    )


def _note(found: Found) -> str:
    """Return the note of a file, and what else they are to the missing person."""
    also = (_("Also: %(kin)s", kin=label(kin)) for kin in found.also)
    return "\n".join(filter(None, (found.person.note, *also)))


def _in_page(
    form: BringInForm,
    person: MissingPerson,
    tree: FileTree | None = None,
    preview: Preview | None = None,
) -> str:
    offered = []
    if tree is not None:
        sought = form.sought.data if form.look.data else ""
        offered = incoming.likely_missing(tree, person.name, sought)
        if preview is not None and not sought:
            offered = offered[:FEW]
        if preview is not None and preview.missing not in offered:
            offered.insert(0, preview.missing)
    form.look.data = False
    form.missing.choices = [(each.key, each.name or each.numbers[0]) for each in offered]
    form.shown.data = preview.missing.key if preview else ""
    page = "exchange/tree_in.html"
    return render_template(page, form=form, person=person, preview=preview, tree=tree, note=_note)
