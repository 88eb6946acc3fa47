"""A tree leaves: within a scope, as families agreed, counted by the hour, on record."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from caseman.audit.recorder import note_read
from caseman.coding import N_
from caseman.database import DomainError
from caseman.exchange.exports.services import Entry, Refused, charge
from caseman.exchange.gedcom.content import content_of
from caseman.exchange.gedcom.writing import GedcomFile, written
from caseman.kinship import KinshipError
from caseman.permissions import Permission, Scope
from caseman.reports.codes import ConsentPurpose
from caseman.reports.queries import person_by_number, relatives_of
from caseman.reports.queries.sharing import recipients_of


class TreeStaysError(DomainError):
    """The tree cannot leave as it was asked for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """In which form, to whom besides this office, and for what."""

    file: GedcomFile
    recipient: ConsentPurpose | None
    with_names: bool
    purpose: str


def take_out(session: Session, scope: Scope, number: str, wanted: Wanted) -> bytes | Refused | None:
    """Return the file of a missing person's tree; None outside ``scope``.

    Returns Refused where the hour's budget is too small. Raises TreeStaysError where a family did
    not agree, and where the tree contradicts itself. Names go along only to a reader of contacts;
    names and notes, where a name may stand, to nobody outside.
    """
    person = person_by_number(session, scope, number)
    if person is None:
        return None
    recipient = wanted.recipient
    if recipient is not None and recipient not in recipients_of(session, person):
        raise TreeStaysError(
            N_("Not every family that reported this person agreed that it goes there.")
        )
    relatives = relatives_of(session, person)
    is_named = wanted.with_names and recipient is None and scope.may(Permission.CONTACT_READ)
    try:
        tree = content_of(person, relatives, with_names=is_named, with_notes=recipient is None)
    except KinshipError as fault:
        raise TreeStaysError(
            N_("The relations of this tree contradict each other. Correct them first.")
        ) from fault
    told = {"file": wanted.file, "names": is_named}
    if recipient is not None:
        told["recipient"] = recipient
    entry = Entry(f"tree:{number}", wanted.purpose, told)
    refused = charge(session, scope, 1 + len(relatives), entry)
    if refused is not None:
        return refused
    note_read(session, person)
    for each in relatives if is_named else ():
        note_read(session, each)
    return written(wanted.file, tree, f"{number}: {wanted.purpose}")
