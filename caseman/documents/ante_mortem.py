"""What families told of a missing person in the item order of INTERPOL's ante-mortem form.

Who told is left out, and relatives are counted, not named: a paper is carried about.
"""

from collections.abc import Iterator, Sequence

from caseman.coding.physical import MarkKind
from caseman.documents.interpol import ON_THE_SKIN, Item, Section, effect_items, unrecorded
from caseman.reports.models import AnteMortemReport, MissingPerson, Relative, ReportedEffect
from caseman.reports.views.answers import Line, effect_text, lines, mark_text, tooth_lines
from caseman.web.filters import day, label
from caseman.web.words import gettext as _
from caseman.web.words import ngettext


def sections(person: MissingPerson, relatives: Sequence[Relative]) -> list[Section]:
    """Return the ante-mortem form of a person; each of several reports is told of by its number."""
    told = Told([each for each in person.reports if each.withdrawn_at is None])
    effects = [effect for report in told.reports for effect in report.effects]
    return [
        Section("A", _("The missing person"), "200", list(_person(person, told, relatives))),
        Section("C", _("Clothing and personal effects"), "300", list(_effects(told, effects))),
        Section("D", _("Physical description"), "400", list(_description(told))),
        Section("E", _("Medical history"), "500", list(_medical(told))),
        Section("F", _("Teeth"), "600", list(_teeth(told)), "teeth"),
        Section("G", _("Further information"), "800", [_circumstances(told)]),
    ]


class Told:
    """The answers of all reports in force, looked up by question."""

    def __init__(self, reports: Sequence[AnteMortemReport]) -> None:
        """Read every answer once."""
        self.reports = reports
        self._lines: dict[str, Line] = {line.field: line for line in lines(reports)}

    def of(self, *fields: str) -> list[str]:
        """Return what was answered to ``fields``, question by question and report by report."""
        return [each for field in fields if field in self._lines for each in self._answers(field)]

    def by(self, report: AnteMortemReport, text: str) -> str:
        """Return ``text`` with the report that it is of, where there are several."""
        if len(self.reports) < 2:
            return text
        return _("%(text)s (report %(number)s)", text=text, number=report.number)

    def _answers(self, field: str) -> Iterator[str]:
        line = self._lines[field]
        for report, cell in zip(self.reports, line.cells, strict=True):
            value = cell.value
            text = label(value) if hasattr(value, "label") else value
            if text in {None, ""} and cell.absence is not None:
                text = label(cell.absence)
            if text not in {None, ""}:
                named = _("%(name)s: %(value)s", name=line.label, value=text)
                yield self.by(report, named)


def _person(person: MissingPerson, told: Told, relatives: Sequence[Relative]) -> Iterator[Item]:
    yield Item("00", _("Informant"), (_("Kept apart: never printed."),))
    yield Item("01", _("Family name"), told.of("name_family"))
    yield Item("02", _("Other names"), told.of("nickname"))
    names = told.of("name_given", "name_father", "name_grandfather", "name_mother")
    yield Item("03", _("Given names"), [*(told.of("name_full") or [person.name]), *names])
    yield Item("04-06", _("Nationality, identity number, tax number"))
    yield Item("07", _("Date of birth, or age"), told.of("birth", "age_told", "birth_place", "sex"))
    yield Item("08", _("Marital status"))
    yield Item("09", _("Occupation"), told.of("occupation"))
    yield Item("10-11", _("Address, religion"))
    yield Item("12", _("Next of kin"), (_("Kept apart: never printed."),))
    yield Item("12A", _("Relatives who could give a sample"), _could_give(relatives))
    yield Item("13-16", _("Visual contact, fingerprints, doctor, dentist"))
    yield Item("17", _("What one would notice"), told.of("physical_text"))
    pictures = sum(len(each.photographs) for each in told.reports)
    yield Item("18", _("Photographs"), (str(pictures),) if pictures else ())
    yield Item("19", _("Documents obtained"))
    yield Item(
        "",
        _("Last seen"),
        told.of("last_seen", "last_seen_place", "region", "companions", "carried_id"),
    )


def _could_give(relatives: Sequence[Relative]) -> tuple[str, ...]:
    if not relatives:
        return ()
    told = ngettext(
        "%(num)s relative is in the tree.", "%(num)s relatives are in the tree.", len(relatives)
    )
    given = sum(bool(each.samples) for each in relatives)
    if not given:
        return (told,)
    taken = ngettext("%(num)s has given a sample.", "%(num)s have given a sample.", given)
    return (told, taken)


def _effects(told: Told, effects: Sequence[ReportedEffect]) -> Iterator[Item]:
    return effect_items(effects, lambda each: told.by(each.report, effect_text(each)))


def _description(told: Told) -> Iterator[Item]:
    yield Item("31A", _("Age"), told.of("age_told"))
    yield Item("32", _("Height"), told.of("stature_cm", "stature_word"))
    yield from unrecorded("33", "34", "35")
    yield Item("36", _("Hair"), told.of("hair"))
    yield from unrecorded("37-40", "41-44")
    yield Item("45", _("Teeth at first sight"), told.of("dental_codes"))
    yield from unrecorded("46", "47-52")
    yield Item("53", _("Specific details"), _marks(told, ON_THE_SKIN))
    yield Item("54", _("Circumcision"))
    yield Item("55", _("Other peculiarities"), told.of("handedness"))


def _medical(told: Told) -> Iterator[Item]:
    yield Item("56-57", _("Health, medicines"), told.of("medical_text"))
    yield Item(
        "58, 67-69",
        _("Healed fractures, operations, implants"),
        _marks(told, frozenset(MarkKind) - ON_THE_SKIN),
    )
    yield Item("59", _("Blood group"))
    yield Item("66, 70", _("X-rays, other findings"))
    yield Item("93-94", _("DNA"), (_("Kept by the laboratory under a code."),))


def _marks(told: Told, kinds: frozenset[MarkKind]) -> list[str]:
    return [
        told.by(report, mark_text(mark))
        for report in told.reports
        for mark in report.marks
        if mark.kind in kinds
    ]


def _teeth(told: Told) -> Iterator[Item]:
    yield Item("76-82", _("Dentists, records, x-rays, casts, dentures"))
    charted = [
        told.by(report, _("%(name)s: %(value)s", name=name, value=said))
        for report in told.reports
        for name, said in tooth_lines(report)
    ]
    yield Item("86-87", _("Dental chart"), charted)
    yield Item("88", _("Other findings"), told.of("dental_text"))


def _circumstances(told: Told) -> Item:
    added = [
        told.by(report, _("%(date)s: %(text)s", date=day(each.added_at.date()), text=each.text))
        for report in told.reports
        for each in report.additions
        if each.text
    ]
    return Item("92", _("Continuation"), [*told.of("circumstance", "circumstance_text"), *added])
