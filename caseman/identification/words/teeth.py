"""Both dental charts of a pair, tooth by tooth: what agrees, what time explains, what contradicts.

It stands beside the lines of evidence and weighs nothing in them. What contradicts may be an error
of charting; only a signed exclusion excludes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from caseman.coding import N_
from caseman.coding.physical import ToothState
from caseman.coding.teeth import read_chart
from caseman.identification.adapters import tooth_record
from caseman.osteology import Compared, Verdict, compare_charts
from caseman.remains.models import Remains
from caseman.reports.models import MissingPerson
from caseman.reports.services.names import live_reports
from caseman.web.filters import tooth_mark
from caseman.web.words import gettext as _

Chart = Mapping[int, tuple[ToothState, str]]

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
    """Return both charts compared, or None where either tells of no tooth.

    Of several reports the one told last speaks for a tooth.
    """
    after = {each.fdi: (each.state, each.surfaces) for each in remains.teeth}
    before: dict[int, tuple[ToothState, str]] = {}
    for report in sorted(live_reports(person), key=lambda each: each.told_at):
        before |= read_chart(report.teeth)
    if not before or not after:
        return None
    found = compare_charts(_records(before), _records(after))
    verdicts = {int(fdi): each.verdict for fdi, each in found.items()}
    return Overlay(
        _marks(before),
        _marks(after),
        {fdi: _name(each) for fdi, each in verdicts.items()},
        [_row(int(fdi), each, before, after) for fdi, each in sorted(found.items(), key=_rank)],
    )


def _records(chart: Chart) -> list[tuple[str, Any]]:
    return [(str(fdi), tooth_record(*said)) for fdi, said in chart.items()]


def _marks(chart: Chart) -> dict[int, dict[str, str]]:
    return {fdi: tooth_mark(*said) for fdi, said in chart.items()}


def _name(verdict: Verdict) -> str:
    return "not_recorded" if verdict is Verdict.NOT_COMPARABLE else verdict.value


def _rank(item: tuple[str, Compared]) -> tuple[int, str]:
    fdi, found = item
    return (_ORDER.index(found.verdict) if found.verdict in _ORDER else len(_ORDER)), fdi


def _row(fdi: int, found: Compared, before: Chart, after: Chart) -> dict[str, Any]:
    return {
        "label": _("Tooth %(number)s", number=fdi),
        "am": tooth_mark(*before[fdi])["label"],
        "pm": tooth_mark(*after[fdi])["label"],
        "verdict": _name(found.verdict),
        "note": _(REASONS.get(found.reason, found.reason)),
    }
