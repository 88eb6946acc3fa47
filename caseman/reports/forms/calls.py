"""Calling a family: its rules, and what came of a call."""

from datetime import time, timedelta
from typing import Any

import wtforms

from caseman.database import now
from caseman.reports.codes import (
    CallNext,
    CallOutcome,
    CallReason,
    SafeChannel,
    YesNo,
)
from caseman.reports.drafts import Called
from caseman.reports.models import Informant, Reach
from caseman.web.forms import CodeField, DayField, Form, LinesField, MomentField, TextField
from caseman.web.forms.moments import ClockField, TimeField
from caseman.web.words import gettext as _
from caseman.web.words import lazy_gettext

DAMASCUS = 180
"""Minutes ahead of UTC: where most families of the first operations live."""
SPOKEN_WITH = frozenset({CallOutcome.REACHED, CallOutcome.LATER})


class ReachForm(Form):
    """How a family may be reached without danger."""

    may_contact = CodeField(lazy_gettext("May the family be called at all?"), YesNo, required=True)
    channel = CodeField(lazy_gettext("How"), SafeChannel)
    opens = TimeField(
        lazy_gettext("From"),
        description=lazy_gettext("By the family's own clock; left empty, any hour will do"),
        render_kw={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"},
    )
    closes = TimeField(
        lazy_gettext("Until"),
        render_kw={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"},
    )
    clock = ClockField(lazy_gettext("The family's clock"))
    code_word = TextField(
        lazy_gettext("Word to say first"),
        longest=100,
        description=lazy_gettext("Shown only to somebody who says why they call"),
        render_kw={"autocomplete": "off"},
    )

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Ask for both ends of the hours, and for time between them."""
        valid = super().validate(extra_validators)
        opens, closes = self.opens.data, self.closes.data
        if self.opens.errors or self.closes.errors or (opens is None and closes is None):
            return valid
        if opens is None or closes is None:
            self.closes.errors = [_("Give both hours, or none.")]
            return False
        if opens == closes:
            self.closes.errors = [_("No time lies between these hours.")]
            return False
        return valid

    def reach(self, held: Informant) -> Reach:
        """Return the rules; a code word left empty stays as it is."""
        before = held.reach
        return Reach(
            channel=self.channel.data.value if self.channel.data else "",
            opens=_told(self.opens.data),
            closes=_told(self.closes.data),
            clock=self.clock.data,
            code_word=self.code_word.data or (before["code_word"] if before else ""),
            heard=held.safe_contact or "",
        )


def _told(hour: time | None) -> str:
    return "" if hour is None else f"{hour:%H:%M}"


def _hour(told: str) -> time | None:
    return time.fromisoformat(told) if told else None


def reach_form(informant: Informant) -> ReachForm:
    """Return the form as the rules stand; the code word is not shown in it."""
    rules = informant.reach
    data: dict[str, Any] = {
        "version": informant.version,
        "may_contact": YesNo.YES if informant.may_contact else YesNo.NO,
        "clock": DAMASCUS,
    }
    if rules is not None:
        data |= {
            "channel": SafeChannel(rules["channel"]) if rules["channel"] else None,
            "opens": _hour(rules["opens"]),
            "closes": _hour(rules["closes"]),
            "clock": rules["clock"],
        }
    return ReachForm(data=data)


class CallForm(Form):
    """When somebody called, why, and what came of it."""

    called_at = MomentField(lazy_gettext("When"), required=True)
    call_reason = CodeField(
        lazy_gettext("Why"),
        [each for each in CallReason if each is not CallReason.RESULT],
        required=True,
    )
    call_outcome = CodeField(lazy_gettext("What came of it"), CallOutcome, required=True)
    next_step = CodeField(
        lazy_gettext("What next"),
        CallNext,
        required=True,
        description=lazy_gettext(
            "With nothing more to do, a report that was to be called back counts as accepted."
        ),
    )
    not_before = DayField(
        lazy_gettext("Not before"),
        [wtforms.validators.Optional()],
        description=lazy_gettext("Only where somebody is to call again"),
        render_kw={"autocomplete": "off"},
    )
    said = LinesField(
        lazy_gettext("What was said"),
        longest=3000,
        description=lazy_gettext("Kept sealed: only those who may see contacts can read it."),
    )

    def validate_next_step(self, field: CodeField) -> None:
        """Hold the next step against what came of the call."""
        if field.data is CallNext.NEVER and self.call_outcome.data not in SPOKEN_WITH:
            raise wtforms.ValidationError(_("Only the family itself can ask for it: reach it."))
        if self.call_outcome.data is CallOutcome.LATER and field.data is CallNext.NOTHING:
            raise wtforms.ValidationError(_("They asked to be called later: choose to call again."))

    def validate_not_before(self, field: DayField) -> None:
        """Take a day only to call again, and only one to come."""
        if not field.data:
            return
        if self.next_step.data is not CallNext.AGAIN:
            raise wtforms.ValidationError(_("A day belongs here only if somebody calls again."))
        if field.data < now().date() - timedelta(days=1):
            raise wtforms.ValidationError(_("This day is over."))

    def called(self) -> Called:
        """Return what was entered."""
        return Called(
            self.called_at.data,
            self.call_reason.data,
            self.call_outcome.data,
            self.next_step.data,
            self.not_before.data,
            self.said.data or "",
        )


class TellerCallForm(CallForm):
    """The same for who may tell a family a result, and may so have called about one."""

    call_reason = CodeField(lazy_gettext("Why"), CallReason, required=True)
