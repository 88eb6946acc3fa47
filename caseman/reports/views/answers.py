"""The answers of one or several reports as lines of a page: question, then who said what."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseman.coding import Absence, Code
from caseman.coding.kinds import DentalFeature, EffectKind
from caseman.coding.physical import BodyRegion
from caseman.coding.teeth import read_chart
from caseman.reports.codes import YesNo
from caseman.reports.forms import partial_date
from caseman.reports.models import AnteMortemReport, ReportedEffect, ReportedMark
from caseman.reports.queries import contradictions
from caseman.web import filters
from caseman.web.words import gettext as _
from caseman.web.words import lazy_gettext, series

Show = Callable[[AnteMortemReport], Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one report answers: a value, or why there is none."""

    value: Any
    absence: Absence | None = None
    is_unclear: bool = False
    """Whether it stands there in words alone, for somebody to ask what they mean."""


@dataclass(frozen=True, slots=True)
class Line:
    """A question and the answers of all reports; ``differs`` where two cannot both be right."""

    field: str
    label: str
    cells: tuple[Cell, ...]
    differs: bool = False

    @property
    def is_told(self) -> bool:
        """Whether any report says anything here."""
        return any(cell.value not in {None, ""} or cell.absence for cell in self.cells)


def lines(reports: Sequence[AnteMortemReport]) -> list[Line]:
    """Return every question that some report answers, or says why it does not."""
    differing = contradictions([report for report in reports if report.withdrawn_at is None])
    found = (
        Line(
            field,
            label,
            tuple(_cell(report, field, show) for report in reports),
            field in differing,
        )
        for field, label, show in _QUESTIONS
    )
    return [line for line in found if line.is_told]


def _cell(report: AnteMortemReport, field: str, show: Show) -> Cell:
    reason = report.absences.get(field)
    known = next((each for each in Absence if each.value == reason), None)
    unclear = _UNCLEAR.get(field)
    return Cell(show(report), known, is_unclear=unclear is not None and unclear(report))


_UNCLEAR: dict[str, Callable[[AnteMortemReport], bool]] = {
    "birth": lambda told: bool(told.birth_text) and not (told.birth_from or told.birth_to),
    "last_seen": lambda told: (
        bool(told.last_seen_text) and not (told.last_seen_from or told.last_seen_to)
    ),
    "age_told": lambda told: bool(told.age_text) and told.age_told_min is None,
    "stature_cm": lambda told: (
        bool(told.stature_text) and told.stature_cm is None and told.stature_word is None
    ),
}


def effect_text(effect: ReportedEffect) -> str:
    """Return an effect in a line of words."""
    parts = [
        listed(effect.kind, EffectKind),
        _(effect.colour.label) if effect.colour else "",
        _(effect.material.label) if effect.material else "",
        _("“%(text)s”", text=effect.inscription) if effect.inscription else "",
        effect.descriptor.replace("_", " "),
        effect.description,
    ]
    return series(parts)


def mark_text(mark: ReportedMark) -> str:
    """Return a mark in a line of words."""
    parts = [_(mark.kind.label), listed(mark.region, BodyRegion), mark.description]
    return series(parts)


def listed(value: str, codes: type[Code]) -> str:
    """Return the label of a value from our list, or the value as it was told."""
    return _(codes(value).label) if value in set(codes) else value.replace("_", " ")


def _plain(field: str) -> Show:
    return lambda report: getattr(report, field)


def _date(field: str) -> Show:
    def show(report: AnteMortemReport) -> str:
        told = partial_date(report, field)
        text = getattr(report, f"{field}_text")
        words = "" if told is not None and text in {str(told), filters.told(told)} else text
        first, last = getattr(report, f"{field}_from"), getattr(report, f"{field}_to")
        if told is not None:
            return _apart(filters.told(told), words)
        return _apart(words, _between(first, last))

    return show


def _apart(*parts: str | None) -> str:
    """Return what was told and what it means, each in its own direction of writing."""
    told = [part for part in parts if part]
    if len(told) < 2:
        return "".join(told)
    isolated = (f"\N{FIRST STRONG ISOLATE}{part}\N{POP DIRECTIONAL ISOLATE}" for part in told)
    return " · ".join(isolated)


