"""Records as a paper tells them: fact by fact, in words, and never what could cost a life."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caseman.audit.models import AuditEntry
from caseman.coding import Absence, Code
from caseman.coding.kinds import DentalFeature
from caseman.coding.physical import BodyRegion
from caseman.custody.views.words import told_path
from caseman.database import Base
from caseman.identification.codes import Verdict
from caseman.identification.models import Decision, PairingLine
from caseman.identification.views.comparison import teeth_compared
from caseman.identification.words import WordedLine, worded
from caseman.oversight.words import column_name, in_groups, spoken, table_name
from caseman.protection import Protection, protection_of
from caseman.remains.recovery_codes import Ballistic, BallisticPlace, BoundPlace, BoundWith
from caseman.web.words import series

SITE = "code name kind status region authority"
FEATURE = "kind name opened_on closed_on length_m width_m depth_m"
REMAINS = "kind status deposit_from deposit_to layer registered_at voided_at"
RECOVERY = (
    "recovered_on recovered_at_text recovered_by depth_m grid_e_m grid_n_m body_position"
    " direction orientation_deg head_facing arms legs completeness articulation condition"
    " preservation weathering blindfold bound_places bound_with ballistic ballistic_places notes"
)
PROFILE = (
    "assessor examined_by examined_on sex sex_method age_min age_max age_method stature_cm"
    " stature_se_cm stature_min_cm stature_max_cm stature_method handedness hair regions_present"
    " dental_codes notes"
)
PERSON = (
    "name name_latin status sex birth_from birth_to last_seen_from last_seen_to last_seen_place"
    " registered_at closed_at closed_reason"
)
REPORT = (
    "channel told_at triage name_full name_given name_father name_grandfather name_family"
    " name_mother nickname sex birth_text birth_from birth_to age_told_min age_told_max age_text"
    " birth_place occupation last_seen_text last_seen_from last_seen_to last_seen_place region"
    " circumstance circumstance_text carried_id stature_cm stature_text stature_word handedness"
    " hair physical_text dental_codes dental_text medical_text withdrawn_at withdrawn_reason"
)
RELEASE = (
    "number state prepared_at approved_at released_on not_recovered reburial_place reburial_plot"
    " reburied_on"
)


CODED: dict[str, type[Code]] = {
    "regions_present": BodyRegion,
    "region": BodyRegion,
    "dental_codes": DentalFeature,
    "bound_places": BoundPlace,
    "bound_with": BoundWith,
    "ballistic": Ballistic,
    "ballistic_places": BallisticPlace,
}
"""Codes that are stored as plain text, by column."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer, or why there is none."""

    label: str
    value: str
    is_absent: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """A line of evidence as the engine weighed it and as people judged it."""

    row: PairingLine
    words: WordedLine

    @property
    def verdict(self) -> Verdict:
        """What people say, or else the engine."""
        return self.row.verdict or self.row.engine_verdict


def facts(row: Base | None, names: str) -> list[Fact]:
    """Return the named columns of ``row`` that hold an answer or the reason why they do not."""
    return [] if row is None else list(_facts(row, names.split()))


def _facts(row: Base, names: Sequence[str]) -> Iterator[Fact]:
    absences = getattr(row, "absences", None) or {}
    for name in names:
        if protection_of(row.__tablename__, name) >= Protection.P3:
            continue
        value = getattr(row, name)
        if value not in (None, "", []):
            yield Fact(column_name(name), spoken(coded(name, value)))
        elif name in absences:
            yield Fact(column_name(name), spoken(Absence(absences[name])), is_absent=True)


def coded(column: str, value: object) -> object:
    """Return text that stands for a code as that code, so that it is told by its label."""
    if isinstance(value, list):
        return [coded(column, item) for item in value]
    codes = CODED.get(column)
    return next((code for code in codes or () if code.value == value), value)


def evidence(decision: Decision) -> list[Evidence]:
    """Return the judged lines, contradictions first, what was not recorded last."""
    lines = [Evidence(row, worded(_plain(row))) for row in decision.pairing.lines]
    first = {Verdict.CONTRADICTS: 0, Verdict.NOT_RECORDED: 2}
    return sorted(lines, key=lambda each: (first.get(each.verdict, 1), -abs(each.row.log10_lr)))


def _plain(row: PairingLine) -> dict[str, object]:
    return {
        "line": row.line,
        "agreement": row.engine_verdict.value,
        "log10_lr": row.log10_lr,
        **row.ingredients,
    }


def changed(entry: AuditEntry) -> str:
    """Return the names of the fields an entry changed, without their values."""
    return series(sorted({column_name(name) for name in entry.changes}))


CASE_WORDS = {
    "facts": facts,
    "evidence": evidence,
    "teeth_compared_of": lambda decision: teeth_compared(decision.pairing),
    "changed": changed,
    "told_path": told_path,
    "coded": coded,
    "in_groups": in_groups,
    "spoken": spoken,
    "table_name": table_name,
    "fields": {
        "site": SITE,
        "feature": FEATURE,
        "remains": REMAINS,
        "recovery": RECOVERY,
        "profile": PROFILE,
        "person": PERSON,
        "report": REPORT,
        "release": RELEASE,
    },
}
"""What the template of a case file tells records with."""
