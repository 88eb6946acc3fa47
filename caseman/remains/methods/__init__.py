"""The methods of the engine as an examiner meets them: what each asks, what it says, where it goes.

Everything here is values and names of the engine; ``caseman.remains.adapters`` reads the rows.
"""

from caseman.remains.methods.applying import Applied, by_measurements, run
from caseman.remains.methods.combining import (
    COMBINED,
    Counted,
    Kept,
    age_axis,
    ages_apart,
    combined,
    in_force,
    sexes_apart,
)
from caseman.remains.methods.offered import Offered, Question, offered, offered_with
from caseman.remains.methods.taking import taken_over

__all__ = [
    "COMBINED",
    "Applied",
    "Counted",
    "Kept",
    "Offered",
    "Question",
    "age_axis",
    "ages_apart",
    "by_measurements",
    "combined",
    "in_force",
    "offered",
    "offered_with",
    "run",
    "sexes_apart",
    "taken_over",
]
