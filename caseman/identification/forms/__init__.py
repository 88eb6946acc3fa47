"""Forms of reconciliation."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, RadioField, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from caseman.effects.models import PersonalEffect
from caseman.effects.words import kind_of
from caseman.identification.codes import (
    NEED_WORDS,
    Basis,
    LikenessVerdict,
    Outcome,
    Verdict,
)
from caseman.identification.drafts import Handing, Judgement, Statement
from caseman.identification.forms.recipient import HasRecipient
from caseman.laboratory.models import TypingRun
from caseman.web.filters import day
from caseman.web.forms import (
    Answered,
    CodeField,
    Form,
    LinesField,
    NumberField,
    PartialDateField,
    PositionField,
    TextField,
)
from caseman.web.words import gettext, series
from caseman.web.words import lazy_gettext as _


class EmptyForm(Form):
    """A button that changes something: token, version and idempotency key."""


class OpenForm(Form):
    """Open the comparison of a pair."""

    remains = TextField(_("Remains"), [Answered()], longest=40)
    person = TextField(_("Missing person"), [Answered()], longest=20)


class JudgeForm(Form):
    """What a reviewer says of one line of evidence."""

    line = TextField(_("Line of evidence"), [Answered()], longest=60)
    verdict = CodeField(_("What the evidence says"), Verdict, required=True)
    explanation = LinesField(
        _("In words"),
        longest=2000,
        description=_("Needed for a contradiction or a difference you can explain."),
    )

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Ask for words where the evidence does not simply agree."""
        valid = super().validate(extra_validators)
        if self.verdict.data not in NEED_WORDS or self.explanation.data:
            return valid
        words = gettext("Explain in words what contradicts, or how the difference came about.")
        self.explanation.errors = [words]
        return False

    def judgement(self) -> Judgement:
        """Return what was entered."""
        return Judgement(self.line.data, self.verdict.data, self.explanation.data)


class SignForm(Form):
    """Sign one step of a case."""

    outcome = CodeField(_("Your conclusion"), Outcome, required=True)
    basis = CodeField(
        _("What it rests on"), Basis, description=_("Only where you conclude: identified.")
    )
    statement = LinesField(_("Your reasons"), [Answered()], longest=5000)
    understood = BooleanField(
        _("I have read both records and every line of evidence, and I sign as one of four people."),
        [Answered()],
    )

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Ask what an identification rests on."""
        valid = super().validate(extra_validators)
        if self.outcome.data is not Outcome.IDENTIFIED or self.basis.data or self.basis.errors:
            return valid
        self.basis.errors = [
            gettext("Say whether a primary identifier or a combination of evidence identifies.")
        ]
        return False

    def signed(self) -> Statement:
        """Return what was entered."""
        return Statement(self.outcome.data, self.statement.data, self.basis.data)


class ReasonForm(Form):
    """A step that needs a reason."""

    reason = LinesField(_("Reason"), [Answered()], longest=3000)


class TakeForm(Form):
    """Take a model into use."""

    reason = LinesField(
        _("Why this model"),
        [Answered()],
        longest=1000,
        description=_("It is kept beside the model, with your name."),
    )


class PriorForm(Form):
    """How likely it is that a person found at a site is reported at all."""

    percent = NumberField(
        _("Reported at all, in percent"),
        lowest=1,
        highest=99,
        unit="%",
        description=_("Leave it empty to return to the usual value."),
    )
    reason = LinesField(
        _("How it is known"),
        [Answered()],
        longest=1000,
        description=_("It is kept beside the value, with your name."),
    )

    def share(self) -> float | None:
        """Return what was entered as a share of one, None for the usual one."""
        percent: float | None = self.percent.data
        return None if percent is None else percent / 100


class PrepareForm(Form):
    """Prepare the hand-over."""

    effects = SelectMultipleField(_("Effects that go with the remains"), coerce=int)
    not_recovered = LinesField(_("What was not recovered, and what the family wants then"))

    def offer(self, effects: Iterable[PersonalEffect]) -> None:
        """Offer ``effects``; all of them are chosen until somebody says otherwise."""
        offered = {effect.id: f"{effect.number} {kind_of(effect)}" for effect in effects}
        self.effects.choices = list(offered.items())
        if not self.is_submitted():
            self.effects.data = list(offered)


class HandForm(Form, HasRecipient):
    """Record the hand-over and the reburial."""

    name = TextField(_("Who received the remains"), [Answered()], longest=200)
    relation = TextField(_("Relation to the person"), [Answered()], longest=120)
    identity_document = TextField(_("Identity document shown"), longest=120)
    contact = TextField(_("How to reach them"), longest=200)
    released_on = PartialDateField(_("Handed over on"), [Answered()])
    reburial_place = TextField(_("Place of burial"), longest=300)
    reburial_plot = TextField(_("Plot or grave number"), longest=120)
    reburied_on = PartialDateField(_("Buried on"))
    reburial_position = PositionField(_("Position of the grave"))

    def handing(self) -> Handing:
        """Return what was entered."""
        buried = self.reburied_on.data
        return Handing(
            recipient=self.recipient,
            released_on=self.released_on.data.latest,
            reburial_place=self.reburial_place.data,
            reburial_plot=self.reburial_plot.data,
            reburied_on=None if buried is None else buried.latest,
            reburial_position=self.reburial_position.data,
        )


class UseForm(Form):
    """Whether a relative's profile is used although it does not fit."""

    use = RadioField(
        _("What is to be done"),
        [Answered()],
        choices=lambda: [
            ("leave_out", gettext("Leave this relative's profile out of every weighing")),
            ("use", gettext("Use all profiles of the family")),
        ],
    )
    reason = LinesField(_("Why"), required=True, longest=1000)


class LikenessForm(Form):
    """What is made of two profiles that are alike."""

    finding = CodeField(_("What was found out"), LikenessVerdict, required=True)
    runs = SelectMultipleField(
        _("Contaminated runs"),
        [Optional()],
        coerce=int,
        choices=[],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        description=_("They are taken out of every weighing at once; nothing is deleted."),
    )
    reason = LinesField(_("Why"), required=True, longest=1000)

    def offer(self, runs: Iterable[TypingRun]) -> None:
        """Offer the runs that count of both profiles."""
        self.runs.choices = [
            (each.id, series([each.specimen.code, each.label or day(each.typed_on)]))
            for each in runs
        ]
