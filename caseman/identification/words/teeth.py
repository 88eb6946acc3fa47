"""Both dental charts of a pair in words: what agrees, what time explains, what contradicts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from caseman.coding import N_
from caseman.coding.teeth import read_chart
from caseman.identification.dental_line import Chart, Charts, charts_of, compared
from caseman.osteology import Compared, Verdict
from caseman.remains.models import Remains
from caseman.reports.models import MissingPerson
from caseman.web.filters import number, tooth_mark
from caseman.web.words import gettext as _
from caseman.web.words import series

REASONS: Final = {
    "sound in both": N_("sound in both"),
    "disease or treatment after the record": N_("disease or treatment after the record"),
    "one side could not be seen": N_("one side could not be seen"),
    "an open socket: the tooth was there at death": N_(
        "an open socket: the tooth was there at death"
    ),
    "lost after death": N_("lost after death"),
    "missing in both": N_("missing in both"),
    "replaced after the record": N_("replaced after the record"),
    "the record does not say when it was missing": N_(
        "the record does not say when it was missing"
    ),
    "a lost tooth does not grow back": N_("a lost tooth does not grow back"),
    "the same replacement": N_("the same replacement"),
    "a natural tooth where a replacement was": N_("a natural tooth where a replacement was"),
    "the replacement was changed or lost": N_("the replacement was changed or lost"),
    "unerupted in both": N_("unerupted in both"),
    "erupted after the record, if age allows": N_("erupted after the record, if age allows"),
    "an erupted tooth does not go back": N_("an erupted tooth does not go back"),
    "a milk tooth was replaced, if age allows": N_("a milk tooth was replaced, if age allows"),
    "a milk tooth where a permanent one was": N_("a milk tooth where a permanent one was"),
    "lost after the record": N_("lost after the record"),
    "a root filling does not go": N_("a root filling does not go"),
    "the same finding": N_("the same finding"),
    "crowned in both": N_("crowned in both"),
    "the crown was replaced": N_("the crown was replaced"),
    "a crowned tooth has no whole crown of its own": N_(
        "a crowned tooth has no whole crown of its own"
    ),
    "the crown was lost": N_("the crown was lost"),
    "a filling does not heal": N_("a filling does not heal"),
    "treated further, or the filling was lost": N_("treated further, or the filling was lost"),
    "a filling does not shrink; a charting error of surfaces is common": N_(
        "a filling does not shrink; a charting error of surfaces is common"
    ),
    "the same filling": N_("the same filling"),
    "a larger or another filling after the record": N_(
        "a larger or another filling after the record"
    ),
}
"""What the engine says of a tooth, in the reader's language."""

SIDES: Final = ("ante_mortem", "post_mortem")
_ORDER: Final = tuple(Verdict[name] for name in ("CONTRADICTS", "EXPLAINABLE", "AGREES"))


@dataclass(frozen=True, slots=True)
class Overlay:
    """Two charts over each other: the drawings of both, and a row for each tooth that both have."""

    before: Mapping[int, Mapping[str, str]]
    after: Mapping[int, Mapping[str, str]]
    verdicts: Mapping[int, str]
    rows: list[dict[str, Any]]

    @property
    def has_milk_teeth(self) -> bool:
        return any(fdi > 50 for fdi in (*self.before, *self.after))

    def count(self, verdict: str) -> int:
        """Return of how many teeth this is said."""
        return sum(each == verdict for each in self.verdicts.values())


def overlay(remains: Remains, person: MissingPerson) -> Overlay | None:
    """Return both charts compared, or None where either tells of no tooth."""
    charts = charts_of(remains, person)
    if charts is None:
        return None
    found = compared(charts)
    return Overlay(
        _marks(charts.before),
        _marks(charts.after),
        {fdi: _name(each.verdict) for fdi, each in found.items()},
        [_row(fdi, each, charts) for fdi, each in sorted(found.items(), key=_rank)],
    )


def _marks(chart: Chart) -> dict[int, dict[str, str]]:
    return {fdi: tooth_mark(*said) for fdi, said in chart.items()}


def _name(verdict: Verdict) -> str:
    return "not_recorded" if verdict is Verdict.NOT_COMPARABLE else verdict.value


def _rank(item: tuple[int, Compared]) -> tuple[int, int]:
    fdi, found = item
    return (_ORDER.index(found.verdict) if found.verdict in _ORDER else len(_ORDER)), fdi


def _row(fdi: int, found: Compared, charts: Charts) -> dict[str, Any]:
    return {
        "label": _("Tooth %(number)s", number=fdi),
        "am": tooth_mark(*charts.before[fdi])["label"],
        "pm": tooth_mark(*charts.after[fdi])["label"],
        "verdict": _name(found.verdict),
        "note": reason_said(found.reason),
    }


def reason_said(reason: str) -> str:
    """Return the engine's reason for a verdict in the reader's language."""
    return _(REASONS.get(reason, reason))


def teeth_said(verdicts: Mapping[str, tuple[str, str]]) -> str:
    """Return of how many teeth each thing is said, and of which, what contradicts first."""
    said = {
        Verdict.CONTRADICTS: _("Contradict"),
        Verdict.EXPLAINABLE: _("Differ in a way that time explains"),
        Verdict.AGREES: _("Agree"),
        Verdict.NOT_COMPARABLE: _("Cannot be compared"),
    }
    teeth = {each: [fdi for fdi, found in verdicts.items() if found[0] == each] for each in said}
    return _("; ").join(
        _("%(what)s: %(count)s (%(teeth)s)", what=what, count=number(len(some)), teeth=series(some))
        for verdict, what in said.items()
        if (some := teeth[verdict])
    )


def compared_rows(line: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a row for each tooth of a stored line that was compared and is not sound in both."""
    before, after = (read_chart(line[side].get("teeth", {})) for side in SIDES)
    found = {
        int(fdi): Compared(Verdict(verdict), reason)
        for fdi, (verdict, reason) in line.get("verdicts", {}).items()
        if int(fdi) in before
    }
    charts = Charts(before, after)
    return [_row(fdi, each, charts) for fdi, each in sorted(found.items(), key=_rank)]
