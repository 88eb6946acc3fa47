"""The read log: a protected record is shown only after it is written down who opened it."""

from flask import request

from caseman.accounts.identity import actor
from caseman.audit.recorder import Audited, note_read
from caseman.web.installation import installation
from caseman.web.unit_of_work import SAFE_METHODS, session


def opened(*rows: Audited, what: str = "") -> None:
    """Record that the reader of this request opened ``rows``; call it before showing them.

    ``what`` names a part of the record that is on record apart, such as an exact position.

    The entry has a transaction of its own, because a GET writes nothing else. If it cannot be
    written this raises, and the page is not shown. In a request that changes something the entry
    belongs to that change.
    """
    if request.method not in SAFE_METHODS:
        for row in rows:
            note_read(session, row, what)
        return
    with installation().sessions.transaction(actor=actor()) as log:
        for row in rows:
            note_read(log, row, what)
