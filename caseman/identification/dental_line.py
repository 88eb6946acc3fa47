"""Both dental charts of a pair as one more line of evidence, beside those of the ranking engine.

It weighs nothing, since no formula for a whole chart has a source. What contradicts must be judged
before the case is proposed: it may be an error of charting, and only a signed exclusion excludes.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from caseman.coding.physical import ToothState
from caseman.coding.teeth import read_chart, written
from caseman.identification.adapters import tooth_record
from caseman.identification.codes import Verdict
from caseman.osteology import Compared, compare_charts
from caseman.osteology import Verdict as Finding
from caseman.remains.models import Remains
from caseman.reports.models import MissingPerson
from caseman.reports.services.names import live_reports

TEETH: Final = "teeth"
"""The name of the line."""

Chart = Mapping[int, tuple[ToothState, str]]

SOUND_IN_BOTH: Final = "sound in both"
_LEVELS: Final = {
    Finding.CONTRADICTS: ("teeth_contradict", Verdict.CONTRADICTS),
    Finding.EXPLAINABLE: ("teeth_explainable", Verdict.EXPLAINABLE),
    Finding.AGREES: ("teeth_agree", Verdict.AGREES),
}
"""What the line says, the gravest finding first."""


class Charts(NamedTuple):
    """What the reports tell of each tooth, and what the remains show."""

    before: Chart
    after: Chart


def charts_of(remains: Remains, person: MissingPerson) -> Charts | None:
    """Return both charts, or None where either tells of no tooth.

    Of several reports the one told last speaks for a tooth.
    """
    before: dict[int, tuple[ToothState, str]] = {}
    for report in sorted(live_reports(person), key=lambda each: each.told_at):
        before |= read_chart(report.teeth)
    after = {each.fdi: (each.state, each.surfaces) for each in remains.teeth}
    return Charts(before, after) if before and after else None


def compared(charts: Charts) -> dict[int, Compared]:
    """Return the verdict on each tooth that both charts have, in the order of their numbers."""
    found = compare_charts(_records(charts.before), _records(charts.after))
    return {int(fdi): each for fdi, each in sorted(found.items())}


def _records(chart: Chart) -> Iterable[tuple[str, Any]]:
    return [(str(fdi), tooth_record(*said)) for fdi, said in chart.items()]


def dental_line(remains: Remains, person: MissingPerson) -> dict[str, Any] | None:
    """Return the line of a pair as lines are stored; None where no tooth can be compared.

    ``verdicts`` holds verdict and reason by tooth; the two sides hold the teeth that were compared
    and are not sound in both.
    """
    charts = charts_of(remains, person)
    if charts is None:
        return None
    found = compared(charts)
    said = next(
        (name for name in _LEVELS if name in {each.verdict for each in found.values()}), None
    )
    if said is None:
        return None
    level, agreement = _LEVELS[said]
    return {
        "line": TEETH,
        "level": level,
        "agreement": agreement.value,
        "log10_lr": 0.0,
        "post_mortem": _side(charts.after, found),
        "ante_mortem": _side(charts.before, found),
        "verdicts": {str(fdi): [each.verdict.value, each.reason] for fdi, each in found.items()},
    }


def _side(chart: Chart, found: Mapping[int, Compared]) -> dict[str, dict[str, str]]:
    telling = (
        fdi
        for fdi, each in found.items()
        if each.verdict in _LEVELS and each.reason != SOUND_IN_BOTH
    )
    return {"teeth": {str(fdi): written(*chart[fdi]) for fdi in telling}}
