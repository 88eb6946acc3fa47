"""Changes to missing persons and the reports about them."""

from caseman.reports.services.calls import record_call, set_reach
from caseman.reports.services.closing import close, reopen, triage, withdraw
from caseman.reports.services.consent import (
    CONSENT_VERSION,
    Teller,
    change_contact,
    consents_now,
    heed_refusals,
    note_for_staff,
    say_consent,
)
from caseman.reports.services.correction import chart_teeth, correct_report
from caseman.reports.services.drafts import KEPT as DRAFTS_KEPT
from caseman.reports.services.drafts import (
    begin_draft,
    draft_of,
    draft_of_another,
    forget_another,
    forget_draft,
    keep_another,
    keep_draft,
)
from caseman.reports.services.family import (
    access_of,
    add_from_family,
    add_photographs,
    family_intake,
    public_operation,
    receive,
    receive_draft,
    stage_of,
    take_note,
)
from caseman.reports.services.names import index_names, index_names_of
from caseman.reports.services.registration import (
    add_report,
    phone_digits,
    register_report,
    register_reports,
)
from caseman.reports.services.relatives import (
    add_relative,
    correct_relative,
    take_sample,
    withdraw_consent,
)
from caseman.reports.services.same import end_finding, link_same, tell_apart
from caseman.reports.services.sharing import Consent, share, stop_sharing
from caseman.reports.services.summary import full_name, summarise, touch
from caseman.reports.services.support import contacts_of, write_contacts
from caseman.reports.services.together import receive_another, told_together
from caseman.reports.services.voice import add_voice, has_room, mark_heard, sound_of, take_back

__all__ = [
    "CONSENT_VERSION",
    "DRAFTS_KEPT",
    "Consent",
    "Teller",
    "access_of",
    "add_from_family",
    "add_photographs",
    "add_relative",
    "add_report",
    "add_voice",
    "begin_draft",
    "change_contact",
    "chart_teeth",
    "close",
    "consents_now",
    "contacts_of",
    "correct_relative",
    "correct_report",
    "draft_of",
    "draft_of_another",
    "end_finding",
    "family_intake",
    "forget_another",
    "forget_draft",
    "full_name",
    "has_room",
    "heed_refusals",
    "index_names",
    "index_names_of",
    "keep_another",
    "keep_draft",
    "link_same",
    "mark_heard",
    "note_for_staff",
    "phone_digits",
    "public_operation",
    "receive",
    "receive_another",
    "receive_draft",
    "record_call",
    "register_report",
    "register_reports",
    "reopen",
    "say_consent",
    "set_reach",
    "share",
    "sound_of",
    "stage_of",
    "stop_sharing",
    "summarise",
    "take_back",
    "take_note",
    "take_sample",
    "tell_apart",
    "told_together",
    "touch",
    "triage",
    "withdraw",
    "withdraw_consent",
    "write_contacts",
]
