"""A family's visit: which report a browser may read, and for how long.

It ends after ten minutes without a step, and after an hour in any case. It is kept in the
browser's session on the server, never in an address.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from flask import session as browser_session

from caseman.database import now
from caseman.reports import services
from caseman.reports.models import AnteMortemReport
from caseman.web.unit_of_work import found, session

KEY = "family"
RENEWED = "family_return"
"""A new value here gives the browser a new session id."""
WRITER = "family_writer"
"""The first report of the family that was here last: what it types is kept, and not shown."""
IDLE = timedelta(minutes=10)
LONGEST = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Visit:
    """The reports that are open, and their secret where it was just given out."""

    reports: list[AnteMortemReport]
    """What the family told, the first report first: the two numbers belong to that one."""
    secret: str | None

    @property
    def first(self) -> AnteMortemReport:
        """The report that bears the reference."""
        return self.reports[0]


def begin(report_id: int, secret: str | None = None, *, renew: bool) -> None:
    """Open the report for this browser; ``renew`` where somebody came with the two numbers.

    After sending a report the session id stays: if the answer is lost on the way, the browser
    asks again with the old id, and the secret must not be gone.
    """
    at = now().timestamp()
    browser_session[KEY] = {"report": report_id, "secret": secret, "since": at, "seen": at}
    browser_session[WRITER] = report_id
    if renew:
        give_new_id()


def give_new_id() -> None:
    """Let the browser have a new session id: it knows more from now on."""
    browser_session[RENEWED] = secrets.token_hex(8)


def is_held() -> bool:
    """Say whether this browser holds a visit, even one that has run out since."""
    return KEY in browser_session or WRITER in browser_session


def current(idle: timedelta | None = None) -> Visit | None:
    """Return the visit of this request, if there is one and it has not run out.

    A long form allows a longer ``idle`` time than a page that only shows.
    """
    if not _is_open(idle or IDLE):
        return None
    held = browser_session[KEY]
    first = found(session.get(AnteMortemReport, held["report"]))
    return Visit(services.told_together(session, first), held["secret"])


def _is_open(idle: timedelta) -> bool:
    """Count a step of the visit, or end it where it has run out."""
    held = browser_session.get(KEY)
    if held is None:
        return False
    at = now().timestamp()
    too_old = at - held["since"] > LONGEST.total_seconds()
    if too_old or at - held["seen"] > idle.total_seconds():
        end()
        return False
    browser_session[KEY] = {**held, "seen": at}
    return True


def writer() -> int | None:
    """Return the first report of the family that types here, also after its visit has run out.

    To keep what it types is a step of its visit.
    """
    if _is_open(LONGEST):
        return int(browser_session[KEY]["report"])
    last: int | None = browser_session.get(WRITER)
    return last


def forget_writer() -> None:
    """Keep nothing more for the family that was here last, once its visit has run out."""
    browser_session.pop(WRITER, None)


def leave() -> None:
    """Forget in this browser that the family was here."""
    end()
    forget_writer()


def end() -> None:
    """Forget the report in this browser."""
    browser_session.pop(KEY, None)
    browser_session.pop(RENEWED, None)
