"""What a family is asked, and the two numbers by which they come back."""

from collections.abc import Sequence

from wtforms import BooleanField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from caseman.accounts.models import Team
from caseman.coding import N_, Absence, Code, Language
from caseman.reports.codes import RECIPIENTS, ConsentPurpose, YesNo
from caseman.reports.drafts import Asked, NewInformant
from caseman.reports.forms.report import (
    ANSWERABLE,
    BORN_HINT,
    MOST_PHOTOS,
    SEEN_HINT,
    PersonForm,
    QuestionsForm,
)
from caseman.reports.forms.voice import VoiceForm
from caseman.web.forms import (
    CodeField,
    CodesField,
    Form,
    LinesField,
    PhotosField,
    TextField,
    ToldDateField,
)
from caseman.web.words import lazy_gettext


class NoAnswer(Code):
    """Why a family leaves a question open: the same values as ``Absence``, in their own words."""

    UNKNOWN = Absence.UNKNOWN.value, N_("I do not know")
    DECLINED = Absence.DECLINED.value, N_("I prefer not to say")
    DEFERRED = Absence.DEFERRED.value, N_("Ask me later")


class FamilyQuestions(QuestionsForm):
    """As families are asked: fewer reasons to choose, and only where the reason says something."""

    absence_codes = tuple(NoAnswer)
    answerable = tuple(name for name in ANSWERABLE if not name.startswith("name_"))

    birth = ToldDateField(lazy_gettext("Born"), description=BORN_HINT)
    last_seen = ToldDateField(lazy_gettext("Last seen, or last heard of"), description=SEEN_HINT)


class FamilyForm(FamilyQuestions, PersonForm):
    """The report of a family."""


class ReturnForm(Form):
    """The reference and the secret number of the receipt."""

    reference = TextField(
        lazy_gettext("Reference"),
        required=True,
        longest=60,
        description=lazy_gettext("Eight letters and digits"),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "dir": "ltr"},
    )
    secret = TextField(
        lazy_gettext("Secret number"),
        required=True,
        longest=100,
        description=lazy_gettext("Twenty digits, with or without spaces"),
        render_kw={"autocomplete": "off", "inputmode": "numeric", "dir": "ltr"},
    )


class FamilyCorrectionForm(FamilyQuestions):
    """A family's report with its stored answers; how it is reached and its photographs aside."""

    note = LinesField(
        lazy_gettext("What was different? Only if you want to say it"),
        longest=1000,
        description=lazy_gettext("What you told us before stays on record beside it"),
    )


class FamilyWithdrawForm(Form):
    """Taking a report back, without a reason if none is given."""

    note = LinesField(
        lazy_gettext("Is there something you want to say? You do not have to"), longest=1000
    )


class ConsentForm(Form):
    """Who else may read a report, whether DNA is compared, and how the family is reached.

    What is not ticked is a no.
    """

    partners = SelectMultipleField(
        lazy_gettext("These organisations work with us. Which of them may read your report?"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    recipients = CodesField(
        lazy_gettext("To whom else may we give what you told us?"),
        RECIPIENTS,
        description=lazy_gettext("Your name and your phone number are never given with it"),
    )
    dna = CodeField(
        lazy_gettext("May we compare DNA that relatives give for this search?"),
        YesNo,
        description=lazy_gettext(
            "If you say no, nothing is compared from this moment on; nothing is destroyed"
        ),
    )
    may_contact = CodeField(lazy_gettext("May we call you?"), YesNo, required=True)
    phone = TextField(
        lazy_gettext("A new phone number"),
        longest=60,
        description=lazy_gettext("What we have is not shown here; left empty, it stays"),
        render_kw={"inputmode": "tel", "autocomplete": "off", "dir": "ltr"},
    )
    contact = TextField(lazy_gettext("Another new way to reach you"), longest=300)
    safe_contact = TextField(
        lazy_gettext("When and how is it safe?"),
        longest=500,
        description=lazy_gettext("Hours, a word to say first, or who may answer"),
    )

    for_all = BooleanField(
        lazy_gettext("The same for every person I told you of"),
        description=lazy_gettext("Otherwise it counts for this person alone"),
    )

    def offer(self, teams: Sequence[Team], *, several: bool) -> None:
        """Ask about these partners, and for whom it counts where the family told of several."""
        if not several:
            del self.for_all
        if not teams:
            del self.partners
            return
        self.partners.choices = [(team.id, team.name) for team in teams]
        self.asked = [team.id for team in teams]

    def said(self) -> dict[Asked, bool]:
        """Return yes or no to each question that was asked."""
        chosen = set(self.recipients.data or ())
        said = {Asked(each): each in chosen for each in RECIPIENTS}
        if self.dna.data is not None:
            said[Asked(ConsentPurpose.DNA)] = self.dna.data is YesNo.YES
        if "partners" in self:
            ticked = set(self.partners.data or ())
            said |= {Asked(ConsentPurpose.PARTNER, each): each in ticked for each in self.asked}
        return said

    @property
    def counts_for_all(self) -> bool:
        """Whether it is said of every person the family told of."""
        return "for_all" in self and bool(self.for_all.data)

    def reached(self) -> NewInformant:
        """Return how the family wants to be reached."""
        return NewInformant(
            phone=self.phone.data,
            contact=self.contact.data,
            safe_contact=self.safe_contact.data,
            may_contact=self.may_contact.data is YesNo.YES,
        )


class TakenConsentForm(ConsentForm):
    """The same questions, asked and answered aloud: staff write the answers down."""

    heard = TextField(
        lazy_gettext("Who answered, and how"),
        required=True,
        longest=300,
        description=lazy_gettext("Such as: the mother, on the phone, with her son translating"),
    )
    language = CodeField(lazy_gettext("In which language the questions were asked"), Language)


class AddForm(VoiceForm):
    """What a family adds later."""

    text = LinesField(lazy_gettext("What would you like to add?"), longest=5000)
    photos = PhotosField(lazy_gettext("Photographs"), most=MOST_PHOTOS)
