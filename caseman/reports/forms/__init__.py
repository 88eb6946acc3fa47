"""The questions of this slice."""

from caseman.reports.forms.family import AddForm, FamilyForm, ReturnForm
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
from caseman.reports.forms.stored import corrected_answers, correction_form, partial_date

__all__ = [
    "AddForm",
    "CloseForm",
    "CorrectionForm",
    "FamilyForm",
    "FilterForm",
    "NewReportForm",
    "PersonForm",
    "ReopenForm",
    "ReportForm",
    "ReturnForm",
    "ShareForm",
    "StopSharingForm",
    "ToldTeethForm",
    "TriageForm",
    "UnmaskForm",
    "WithdrawForm",
    "corrected_answers",
    "correction_form",
    "partial_date",
]
