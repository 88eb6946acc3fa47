"""Both files of a pair, attribute by attribute, in the order of the lines of evidence."""

from dataclasses import dataclass
from typing import Any

from caseman.identification.codes import Verdict
from caseman.identification.dental_line import TEETH, dental_line
from caseman.identification.models import Pairing, PairingLine
from caseman.identification.services.dna_lines import UNSIGNED
from caseman.identification.services.teeth_lines import describe, says, stored_line
from caseman.identification.words import WordedLine, worded
from caseman.identification.words.teeth import compared_rows


@dataclass(frozen=True, slots=True)
class Side:
    """One line of evidence: what the engine says of it, and what people say."""

    row: PairingLine
    words: WordedLine

    @property
    def verdict(self) -> Verdict:
        """What people say, or else the engine."""
        return self.row.verdict or self.row.engine_verdict

    @property
    def needs_judgement(self) -> bool:
        """Whether the case cannot be proposed before a person judges this line."""
        return self.row.engine_verdict is Verdict.CONTRADICTS and self.row.verdict is None


def sides(pairing: Pairing) -> list[Side]:
    """Return the lines of ``pairing``, contradictions first, then by weight."""
    found = [Side(row, worded(_plain(row))) for row in _lines(pairing)]
    return sorted(found, key=_order)


def teeth_compared(pairing: Pairing) -> list[dict[str, Any]]:
    """Return a row for each tooth that was compared, as the line of teeth keeps it."""
    row = stored_line(pairing)
    return (
        [] if row is None or not row.ingredients.get("verdicts") else compared_rows(row.ingredients)
    )


def _lines(pairing: Pairing) -> list[PairingLine]:
    """Return the lines; until somebody signs, that of teeth as both charts are now."""
    if pairing.state not in UNSIGNED:
        return list(pairing.lines)
    others = [line for line in pairing.lines if line.line != TEETH]
    row = stored_line(pairing)
    fresh = dental_line(pairing.remains, pairing.missing_person)
    if row is None or not says(row, fresh):
        if fresh is None:
            return others
        row = PairingLine(line=TEETH)
        describe(row, fresh)
    return [*others, row]


def _plain(row: PairingLine) -> dict[str, object]:
    return {
        "line": row.line,
        "agreement": row.engine_verdict.value,
        "log10_lr": row.log10_lr,
        **row.ingredients,
    }


def _order(side: Side) -> tuple[int, float]:
    first = {Verdict.CONTRADICTS: 0, Verdict.NOT_RECORDED: 2}
    return first.get(side.verdict, 1), -abs(side.row.log10_lr)
