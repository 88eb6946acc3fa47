"""Both files of a pair, attribute by attribute, in the order of the lines of evidence."""

from dataclasses import dataclass

from caseman.identification.codes import Verdict
from caseman.identification.models import Pairing, PairingLine
from caseman.identification.words import WordedLine, worded


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
    found = [Side(row, worded(_plain(row))) for row in pairing.lines]
    return sorted(found, key=_order)


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
