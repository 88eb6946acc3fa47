"""Blank report forms on paper, each with a number of its own."""

from collections.abc import Iterable

from flask import render_template, request
from flask.typing import ResponseReturnValue

from caseman.coding import Absence, Code, Sex
from caseman.coding.kinds import DentalFeature
from caseman.coding.physical import HairColour, Handedness
from caseman.permissions import Permission
from caseman.reports.codes import Circumstance, StatureWord, YesNo
from caseman.reports.numbers import REPORT, new_code
from caseman.reports.views.desk import reports
from caseman.web.guards import requires
from caseman.web.qr import drawing
from caseman.web.words import gettext as _

MOST_FORMS = 50
CODES: dict[str, Iterable[Code]] = {
    "sex": Sex,
    "circumstance": Circumstance,
    "yes_no": YesNo,
    "stature": StatureWord,
    "hand": Handedness,
    "hair": HairColour,
    "teeth": DentalFeature,
    "absence": (Absence.NOT_ASKED, Absence.UNKNOWN, Absence.DECLINED, Absence.DEFERRED),
}
"""What is ticked on paper: the same words as on the screen."""


@reports.get("/blank")
@requires(Permission.REPORT_WRITE)
def blank() -> ResponseReturnValue:
    """Print forms; their numbers are random, so that nobody has to keep a list of them."""
    asked = request.args.get("forms", "1")
    count = min(int(asked) if asked.isascii() and asked.isdigit() else 1, MOST_FORMS)
    numbers = [REPORT + new_code() for _ in range(max(count, 1))]
    papers = [(number, drawing(number)) for number in numbers]
    codes = {name: [(each.value, _(each.label)) for each in codes] for name, codes in CODES.items()}
    return render_template("reports/blank.html", papers=papers, codes=codes)
