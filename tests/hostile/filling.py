"""Fills forms: as somebody would who means well, and with one kind of wrong answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote_plus

from tests.factories.accounts import PASSWORD
from tests.hostile.pages import MACHINERY, Control, PostedForm
from tests.hostile.values import DATES, HUGE, NUMBERS, Case

WORD = "Word"
GOOD = {
    "code": "ABC01",
    "reference": "7K3M-9Q2T",
    "numbers": "DEM01-F01-B001",
    "paper_number": "",
    "site_code": "",
    "target": "DEM01",
    "beside": "",
    "joins": "",
    "basis": "combined",
    "stature_se_cm": "4",
    "length_mm": "450",
    "top_m": "1",
    "bottom_m": "2",
    "points": "B001,1,2",
    "row": "C",
    "first": "1",
    "last": "2",
    "purpose": "For the yearly count.",
    "birth_year": "1970",
    "password": PASSWORD,
    "new_password": "Another quiet orchard 42",
    "username": "new.person",
    "reason": "A reason in enough words to be believed.",
    "explanation": "Told from memory, years later.",
    "statement": "Age, sex and belongings agree.",
    "day": "3",
    "month": "2",
    "year": "2015",
    "time": "10:30",
    "latitude": "35.9",
    "longitude": "39.0",
    "fdi": "11",
    "opens": "08:00",
    "closes": "20:00",
    "gedcom": "0 HEAD\n1 GEDC\n2 VERS 7.0\n0 @I1@ INDI\n1 NAME Sami\n0 TRLR",
}
"""What the fields want whose answer is no word."""
LEFT_OPEN = {"not_before"}
"""Days that are to come and belong to one answer of several."""
DATE_PARTS = frozenset({"day", "month", "year"})

Sent = dict[str, list[str | bytes]]


@dataclass(frozen=True)
class Filled:
    """What is posted, and which of it is wrong on purpose."""

    case: str
    sent: Sent
    wrong: frozenset[str]


def well_meant(form: PostedForm) -> Sent:
    """Answer everything: each field keeps what it shows, or gets a plausible value."""
    sent: Sent = {name: list(values) for name, values in form.sent_as_shown().items()}
    for each in form.controls:
        if each.name in MACHINERY or any(sent.get(each.name) or [""]):
            continue
        ticked = each.is_needed if each.kind == "checkbox" else each.kind == "radio" and each.value
        if ticked:
            sent[each.name] = [each.value]
        elif each.kind == "select" and not each.name.endswith("_absence"):
            sent[each.name] = [next((value for value in each.options if value), "")]
        elif each.is_text or each.kind in {"date", "password"}:
            sent[each.name] = [_answer(each)]
    return sent


def _answer(control: Control) -> str:
    last = control.name.rpartition("-")[2]
    if last in LEFT_OPEN:
        return ""
    if control.kind == "date" or last in {"date", "since", "until"}:
        return "2015-02-03"
    if last in GOOD:
        return GOOD[last]
    if control.is_number:
        return "170" if "stature" in control.name else "12"
    return WORD


def wrongly(form: PostedForm, case: Case) -> Iterator[Filled]:
    """Yield the posts of a case."""
    base = well_meant(form)
    if case.number is not None:
        yield from _numbers(form, case, base)
    elif case.date is not None:
        yield from _dates(form, case, base)
    else:
        yield from _texts(form, case, base)


def _texts(form: PostedForm, case: Case, base: Sent) -> Iterator[Filled]:
    """Yield one half of the fields wrong and then the other; all of them where they are empty."""
    if not case.text:
        typed = [each.name for each in form.controls if each.is_text or each.kind == "date"]
        yield _changed(case, base, dict.fromkeys(typed, ""))
        return
    texts = [each.name for each in form.controls if each.is_text and not each.is_number]
    most = 1 if case.text == HUGE else len(texts)  # one is enough, and costs enough
    for half in (texts[::2][:most], texts[1::2][:most]):
        if half:
            yield _changed(case, base, dict.fromkeys(half, case.text))


def _numbers(form: PostedForm, case: Case, base: Sent) -> Iterator[Filled]:
    numbers = [each.name for each in form.controls if each.is_number and not _is_date(each)]
    pool = NUMBERS[case.number :] + NUMBERS[: case.number]
    if numbers:
        changes = {name: pool[at % len(pool)] for at, name in enumerate(numbers)}
        yield _changed(case, base, changes)


def _dates(form: PostedForm, case: Case, base: Sent) -> Iterator[Filled]:
    parts = DATES[case.date or 0]
    changes: dict[str, str | bytes] = {
        each.name: parts[each.name.rpartition("-")[2]]
        for each in form.controls
        if each.name.rpartition("-")[2] in parts
    }
    changes |= {
        each.name: ("2015-02-30", "0000-00-00", "not a day", "99999-01-01")[case.date or 0]
        for each in form.controls
        if each.kind == "date"
    }
    if changes:
        yield _changed(case, base, changes)


def _is_date(control: Control) -> bool:
    return control.name.rpartition("-")[2] in DATE_PARTS


def _changed(case: Case, base: Sent, changes: dict[str, str | bytes]) -> Filled:
    sent = {**base, **{name: [value] for name, value in changes.items()}}
    return Filled(case.name, sent, frozenset(changes))


def encoded(sent: Sent) -> bytes:
    """Return the body of a form post, its bytes as given."""
    pairs = ((name, value) for name, values in sent.items() for value in values)
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs).encode()
