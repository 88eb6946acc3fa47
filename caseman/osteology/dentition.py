"""Teeth before and after death, tooth by tooth: what agrees, what time explains, what contradicts.

Change goes one way: a tooth decays, is filled, crowned, lost, and never heals. What contradicts is
a finding; it may be a charting error, and only a signed exclusion excludes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from caseman.osteology.tables import rows
from caseman.osteology.values import refuse


class Verdict(StrEnum):
    """What a pair of records of one tooth says."""

    AGREES = "agrees"
    EXPLAINABLE = "explainable"
    CONTRADICTS = "contradicts"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class Compared:
    """The verdict on one tooth, and why."""

    verdict: Verdict
    reason: str


SURFACES = frozenset("MODVLIBF")
_UNKNOWN = frozenset({"NON", "UNA", "MJA"})
_OPEN_SOCKET = frozenset({"MPM", "SOX"})
_UNERUPTED = frozenset({"UNE", "IMX", "IMV"})
_ROOT_FILLED = frozenset({"RFX", "RCT"})
_DECAYED = frozenset({"CAV", "CAR", "CFR", "RRX", "ROV", "NVT"})
_SAME = {"SOU": "INT", "TIF": "TCF", "CAR": "CAV", "FMC": "MTC", "GMC": "GOC", "MPC": "MEC"}
_SAME_SURFACE = str.maketrans({"I": "O", "B": "V", "F": "V"})
_REPLACED = frozenset({"IPX", "PON", "TEB", "MEB", "POB", "PRD", "ACR", "FLD"})


@dataclass(frozen=True, slots=True)
class ToothRecord:
    """All that is charted of one tooth: codes of INTERPOL item 635, and the surfaces filled."""

    codes: frozenset[str]
    filled: frozenset[str] = frozenset()

    @classmethod
    def read(cls, text: str) -> "ToothRecord":
        """Return the record of e.g. ``AMF-MO RFX``; raise ``RefusedInputError`` if it is none."""
        codes, filled = set(), set[str]()
        for part in text.upper().split():
            code, _, surfaces = part.partition("-")
            if code not in _categories():
                refuse(part, f"not a code; known are {', '.join(_categories())}")
            if not SURFACES.issuperset(surfaces):
                refuse(part, "surfaces are of M, O or I, D, V (B, F) and L")
            codes.add(_SAME.get(code, code))
            filled.update(surfaces.translate(_SAME_SURFACE))
        return cls(frozenset(codes or {"NON"}), frozenset(filled))

    def has(self, category: str) -> bool:
        """Say whether a code of this category is charted."""
        return any(_categories()[code] == category for code in self.codes)

    @property
    def is_missing(self) -> bool:
        """Whether the tooth was lost long before death: its socket is healed."""
        return bool(self.codes & {"MAM", "MIS"})

    @property
    def is_sound(self) -> bool:
        """Whether nothing but the tooth itself is charted."""
        return self.codes <= {"INT", "ERU", "PRE", "PER", "ANO"} and not self.filled

    @property
    def is_natural(self) -> bool:
        """Whether a tooth with a root of its own stood there."""
        return not (self.is_missing or self.codes & (_REPLACED | _UNERUPTED))


@cache
def _categories() -> dict[str, str]:
    return {row["code"]: row["category"] for row in rows("tooth_codes")}


def compare_tooth(ante_mortem: ToothRecord, post_mortem: ToothRecord) -> Compared:
    """Return what the records of one tooth, the first older than death, say together."""
    for rule in (_unseen, _never_there, _replaced, _grown, _lost, _treated):
        found = rule(ante_mortem, post_mortem)
        if found is not None:
            return found
    if ante_mortem.is_sound and post_mortem.is_sound:
        return Compared(Verdict.AGREES, "sound in both")
    return Compared(Verdict.EXPLAINABLE, "disease or treatment after the record")


def compare_charts(
    ante_mortem: Iterable[tuple[str, ToothRecord]], post_mortem: Iterable[tuple[str, ToothRecord]]
) -> dict[str, Compared]:
    """Return the verdict on each tooth by FDI that both charts have."""
    after = dict(post_mortem)
    return {
        _fdi(tooth)["fdi"]: compare_tooth(record, after[tooth])
        for tooth, record in ante_mortem
        if tooth in after
    }


def universal_number(fdi: str) -> str:
    """Return the universal number of a tooth in FDI notation: 18 is 1, 55 is A."""
    return _fdi(fdi)["universal"]


def _fdi(tooth: str) -> dict[str, str]:
    row = next((row for row in rows("teeth") if row["fdi"] == str(tooth)), None)
    if row is None:
        refuse("fdi", f"{tooth} is given, 11 to 48 or 51 to 85 is expected")
    return row


def _unseen(before: ToothRecord, after: ToothRecord) -> Compared | None:
    if (before.codes | after.codes) & _UNKNOWN:
        return Compared(Verdict.NOT_COMPARABLE, "one side could not be seen")
    if "MAM" in before.codes and after.codes & _OPEN_SOCKET:
        return Compared(Verdict.CONTRADICTS, "an open socket: the tooth was there at death")
    if (before.codes | after.codes) & _OPEN_SOCKET:
        return Compared(Verdict.NOT_COMPARABLE, "lost after death")
    return None


def _never_there(before: ToothRecord, after: ToothRecord) -> Compared | None:
    if not before.is_missing:
        return None
    if after.is_missing:
        return Compared(Verdict.AGREES, "missing in both")
    if after.codes & _REPLACED:
        return Compared(Verdict.EXPLAINABLE, "replaced after the record")
    if "MIS" in before.codes:
        return Compared(Verdict.NOT_COMPARABLE, "the record does not say when it was missing")
    return Compared(Verdict.CONTRADICTS, "a lost tooth does not grow back")


def _replaced(before: ToothRecord, after: ToothRecord) -> Compared | None:
    if not before.codes & _REPLACED:
        return None
    if before.codes & after.codes & _REPLACED:
        return Compared(Verdict.AGREES, "the same replacement")
    if after.is_natural and "ABU" not in after.codes:
        return Compared(Verdict.CONTRADICTS, "a natural tooth where a replacement was")
    return Compared(Verdict.EXPLAINABLE, "the replacement was changed or lost")


def _grown(before: ToothRecord, after: ToothRecord) -> Compared | None:
    if before.codes & _UNERUPTED:
        if after.codes & _UNERUPTED:
            return Compared(Verdict.AGREES, "unerupted in both")
        return Compared(Verdict.EXPLAINABLE, "erupted after the record, if age allows")
    if after.codes & _UNERUPTED:
        return Compared(Verdict.CONTRADICTS, "an erupted tooth does not go back")
    if "PER" in before.codes and "PER" not in after.codes:
        return Compared(Verdict.EXPLAINABLE, "a milk tooth was replaced, if age allows")
    if "PER" in after.codes and "PER" not in before.codes:
        return Compared(Verdict.CONTRADICTS, "a milk tooth where a permanent one was")
    return None


def _lost(_before: ToothRecord, after: ToothRecord) -> Compared | None:
    if after.is_missing or after.codes & _REPLACED:
        return Compared(Verdict.EXPLAINABLE, "lost after the record")
    return None


def _treated(before: ToothRecord, after: ToothRecord) -> Compared | None:
    """Judge crowns, root fillings and fillings of a tooth that is there in both."""
    if before.has("crown"):
        return _crowned(before, after)
    if before.codes & _ROOT_FILLED and after.is_sound:
        return Compared(Verdict.CONTRADICTS, "a root filling does not go")
    if before.has("filling"):
        return _filled(before, after)
    if before.codes & after.codes & (_ROOT_FILLED | _DECAYED):
        return Compared(Verdict.AGREES, "the same finding")
    return None


def _crowned(before: ToothRecord, after: ToothRecord) -> Compared:
    if after.has("crown"):
        same = before.codes & after.codes or "UIC" in before.codes | after.codes
        if same:
            return Compared(Verdict.AGREES, "crowned in both")
        return Compared(Verdict.EXPLAINABLE, "the crown was replaced")
    if after.is_sound or (after.has("filling") and not after.codes & _DECAYED):
        return Compared(Verdict.CONTRADICTS, "a crowned tooth has no whole crown of its own")
    return Compared(Verdict.EXPLAINABLE, "the crown was lost")


def _filled(before: ToothRecord, after: ToothRecord) -> Compared:
    if not after.has("filling"):
        if after.is_sound:
            return Compared(Verdict.CONTRADICTS, "a filling does not heal")
        return Compared(Verdict.EXPLAINABLE, "treated further, or the filling was lost")
    if not before.filled <= after.filled:
        return Compared(
            Verdict.CONTRADICTS, "a filling does not shrink; a charting error of surfaces is common"
        )
    if before.filled == after.filled and before.codes & after.codes:
        return Compared(Verdict.AGREES, "the same filling")
    return Compared(Verdict.EXPLAINABLE, "a larger or another filling after the record")
