"""Rows of missing persons, reports about them, and the index of their names."""

from caseman.reports.models.drafts import AnotherDraft, Draft, FamilyDraft
from caseman.reports.models.incidents import IncidentPerson
from caseman.reports.models.names import NameToken, NameTokenKey, PersonName
from caseman.reports.models.records import (
    AnteMortemReport,
    CallRecord,
    Companion,
    FamilyAccess,
    Informant,
    MissingPerson,
    Reach,
    ReportAddition,
    ReportedEffect,
    ReportedMark,
    ReportPart,
    ReportPhotograph,
    VoiceNote,
)
from caseman.reports.models.relatives import DnaConsent, ReferenceSample, Relative
from caseman.reports.models.same import SamePersonFinding
from caseman.reports.models.sharing import ReportConsent, ReportSharing
from caseman.reports.models.support import SupportContacts

__all__ = [
    "AnotherDraft",
    "AnteMortemReport",
    "CallRecord",
    "Companion",
    "DnaConsent",
    "Draft",
    "FamilyAccess",
    "FamilyDraft",
    "IncidentPerson",
    "Informant",
    "MissingPerson",
    "NameToken",
    "NameTokenKey",
    "PersonName",
    "Reach",
    "ReferenceSample",
    "Relative",
    "ReportAddition",
    "ReportConsent",
    "ReportPart",
    "ReportPhotograph",
    "ReportSharing",
    "ReportedEffect",
    "ReportedMark",
    "SamePersonFinding",
    "SupportContacts",
    "VoiceNote",
]
