"""Changes to missing persons and the reports about them."""

from caseman.reports.services.closing import CLOSING, close, reopen, triage, withdraw
from caseman.reports.services.correction import correct_report
from caseman.reports.services.names import index_names, index_names_of
from caseman.reports.services.registration import (
    add_report,
    phone_digits,
    register_report,
    register_reports,
)
from caseman.reports.services.summary import summarise, touch

__all__ = [
    "CLOSING",
    "add_report",
    "close",
    "correct_report",
    "index_names",
    "index_names_of",
    "phone_digits",
    "register_report",
    "register_reports",
    "reopen",
    "summarise",
    "touch",
    "triage",
    "withdraw",
]
