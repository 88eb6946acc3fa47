"""Blank report forms on paper, each with a number of its own."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from caseman.permissions import Permission
from caseman.reports.numbers import REPORT, new_code
from caseman.reports.qr import drawing
from caseman.reports.views.desk import reports
from caseman.web.guards import requires

MOST_FORMS = 50


@reports.get("/blank")
@requires(Permission.REPORT_WRITE)
def blank() -> ResponseReturnValue:
    """Print forms; their numbers are random, so that nobody has to keep a list of them."""
    asked = request.args.get("forms", "1")
    count = min(int(asked) if asked.isascii() and asked.isdigit() else 1, MOST_FORMS)
    numbers = [REPORT + new_code() for _ in range(max(count, 1))]
    papers = [(number, drawing(number)) for number in numbers]
    return render_template("reports/blank.html", papers=papers, count=len(papers))
