"""The questions of this slice."""

from caseman.reports.forms.family import (
    AddForm,
    ConsentForm,
    FamilyForm,
    FamilyWithdrawForm,
    ReturnForm,
    TakenConsentForm,
)
from caseman.reports.forms.report import CorrectionForm, NewReportForm, PersonForm, ReportForm
from caseman.reports.forms.steps import (
    CloseForm,
    FilterForm,
    ReopenForm,
    ShareForm,
    StopSharingForm,
    ToldTeethForm,
    TriageForm,
    UnmaskForm,
    WithdrawForm,
)
from caseman.reports.forms.stored import (
    corrected_answers,
    correction_form,
    family_correction_form,
    partial_date,
)
from caseman.reports.forms.together import AnotherForm, another_form

__all__ = [
    "AddForm",
    "AnotherForm",
    "CloseForm",
    "ConsentForm",
    "CorrectionForm",
    "FamilyForm",
    "FamilyWithdrawForm",
    "FilterForm",
    "NewReportForm",
    "PersonForm",
    "ReopenForm",
    "ReportForm",
    "ReturnForm",
    "ShareForm",
    "StopSharingForm",
    "TakenConsentForm",
    "ToldTeethForm",
    "TriageForm",
    "UnmaskForm",
    "WithdrawForm",
    "another_form",
    "corrected_answers",
    "correction_form",
    "family_correction_form",
    "partial_date",
]
