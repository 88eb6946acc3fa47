"""A further person of a family: what it told before is taken over, to be changed or confirmed."""

from collections.abc import Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField

from caseman.reports.codes import YesNo
from caseman.reports.drafts import NewInformant
from caseman.reports.forms.family import FamilyForm
from caseman.reports.forms.stored import date_values, names_of_companions
from caseman.reports.models import AnteMortemReport, Informant
from caseman.web.words import lazy_gettext

TAKEN_OVER = ("last_seen", "last_seen_place", "circumstance")
"""Shared questions that may have been left open with a reason."""


class AnotherForm(FamilyForm):
    """The report of one more person who was lost with others."""

    before: Informant | None = None
    """Who told the earlier report; the contact is used and never shown."""

    same_contact = BooleanField(
        lazy_gettext("Use the name and contact I gave before"),
        default=True,
        description=lazy_gettext(
            "They are locked away and not shown here. What you write below takes their place."
        ),
    )

    def informant(self) -> NewInformant | None:
        """Return who told: as typed, and where nothing was typed as before, if that is wanted."""
        told = super().informant()
        if self.before is None or not self.same_contact.data:
            return told
        draft = told or NewInformant()
        unsaid = self.may_contact.data is None
        return NewInformant(
            draft.relation,
            draft.name or self.before.name or "",
            draft.phone or self.before.phone or "",
            draft.contact or self.before.contact or "",
            draft.safe_contact or self.before.safe_contact or "",
            may_contact=self.before.may_contact if unsaid else draft.may_contact,
        )


def another_form(
    report: AnteMortemReport, name: str, kept: Sequence[Sequence[str]] | None = None
) -> AnotherForm:
    """Return the form for somebody lost with the person of ``report``, whose name is ``name``.

    It holds what was ``kept`` of it, else what that report shares with it.
    """
    if kept is None:
        form = AnotherForm(data=_shared(report, name))
    else:
        form = AnotherForm(formdata=MultiDict([(name, text) for name, text in kept]))
    form.before = report.informant
    if form.before is None:
        del form.same_contact
    return form


def _shared(report: AnteMortemReport, name: str) -> dict[str, Any]:
    reasons = {
        f"{each}_absence": report.absences[each] for each in TAKEN_OVER if each in report.absences
    }
    return {
        **date_values(report, "last_seen"),
        **reasons,
        "last_seen_place": report.last_seen_place,
        "circumstance": report.circumstance,
        "circumstance_text": report.circumstance_text,
        "companions": "\n".join(filter(None, (name, names_of_companions(report)))),
        "may_contact": _may_contact(report.informant),
    }


def _may_contact(informant: Informant | None) -> YesNo | None:
    if informant is None:
        return None
    return YesNo.YES if informant.may_contact else YesNo.NO
