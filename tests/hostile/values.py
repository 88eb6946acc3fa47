"""What hands, broken programs and ill will put into fields, with what must not come back raw."""

from dataclasses import dataclass

SCRIPT = "<script>probe()</script>"
"""Never to be found in a page as it was sent."""
SUM = "{{7*7777777}}"
SOLVED = "54444439"
"""What a template that evaluates ``SUM`` would print."""
NASTY = f"=1+1 {SCRIPT} \"'><b x='{SUM}\u202e\u2066\x00\ufeff&lt;"
"""A formula, markup, quotes, a template, marks that turn the direction, and a NUL, all in one."""
HUGE = "ب" * 100_000
BROKEN = b"\xc7\xed\xff\xfe Name \xed\xa0\x80 \xed\xb0\x80"
"""Windows-1256 and halves of surrogate pairs, sent as if they were UTF-8."""

NUMBERS = ("NaN", "1e309", "-Infinity", "99999999999999999999", "-5", "0x1F", "1" * 5000, "٣٫٥٫٥")
DATES = (
    {"day": "31", "month": "2"},
    {"month": "13"},
    {"year": "0"},
    {"day": "-1", "year": "9" * 30},
)


@dataclass(frozen=True)
class Case:
    """One way to fill a form wrongly: what goes into every field of a kind."""

    name: str
    text: str | bytes | None = None
    """Into the text fields of one half, then of the other."""
    number: int | None = None
    """The first of ``NUMBERS``; each further number field gets the next."""
    date: int | None = None


CASES = (
    Case("nothing", text=""),
    Case("all in one", text=NASTY),
    Case("huge", text=HUGE),
    Case("broken bytes", text=BROKEN),
    *(Case(f"numbers {first}", number=first) for first in range(0, len(NUMBERS), 4)),
    *(Case(f"dates {which}", date=which) for which in range(len(DATES))),
)
