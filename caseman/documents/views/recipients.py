"""For whom a paper is made: what families have not opened to somebody outside is left out."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import request

from caseman.reports.codes import RECIPIENTS, ConsentPurpose
from caseman.reports.models import MissingPerson
from caseman.reports.queries.sharing import recipients_of
from caseman.web.unit_of_work import found, session


@dataclass(frozen=True, slots=True)
class ForWhom:
    """Who gets a paper on which families may have told something."""

    recipient: ConsentPurpose | None
    """None where it stays with those who search."""
    may_have: tuple[ConsentPurpose, ...]
    """Who outside may have all of it, as each family on it agreed."""
    withheld: frozenset[int]
    """The missing persons whose families have not agreed that the recipient gets it."""

    @property
    def choices(self) -> tuple[ConsentPurpose, ...]:
        """For whom it can be made."""
        return RECIPIENTS

    @property
    def pdf_url(self) -> str:
        """The address of the same paper as PDF."""
        asked = f"?to={self.recipient.value}" if self.recipient else ""
        return f"{request.path}.pdf{asked}"


def for_whom(persons: Iterable[MissingPerson]) -> ForWhom:
    """Return for whom a paper about ``persons`` is asked for; 404 where nobody is called so."""
    recipient = _asked(request.args.get("to"))
    allowed = {person.id: recipients_of(session, person) for person in persons}
    return ForWhom(
        recipient,
        tuple(each for each in RECIPIENTS if all(each in some for some in allowed.values())),
        frozenset(key for key, some in allowed.items() if recipient and recipient not in some),
    )


def _asked(name: str | None) -> ConsentPurpose | None:
    if not name:
        return None
    return found(next((each for each in RECIPIENTS if each.value == name), None))
