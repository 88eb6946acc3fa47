"""The line of teeth in a comparison: written when it is opened, and anew when a chart changed."""

from typing import Any

from caseman.identification.codes import Verdict
from caseman.identification.dental_line import TEETH, dental_line
from caseman.identification.models import Pairing, PairingLine

PARTS = ("level", "post_mortem", "ante_mortem", "verdicts")


def stored_line(pairing: Pairing) -> PairingLine | None:
    """Return the line of teeth as it was last written into ``pairing``."""
    return next((line for line in pairing.lines if line.line == TEETH), None)


def renew_teeth(pairing: Pairing) -> None:
    """Bring the line of teeth to what both charts say now; a judgement of what changed is void."""
    fresh = dental_line(pairing.remains, pairing.missing_person)
    row = stored_line(pairing)
    if row is None and fresh is not None:
        row = PairingLine(line=TEETH, ingredients={})
        pairing.lines.append(row)
    if row is not None and not says(row, fresh):
        describe(row, fresh)


def says(row: PairingLine, line: dict[str, Any] | None) -> bool:
    """Say whether ``row`` was written of ``line``."""
    return row.ingredients == ingredients_of(line)


def describe(row: PairingLine, line: dict[str, Any] | None) -> None:
    """Write ``line`` into ``row``, which nobody has judged then."""
    row.engine_verdict = Verdict.NOT_RECORDED if line is None else Verdict(line["agreement"])
    row.log10_lr, row.ingredients = 0.0, ingredients_of(line)
    row.verdict, row.explanation = None, ""
    row.judged_by_id, row.judged_at = None, None


def ingredients_of(line: dict[str, Any] | None) -> dict[str, Any]:
    """Return what a row keeps of a line; of none, that nothing was recorded."""
    if line is None:
        return {"level": "not_recorded", "post_mortem": {}, "ante_mortem": {}}
    return {part: line[part] for part in PARTS}
