"""Lines of evidence in words, in the reader's language.

The engine gives a level and the values of both sides; the sentence is made here when it is shown,
so that a stored candidate reads in every language.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from caseman.identification.codes import Verdict
from caseman.identification.dental_line import TEETH
from caseman.identification.words.levels import LEVELS, LINE_NAMES
from caseman.identification.words.sides import NOBODY_NAMED, Named, ante_mortem, post_mortem
from caseman.identification.words.teeth import teeth_said
from caseman.web.words import gettext as _


@dataclass(frozen=True, slots=True)
class WordedLine:
    """One line of evidence as a page shows it."""

    line: str
    label: str
    verdict: Verdict
    weight: float | None
    """log10 of the likelihood ratio; None where nothing was compared, or by words alone."""
    detail: str
    post_mortem: str
    ante_mortem: str


def worded(plain: Mapping[str, Any], named: Named = NOBODY_NAMED) -> WordedLine:
    """Return a stored line of the engine in words.

    ``named`` gives the numbers of the other remains and persons that a line speaks of; those it
    does not know are not named.
    """
    name, level = str(plain["line"]), str(plain["level"])
    verdict = Verdict(plain["agreement"])
    weighs = verdict is not Verdict.NOT_RECORDED and name != TEETH
    detail = level_said(level)
    if plain.get("verdicts"):
        detail = f"{detail} {teeth_said(plain['verdicts'])}"
    return WordedLine(
        line=name,
        label=line_name(name),
        verdict=verdict,
        weight=float(plain["log10_lr"]) if weighs else None,
        detail=detail,
        post_mortem=post_mortem(name, plain["post_mortem"], named),
        ante_mortem=ante_mortem(name, plain["ante_mortem"], named),
    )


def worded_lines(
    lines: Sequence[Mapping[str, Any]], named: Named = NOBODY_NAMED
) -> list[WordedLine]:
    """Return the stored lines of a candidate in words, and those not recorded after them.

    Charts are compared tooth by tooth when a comparison is opened, not for a list.
    """
    told = [worded(plain, named) for plain in lines]
    absent = LINE_NAMES.keys() - {line.line for line in told} - {TEETH}
    return told + [_not_recorded(name) for name in LINE_NAMES if name in absent]


def others_spoken_of(lines: Iterable[Mapping[str, Any]]) -> tuple[set[int], set[int]]:
    """Return the ids of the remains and of the persons that ``lines`` speak of.

    A rival is other remains that the same person fits: such a line names no other person.
    """
    spoken = [line for line in lines if line["line"] in {"companions", "rivals"}]
    remains = {int(line["post_mortem"].get("remains", 0)) for line in spoken}
    persons = {int(line["ante_mortem"].get("report", 0)) for line in spoken}
    return remains - {0}, persons - {0}


def _not_recorded(name: str) -> WordedLine:
    unknown = LEVELS["not_recorded"]
    return WordedLine(name, line_name(name), Verdict.NOT_RECORDED, None, _(unknown), "", "")


def level_said(level: str) -> str:
    """Return what a level of a line of evidence says."""
    return _(LEVELS.get(level, level.replace("_", " ")))


def line_name(name: str) -> str:
    """Return what a line of evidence is called."""
    return _(LINE_NAMES.get(name, name.replace("_", " ")))
