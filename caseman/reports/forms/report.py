"""The questions about a missing person: one long form, every question may stay unanswered."""

from collections.abc import Sequence
from typing import Any, ClassVar

from wtforms import SelectField
from wtforms.validators import ValidationError

from caseman.accounts.models import Operation
from caseman.calendars import PartialDate
from caseman.coding import Language, Sex
from caseman.coding.kinds import DentalFeature, EffectKind
from caseman.coding.physical import HairColour, Handedness
from caseman.reports.codes import Circumstance, Interview, Relation, StatureWord, YesNo
from caseman.reports.drafts import Answers, NewCompanion, NewEffect, NewInformant
from caseman.reports.forms.dated import LONGEST, aged, born, dated, tall, until
from caseman.reports.forms.rows import (
    CARRIED,
    DOCUMENTS,
    WORN,
    add_effects,
    drafts_of,
    effect_of,
    effect_rows,
    mark_rows,
)
from caseman.reports.forms.voice import VoiceForm
from caseman.reports.numbers import REPORT, read_number
from caseman.web.forms import (
    Answered,
    CodeField,
    CodesField,
    Form,
    LinesField,
    PartialDateField,
    PhotosField,
    TextField,
)
from caseman.web.forms.codes import NO_CHOICE
from caseman.web.language import spoken
from caseman.web.unit_of_work import show_again
from caseman.web.words import gettext as _
from caseman.web.words import lazy_gettext

ROWS = ("effects", "marks")
ANSWERABLE = (
    "name_father",
    "name_grandfather",
    "name_family",
    "name_mother",
    "sex",
    "birth",
    "last_seen",
    "last_seen_place",
    "circumstance",
    "carried_id",
    "stature_cm",
    "handedness",
    "hair",
    "dental_text",
    "medical_text",
)
MOST_PHOTOS = 5
BORN_HINT = lazy_gettext("As far as you know; the year is enough")
SEEN_HINT = lazy_gettext("As far as you know; the month or the year is enough")


