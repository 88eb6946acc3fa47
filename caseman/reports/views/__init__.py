"""The pages of this slice: missing persons, reports, and what families see."""

from caseman.reports.views import (  # noqa: F401 - each adds its pages or answers
    another,
    calls,
    coded,
    consent,
    incidents,
    own,
    paper,
    relatives,
    support,
    tips,
    voice,
)
from caseman.reports.views.desk import reports
from caseman.reports.views.family import family
from caseman.reports.views.keeping import keeping
from caseman.reports.views.missing import missing
from caseman.reports.views.sharing import shared

BLUEPRINTS = (missing, reports, shared, family, keeping)

__all__ = ["BLUEPRINTS", "family", "keeping", "missing", "reports", "shared"]
