"""The line of DNA in a comparison: written when it is opened, and anew when DNA says otherwise."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.identification.codes import PairingState, Verdict
from caseman.identification.dna_line import DNA, dna_line
from caseman.identification.models import Pairing, PairingLine
from caseman.identification.queries.dna import heard_of_pair

UNSIGNED = (PairingState.COMPARISON_OPEN, PairingState.RETURNED)


def renew_dna(session: Session, pairing: Pairing) -> None:
    """Bring the line of DNA to what is known now; a judgement of what changed is void."""
    row = next((line for line in pairing.lines if line.line == DNA), None)
    pair = pairing.remains_id, pairing.missing_person_id
    line = dna_line(heard_of_pair(session, *pair), pair)
    if line is None and row is None:
        return
    if row is None:
        row = PairingLine(line=DNA)
        pairing.lines.append(row)
    _describe(row, line)


def _describe(row: PairingLine, line: dict[str, Any] | None) -> None:
    weight = 0.0 if line is None else float(line["log10_lr"])
    ingredients = {
        "level": "not_recorded" if line is None else line["level"],
        "post_mortem": {} if line is None else line["post_mortem"],
        "ante_mortem": {} if line is None else line["ante_mortem"],
    }
    if (row.ingredients, row.log10_lr) != (ingredients, weight):
        row.verdict, row.explanation = None, ""
        row.judged_by_id, row.judged_at = None, None
    row.engine_verdict = Verdict.NOT_RECORDED if line is None else Verdict(line["agreement"])
    row.log10_lr, row.ingredients = weight, ingredients


def renew_open_pairings(session: Session, persons: Collection[int]) -> None:
    """Renew the line in every comparison of some persons that nobody has signed yet.

    Where somebody has, what was signed stays, and is void at the next step.
    """
    statement = sa.select(Pairing).where(
        Pairing.missing_person_id.in_(sorted(persons)), Pairing.state.in_(UNSIGNED)
    )
    for pairing in session.scalars(statement):
        renew_dna(session, pairing)
        pairing.log10_lr = sum(line.log10_lr for line in pairing.lines)