class QuestionsForm(Form):
    """What is asked about the missing person, of families and of staff alike."""

    POINTED: ClassVar = ("clothes", "things", "documents")
    """Questions that are answered by pointing at drawings; each answer is an effect."""

    name_given = TextField(lazy_gettext("Given name"), longest=120)
    name_father = TextField(lazy_gettext("Father's name"), longest=120)
    name_grandfather = TextField(lazy_gettext("Grandfather's name"), longest=120)
    name_family = TextField(lazy_gettext("Family name"), longest=120)
    name_mother = TextField(lazy_gettext("Mother's name"), longest=200)
    nickname = TextField(
        lazy_gettext("Other names"),
        longest=120,
        description=lazy_gettext("What people call them: Abu or Umm, a nickname, another spelling"),
    )
    sex = CodeField(lazy_gettext("Sex"), Sex)
    birth = PartialDateField(lazy_gettext("Born"), description=BORN_HINT)
    birth_text = TextField(lazy_gettext("Or born when, in your words"), longest=LONGEST["birth"])
    age_text = TextField(
        lazy_gettext("Or: age when last seen"),
        longest=120,
        description=lazy_gettext("As you would say it: 30, about 30, 30 to 35, born in 1990"),
    )
    last_seen = PartialDateField(lazy_gettext("Last seen, or last heard of"), description=SEEN_HINT)
    last_seen_text = TextField(
        lazy_gettext("Or when, in your words"),
        longest=LONGEST["last_seen"],
        description=lazy_gettext(
            "For example: spring 2016, before Ramadan 1437, two days after the school was hit"
        ),
    )
    last_seen_place = TextField(lazy_gettext("Where"), longest=300)
    circumstance = CodeField(lazy_gettext("What was happening"), Circumstance)
    circumstance_text = LinesField(lazy_gettext("In your words"), longest=5000)
    companions = LinesField(
        lazy_gettext("Who was with them"),
        longest=3000,
        description=lazy_gettext("One name on each line"),
    )
    carried_id = CodeField(lazy_gettext("Did they carry a document?"), YesNo)
    stature_cm = TextField(
        lazy_gettext("Height"),
        longest=120,
        description=lazy_gettext("In centimetres, or in your words: as tall as his brother"),
    )
    stature_word = CodeField(lazy_gettext("Or in a word"), StatureWord)
    handedness = CodeField(lazy_gettext("Hand they write or work with"), Handedness)
    hair = CodeField(lazy_gettext("Hair"), HairColour)
    physical_text = LinesField(lazy_gettext("Anything else one would notice"), longest=5000)
    marks = mark_rows(lazy_gettext("Marks, old injuries, operations"))
    dental_codes = CodesField(lazy_gettext("Teeth"), DentalFeature)
    dental_text = LinesField(lazy_gettext("Teeth, in your words"), longest=3000)
    medical_text = LinesField(lazy_gettext("Illnesses, medicines"), longest=3000)
    clothes = CodesField(lazy_gettext("Clothes and shoes"), WORN)
    things = CodesField(lazy_gettext("Jewellery and things"), CARRIED)
    documents = CodesField(lazy_gettext("Documents"), DOCUMENTS)
    effects = effect_rows(lazy_gettext("More about clothes and things"))
    more = TextField()
    """Which rows the reader wants one more of: the name of the button that was pressed."""

    def wants_more(self) -> bool:
        """Add the row that was asked for; say whether one was."""
        if self.more.data == "pointed":
            self._say_more()
            return True
        if self.more.data not in ROWS:
            return False
        rows = self[self.more.data]
        if len(rows.entries) < rows.max_entries:
            rows.append_entry()
        show_again()
        return True

    def _say_more(self) -> None:
        """Give what was pointed at a row of its own each, in which more can be said."""
        left = add_effects(self.effects, self._pointed())
        for name in self.POINTED:
            self[name].data = [kind for kind in self[name].data if kind in left]
        show_again()

    def _pointed(self) -> list[EffectKind]:
        return [kind for name in self.POINTED for kind in self[name].data or ()]

    def _effects(self) -> tuple[NewEffect, ...]:
        """Return what the rows tell, and what was pointed at without a row of its own."""
        rows = drafts_of(self.effects)
        told = {row.kind for row in rows}
        return (*rows, *(effect_of(kind) for kind in self._pointed() if kind not in told))

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Ask for some name: without any, nobody can be looked for."""
        valid = super().validate(extra_validators)
        if spoken() or self._full_name() or self.nickname.data or self.name_given.errors:
            return valid
        self.name_given.errors = [_("Enter a name, or at least what people call them.")]
        return False

    def answers(self) -> Answers:
        """Return what was told."""
        carried: YesNo | None = self.carried_id.data
        return self.to(
            Answers,
            name_full=self._full_name(),
            **born(dated("birth", self.birth, self.birth_text.data), self.age_text.data),
            **self.last_seen_columns(),
            **aged(self.age_text.data),
            **tall(self.stature_cm.data),
            carried_id=None if carried is None else carried is YesNo.YES,
            dental_codes=tuple(code.value for code in self.dental_codes.data or ()),
            companions=tuple(
                NewCompanion(line.strip()[:300])
                for line in self.companions.data.splitlines()
                if line.strip()
            ),
            effects=self._effects(),
            marks=drafts_of(self.marks),
            informant=self.informant(),
        )

    def informant(self) -> NewInformant | None:
        """Return who told; None where that is not asked."""
        return None

    def _full_name(self) -> str:
        parts = (self.name_given, self.name_father, self.name_grandfather, self.name_family)
        return " ".join(part.data for part in parts if part.data)

    def last_seen_columns(self) -> dict[str, Any]:
        """Return the columns of the day last seen."""
        return dated("last_seen", self.last_seen, self.last_seen_text.data)


class PersonForm(QuestionsForm, VoiceForm):
    """A whole report: about the person, who tells it and how they may be reached, photographs."""

    relation = CodeField(lazy_gettext("What you are to them"), Relation)
    informant_name = TextField(lazy_gettext("Your name"))
    phone = TextField(
        lazy_gettext("Phone"),
        longest=60,
        render_kw={"inputmode": "tel", "autocomplete": "off", "dir": "ltr"},
    )
    contact = TextField(lazy_gettext("Another way to reach you"), longest=300)
    safe_contact = TextField(
        lazy_gettext("When and how is it safe?"),
        longest=500,
        description=lazy_gettext("Hours, a word to say first, or who may answer"),
    )
    may_contact = CodeField(lazy_gettext("May we call you?"), YesNo)
    photos = PhotosField(
        lazy_gettext("Photographs"),
        most=MOST_PHOTOS,
        description=lazy_gettext("Of the person, smiling if you have one, or of their things"),
    )

    def informant(self) -> NewInformant | None:
        """Return who told and how they may be reached; None if nothing was said of it."""
        draft = NewInformant(
            self.relation.data,
            self.informant_name.data,
            self.phone.data,
            self.contact.data,
            self.safe_contact.data,
            may_contact=self.may_contact.data is not YesNo.NO,
        )
        return None if draft == NewInformant() else draft


def _row_id(value: str | None) -> int | None:
    """Return the row that was chosen; None for the choice of none."""
    return int(value) if value else None


class ReportForm(PersonForm):
    """A report as staff take it."""

    answerable = ANSWERABLE

    paper_number = TextField(
        lazy_gettext("Number of the paper form"),
        longest=40,
        description=lazy_gettext("If you copy a paper form, the number printed on it"),
    )
    birth_place = TextField(lazy_gettext("Place of birth"))
    occupation = TextField(lazy_gettext("Occupation"))
    region = TextField(lazy_gettext("Region"), longest=120)
    last_seen_until = PartialDateField(
        lazy_gettext("Not later than"),
        description=lazy_gettext(
            "If only known between two dates, or by an event: the end; the beginning stands above"
        ),
    )

    def last_seen_columns(self) -> dict[str, Any]:
        """Return the columns of the day last seen, up to the end that staff found out."""
        return until(super().last_seen_columns(), self.last_seen_until.data)

    def validate_last_seen_until(self, field: PartialDateField) -> None:
        """Refuse an end before the beginning."""
        begin: PartialDate | None = self.last_seen.data
        if field.data and begin and field.data.latest < begin.earliest:
            raise ValidationError(_("This lies before the beginning. Check both dates."))

    def validate_paper_number(self, field: TextField) -> None:
        """Refuse a number with a slip of the pen in it."""
        if read_number(field.data, REPORT) is None:
            raise ValidationError(
                _("This is not a number we print: look for AM- and eight letters and digits.")
            )

    @property
    def number(self) -> str | None:
        """The pre-issued number, if the report was taken on paper."""
        return read_number(self.paper_number.data, REPORT) if self.paper_number.data else None


class NewReportForm(ReportForm):
    """A report that is taken now; whoever works in several operations says for which."""

    interview = CodeField(lazy_gettext("How you hear it"), Interview)
    language = CodeField(lazy_gettext("In which language"), Language)
    helped_by = TextField(
        lazy_gettext("Who translates or helps"),
        longest=300,
        description=lazy_gettext("What they are, not their name: an interpreter, a neighbour"),
    )
    operation_id = SelectField(lazy_gettext("Operation"), [Answered()], coerce=_row_id)

    def ask(self, operations: Sequence[Operation]) -> None:
        """Ask in which of ``operations`` the person is sought, if there is a choice."""
        if len(operations) < 2:
            del self.operation_id
            return
        offered = [(each.id, f"{each.code} {each.name}") for each in operations]
        self.operation_id.choices = [NO_CHOICE, *offered]

    def operation_among(self, operations: Sequence[Operation]) -> int:
        """Return the operation that was chosen, or the only one."""
        return int(self.operation_id.data) if "operation_id" in self else operations[0].id


class CorrectionForm(ReportForm):
    """A report with its stored answers, to be corrected; the informant is kept elsewhere."""

    reason = LinesField(
        lazy_gettext("Why is it corrected?"),
        required=True,
        longest=1000,
        description=lazy_gettext("The old answers stay in the history with this reason."),
    )
