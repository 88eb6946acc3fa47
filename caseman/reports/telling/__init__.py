"""What people say of dates, ages and heights, read without asking them to say it otherwise.

What is not understood gives None: the words are kept as they are, and staff ask.
"""

from caseman.reports.telling.dates import Span, read_date
from caseman.reports.telling.measures import read_age, read_birth_year, read_height

__all__ = ["Span", "read_age", "read_birth_year", "read_date", "read_height"]
