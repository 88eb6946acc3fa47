"""From a stored report to the form that corrects it, and back without losing what it cannot ask."""

from calendar import monthrange
from dataclasses import replace
from datetime import date
from typing import Any

from caseman.calendars import PartialDate
from caseman.coding.kinds import DentalFeature
from caseman.reports.codes import YesNo
from caseman.reports.drafts import Answers, NewCompanion
from caseman.reports.forms.report import CorrectionForm
from caseman.reports.forms.rows import effect_values, mark_values
from caseman.reports.models import AnteMortemReport
from caseman.values import Interval

AS_STORED = (
    "name_given", "name_father", "name_grandfather", "name_family", "name_mother", "nickname",
    "sex", "birth_place", "occupation", "last_seen_place", "circumstance", "circumstance_text",
    "region", "stature_cm", "stature_word", "handedness", "hair", "physical_text", "dental_codes",
    "dental_text", "medical_text", "version",
)  # fmt: skip
DATED = {
    "birth": ("birth_text", "birth_calendar", "birth_from", "birth_to"),
    "last_seen": (
        "last_seen_text",
        "last_seen_calendar",
        "last_seen_precision",
        "last_seen_from",
        "last_seen_to",
    ),
}
NOT_ASKED = ("teeth", "last_seen_lat", "last_seen_lon", "place_precision")
"""What a chart, a map or a file gave; the form leaves it as it is."""


def correction_form(report: AnteMortemReport) -> CorrectionForm:
    """Return the form of ``report``: as posted, else as stored."""
    reasons = {f"{name}_absence": reason for name, reason in report.absences.items()}
    return CorrectionForm(data={**_values(report), **reasons})


def corrected_answers(form: CorrectionForm, report: AnteMortemReport) -> Answers:
    """Return the answers of ``form``, with what it could not show kept as it is stored."""
    answers = form.answers()
    kept = {name: getattr(report, name) for name in NOT_ASKED}
    for name, columns in DATED.items():
        if form[name].data is None and partial_date(report, name) is None:
            kept |= {column: getattr(report, column) for column in columns}
    if "last_seen_text" in kept and form.last_seen_text.data:
        kept["last_seen_text"] = form.last_seen_text.data
    if answers.name_full == _parts_of(report):
        kept["name_full"] = report.name_full
    linked = {each.name: each.missing_person_id for each in report.companions}
    kept["companions"] = tuple(
        NewCompanion(each.name, linked.get(each.name)) for each in answers.companions
    )
    unlisted = [code for code in report.dental_codes if code not in set(DentalFeature)]
    return replace(answers, **kept, dental_codes=(*answers.dental_codes, *unlisted))


def partial_date(report: AnteMortemReport, field: str) -> PartialDate | None:
    """Return the stored date as the form shows it, or None where it has no such form."""
    try:
        return PartialDate.parse(getattr(report, f"{field}_text"))
    except ValueError:
        return _of_span(getattr(report, f"{field}_from"), getattr(report, f"{field}_to"))


def last_seen_values(report: AnteMortemReport) -> dict[str, Any]:
    """Return what the two fields show that ask when the person was last seen."""
    shown = partial_date(report, "last_seen")
    in_words = "" if shown and report.last_seen_text == str(shown) else report.last_seen_text
    return {"last_seen": shown, "last_seen_text": in_words}


def names_of_companions(report: AnteMortemReport) -> str:
    """Return who was with the person, one name on each line."""
    return "\n".join(companion.name for companion in report.companions)


def _of_span(first: date | None, last: date | None) -> PartialDate | None:
    if first is None or last is None:
        return None
    if first == last:
        return PartialDate(first.year, first.month, first.day)
    end_of_month = monthrange(first.year, first.month)[1]
    if first.day == 1 and last == first.replace(day=end_of_month):
        return PartialDate(first.year, first.month)
    whole_year = date(first.year, 1, 1), date(first.year, 12, 31)
    return PartialDate(first.year) if (first, last) == whole_year else None


def _values(report: AnteMortemReport) -> dict[str, Any]:
    low, high = report.age_told_min, report.age_told_max
    return {
        **{name: getattr(report, name) for name in AS_STORED},
        "birth": partial_date(report, "birth"),
        **last_seen_values(report),
        "age_told": None if low is None or high is None else Interval(low, high),
        "carried_id": {True: YesNo.YES, False: YesNo.NO, None: None}[report.carried_id],
        "companions": names_of_companions(report),
        "effects": [effect_values(effect) for effect in report.effects],
        "marks": [mark_values(mark) for mark in report.marks],
    }


def _parts_of(report: AnteMortemReport) -> str:
    parts = (report.name_given, report.name_father, report.name_grandfather, report.name_family)
    return " ".join(part for part in parts if part)
