"""The digest of what a person signs: both records and the judged lines, exactly as they are."""

import hashlib
from dataclasses import fields, is_dataclass
from typing import Any

from sqlalchemy.orm import Session

from caseman.audit.chain import encode
from caseman.identification.adapters import load_persons, load_remains
from caseman.identification.dental_line import TEETH, dental_line
from caseman.identification.dna_line import dna_line
from caseman.identification.models import Pairing
from caseman.identification.queries.dna import heard_of_pair


def content(session: Session, pairing: Pairing) -> dict[str, Any]:
    """Return both records and the judged lines as plain values."""
    remains = load_remains(session, [pairing.remains_id])
    persons = load_persons(session, [pairing.missing_person_id])
    pair = pairing.remains_id, pairing.missing_person_id
    dna = dna_line(heard_of_pair(session, *pair), pair)
    knows_teeth = any(line.line == TEETH for line in pairing.lines)
    return {
        # Left out where nothing was weighed, so that what was signed before DNA came stays valid.
        **({} if dna is None else {"dna": dna}),
        # The same for what was signed before charts were compared tooth by tooth.
        **({TEETH: dental_line(pairing.remains, pairing.missing_person)} if knows_teeth else {}),
        "remains": [_plain(value) for value in remains],
        "person": [_plain(value) for value in persons],
        "remains_changed": pairing.remains.evidence_changed_at,
        "person_changed": pairing.missing_person.evidence_changed_at,
        "lines": {
            line.line: [line.verdict and line.verdict.value, line.explanation]
            for line in pairing.lines
        },
    }


def digest(session: Session, pairing: Pairing) -> str:
    """Return the SHA-256 (hex) of what would be signed now."""
    return hashlib.sha256(encode(content(session, pairing))).hexdigest()


def _plain(value: object) -> object:
    """Return ``value`` with values as mappings and sets in a fixed order."""
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, set | frozenset):
        return sorted((_plain(item) for item in value), key=encode)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
