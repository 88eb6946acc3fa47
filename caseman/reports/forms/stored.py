"""From a stored report to the form that corrects it, and back without losing what it cannot ask."""

from calendar import monthrange
from dataclasses import replace
from datetime import date
from typing import Any

from caseman.calendars import PartialDate
from caseman.coding.kinds import DentalFeature
from caseman.reports.codes import YesNo
from caseman.reports.drafts import Answers, NewCompanion
from caseman.reports.forms.family import FamilyCorrectionForm
from caseman.reports.forms.report import CorrectionForm, QuestionsForm
from caseman.reports.forms.rows import effect_values, mark_values
from caseman.reports.models import AnteMortemReport
from caseman.reports.telling import read_date

AS_STORED = (
    "name_given", "name_father", "name_grandfather", "name_family", "name_mother", "nickname",
    "sex", "birth_place", "occupation", "last_seen_place", "circumstance", "circumstance_text",
    "region", "stature_word", "handedness", "hair", "physical_text", "dental_codes",
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
OF_STAFF = ("birth_place", "occupation", "region")
"""What only staff are asked."""


def correction_form(report: AnteMortemReport) -> CorrectionForm:
    """Return the form of ``report``: as posted, else as stored."""
    return CorrectionForm(data={**_values(report), **_seen_between(report), **_reasons(report)})


def family_correction_form(report: AnteMortemReport) -> FamilyCorrectionForm:
    """Return the form in which a family corrects ``report``: as posted, else as stored."""
    return FamilyCorrectionForm(data={**_values(report), **_reasons(report)})


def _reasons(report: AnteMortemReport) -> dict[str, str]:
    return {f"{name}_absence": reason for name, reason in report.absences.items()}


def corrected_answers(
    form: CorrectionForm | FamilyCorrectionForm, report: AnteMortemReport
) -> Answers:
    """Return the answers of ``form``, with what it could not show kept as it is stored."""
    answers = form.answers()
    kept = {name: getattr(report, name) for name in NOT_ASKED}
    kept |= {name: getattr(report, name) for name in OF_STAFF if name not in form}
    kept["absences"] = _kept_reasons(form, report) | dict(answers.absences)
    for name in DATED:
        kept |= _kept_date(form, report, name)
    if answers.name_full == _parts_of(report):
        kept["name_full"] = report.name_full
    linked = {each.name: each.missing_person_id for each in report.companions}
    kept["companions"] = tuple(
        NewCompanion(each.name, linked.get(each.name)) for each in answers.companions
    )
    unlisted = [code for code in report.dental_codes if code not in set(DentalFeature)]
    return replace(answers, **kept, dental_codes=(*answers.dental_codes, *unlisted))


def _kept_reasons(form: QuestionsForm, report: AnteMortemReport) -> dict[str, str]:
    """Return why questions were left open that the form asks without offering a reason."""
    return {
        name: reason
        for name, reason in report.absences.items()
        if f"{name}_absence" not in form and not (name in form and form[name].data)
    }


def _kept_date(form: QuestionsForm, report: AnteMortemReport, name: str) -> dict[str, Any]:
    """Return the columns of a date that the form could not show and nobody told anew."""
    words = form[f"{name}_text"].data
    until = getattr(form, "last_seen_until", None)
    ends_anew = name == "last_seen" and until is not None and until.data is not None
    if form[name].data is not None or ends_anew or partial_date(report, name) is not None:
        return {}
    if words != getattr(report, f"{name}_text") and read_date(words) is not None:
        return {}
    kept = {column: getattr(report, column) for column in DATED[name]}
    return kept | ({f"{name}_text": words} if words else {})


def partial_date(report: AnteMortemReport, field: str) -> PartialDate | None:
    """Return the stored date as the form shows it, or None where it has no such form."""
    first, last = getattr(report, f"{field}_from"), getattr(report, f"{field}_to")
    try:
        told = PartialDate.parse(getattr(report, f"{field}_text"))
    except ValueError:
        return _of_span(first, last)
    # "1437" in words is a Hijri year, and is stored as one.
    return told if first in {None, told.earliest} else _of_span(first, last)


def date_values(report: AnteMortemReport, field: str) -> dict[str, Any]:
    """Return what the two fields show that ask for a date, in figures and in words."""
    shown, text = partial_date(report, field), getattr(report, f"{field}_text")
    return {field: shown, f"{field}_text": "" if shown and text == str(shown) else text}


def _seen_between(report: AnteMortemReport) -> dict[str, Any]:
    """Return both ends of the day last seen where neither one date nor the words tell them."""
    first, last = report.last_seen_from, report.last_seen_to
    if partial_date(report, "last_seen") or read_date(report.last_seen_text):
        return {}
    return {"last_seen": _of_day(first), "last_seen_until": _of_day(last)}


def _of_day(day: date | None) -> PartialDate | None:
    return None if day is None else PartialDate(day.year, day.month, day.day)


def age_words(report: AnteMortemReport) -> str:
    """Return the age as it was told, or the figures of a report that came without words."""
    low, high = report.age_told_min, report.age_told_max
    if report.age_text or low is None or high is None:
        return report.age_text or ""
    return f"{low:g}" if low == high else f"{low:g}-{high:g}"


def height_words(report: AnteMortemReport) -> str:
    """Return the height as it was told, or its figure."""
    height = report.stature_cm
    return report.stature_text or ("" if height is None else f"{height:g}")


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
    return {
        **{name: getattr(report, name) for name in AS_STORED},
        **date_values(report, "birth"),
        **date_values(report, "last_seen"),
        "age_text": age_words(report),
        "stature_cm": height_words(report),
        "carried_id": {True: YesNo.YES, False: YesNo.NO, None: None}[report.carried_id],
        "companions": names_of_companions(report),
        "effects": [effect_values(effect) for effect in report.effects],
        "marks": [mark_values(mark) for mark in report.marks],
    }


def _parts_of(report: AnteMortemReport) -> str:
    parts = (report.name_given, report.name_father, report.name_grandfather, report.name_family)
    return " ".join(part for part in parts if part)