def _between(first: date | None, last: date | None) -> str:
    """Return from when to when, as far as either end is known."""
    if first and last:
        return _("%(first)s to %(last)s", first=filters.day(first), last=filters.day(last))
    if first:
        return _("from %(date)s on", date=filters.day(first))
    return _("until %(date)s", date=filters.day(last)) if last else ""


def _age(report: AnteMortemReport) -> str:
    low, high = report.age_told_min, report.age_told_max
    if low is None or high is None:
        return report.age_text or ""
    years = f"{low:.2g}" if low == high else f"{low:g}\N{EN DASH}{high:g}"
    words = "" if report.age_text == years else report.age_text
    return _apart(words, _("%(years)s years", years=years))


def _height(report: AnteMortemReport) -> str:
    height = report.stature_cm
    figure = "" if height is None else _("%(height)s cm", height=f"{height:g}")
    return _apart(report.stature_text, figure)


def _carried(report: AnteMortemReport) -> YesNo | None:
    return {True: YesNo.YES, False: YesNo.NO, None: None}[report.carried_id]


def _teeth(report: AnteMortemReport) -> str:
    return series(listed(code, DentalFeature) for code in report.dental_codes)


def tooth_lines(report: AnteMortemReport) -> list[tuple[str, str]]:
    """Return what is told of single teeth, tooth by tooth; other words as they were told."""
    charted = read_chart(report.teeth)
    lines = [
        (_("Tooth %(number)s", number=fdi), filters.tooth_mark(*said)["label"])
        for fdi, said in sorted(charted.items())
    ]
    others = {fdi: said for fdi, said in report.teeth.items() if fdi not in map(str, charted)}
    return lines + [(fdi, str(said)) for fdi, said in others.items()]


def _together(report: AnteMortemReport) -> str:
    return series(companion.name for companion in report.companions)


_QUESTIONS: tuple[tuple[str, str, Show], ...] = (
    ("name_full", lazy_gettext("Full name"), _plain("name_full")),
    ("name_given", lazy_gettext("Given name"), _plain("name_given")),
    ("name_father", lazy_gettext("Father's name"), _plain("name_father")),
    ("name_grandfather", lazy_gettext("Grandfather's name"), _plain("name_grandfather")),
    ("name_family", lazy_gettext("Family name"), _plain("name_family")),
    ("name_mother", lazy_gettext("Mother's name"), _plain("name_mother")),
    ("nickname", lazy_gettext("Other names"), _plain("nickname")),
    ("sex", lazy_gettext("Sex"), _plain("sex")),
    ("birth", lazy_gettext("Born"), _date("birth")),
    ("age_told", lazy_gettext("Age when last seen"), _age),
    ("birth_place", lazy_gettext("Place of birth"), _plain("birth_place")),
    ("occupation", lazy_gettext("Occupation"), _plain("occupation")),
    ("last_seen", lazy_gettext("Last seen"), _date("last_seen")),
    ("last_seen_place", lazy_gettext("Last seen at"), _plain("last_seen_place")),
    ("region", lazy_gettext("Region"), _plain("region")),
    ("circumstance", lazy_gettext("What was happening"), _plain("circumstance")),
    ("circumstance_text", lazy_gettext("In their words"), _plain("circumstance_text")),
    ("companions", lazy_gettext("Together with"), _together),
    ("carried_id", lazy_gettext("Carried a document"), _carried),
    ("stature_cm", lazy_gettext("Height"), _height),
    ("stature_word", lazy_gettext("Height in a word"), _plain("stature_word")),
    ("handedness", lazy_gettext("Hand"), _plain("handedness")),
    ("hair", lazy_gettext("Hair"), _plain("hair")),
    ("physical_text", lazy_gettext("What one would notice"), _plain("physical_text")),
    ("dental_codes", lazy_gettext("Teeth"), _teeth),
    ("dental_text", lazy_gettext("Teeth, in their words"), _plain("dental_text")),
    ("medical_text", lazy_gettext("Illnesses, medicines"), _plain("medical_text")),
)
