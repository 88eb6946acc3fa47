"""What a decision on one unit says of the others that are held to be of one person with it.

It says so and blocks nothing: each unit is decided by itself, under its own number.
"""

from collections.abc import Sequence
from typing import NamedTuple

from caseman.identification.codes import Outcome
from caseman.identification.models import Decision
from caseman.identification.queries.held import HeldUnit, held_with
from caseman.remains.models import Remains
from caseman.reports.models import MissingPerson
from caseman.web.guards import current_scope
from caseman.web.unit_of_work import session
from caseman.web.words import gettext as _


class Said(NamedTuple):
    """What one decision on another unit means here."""

    words: str
    decision: Decision
    clashes: bool


class Beside(NamedTuple):
    """Another unit of one person, and what its decisions mean here."""

    remains: Remains
    said: Sequence[Said]


def units_beside(remains: Remains, person: MissingPerson | None = None) -> list[Beside]:
    """Return the units held to be of one person with ``remains``, within the reader's scope.

    With ``person``, what was decided is read for the comparison with that person.
    """
    units = held_with(session, current_scope(), remains)
    return [Beside(unit.remains, _said(unit, person)) for unit in units]


def _said(unit: HeldUnit, person: MissingPerson | None) -> list[Said]:
    if person is None:
        return [_alone(unit, each) for each in unit.decisions]
    return [
        _compared(unit, each, person)
        for each in unit.decisions
        if each.outcome is Outcome.IDENTIFIED or each.missing_person_id == person.id
    ]


def _alone(unit: HeldUnit, decision: Decision) -> Said:
    named = _named(unit, decision)
    if decision.outcome is Outcome.IDENTIFIED:
        words = _(
            "%(unit)s is identified as %(person)s: so are these, if they are of one person.",
            **named,
        )
    else:
        words = _(
            "%(person)s is excluded for %(unit)s: for these too, if they are of one person.",
            **named,
        )
    return Said(words, decision, clashes=False)


def _compared(unit: HeldUnit, decision: Decision, person: MissingPerson) -> Said:
    named = _named(unit, decision)
    if decision.outcome is Outcome.EXCLUDED:
        words = _(
            "This person is excluded for %(unit)s. Whoever signs an identification here says that"
            " the two are not of one person, or that the exclusion was wrong.",
            **named,
        )
    elif decision.missing_person_id == person.id:
        words = _("%(unit)s is identified as this person.", **named)
        return Said(words, decision, clashes=False)
    else:
        words = _(
            "%(unit)s is identified as another person, %(person)s. To identify this person here"
            " cannot be right beside it while the two are held to be of one person.",
            **named,
        )
    return Said(words, decision, clashes=True)


def _named(unit: HeldUnit, decision: Decision) -> dict[str, str]:
    return {"unit": unit.remains.number, "person": decision.missing_person.number}
