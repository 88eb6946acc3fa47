"""Missing persons and ante-mortem reports.

What an informant told stays in that informant's report. The missing person's own columns are the
summary by which lists sort and filter; ``services.summarise`` writes them from the reports.
"""

from datetime import date, datetime
from typing import Any, ClassVar, TypedDict

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import Operation, User
from caseman.audit.guard import append_only
from caseman.audit.recorder import Audited
from caseman.coding import Calendar, Language, Sex
from caseman.coding.belongings import Colour, EffectCategory, Material, Slot
from caseman.coding.physical import HairColour, Handedness, MarkKind
from caseman.database import Base, SortedText, Versioned, code_type, now
from caseman.media.codes import SoundType
from caseman.media.models import MediaFile
from caseman.reports.codes import (
    AdditionKind,
    CallNext,
    CallOutcome,
    CallReason,
    Channel,
    Circumstance,
    DatePrecision,
    Interview,
    MissingPersonStatus,
    PlacePrecision,
    Relation,
    StatureWord,
    TriageState,
)
from caseman.sealing.fields import HasSealed, Sealed, new_uid


class MissingPerson(Audited, Versioned, Base):
    """A person who is looked for."""

    __tablename__ = "missing_person"
    __table_args__ = (
        sa.Index("ix_missing_person_operation_number", "operation_id", "number"),
        sa.Index("ix_missing_person_operation_name", "operation_id", "name_sort", "id"),
        sa.Index("ix_missing_person_operation_seen", "operation_id", "last_seen_from", "id"),
        sa.Index("ix_missing_person_operation_last_seen", "operation_id", "last_seen_to", "id"),
        sa.Index("ix_missing_person_operation_sex", "operation_id", "sex", "id"),
        sa.Index("ix_missing_person_operation_status", "operation_id", "status", "id"),
        sa.Index("ix_missing_person_operation_entered", "operation_id", "registered_at", "id"),
        sa.Index("ix_missing_person_operation_birth", "operation_id", "birth_from", "id"),
        sa.Index("ix_missing_person_operation_place", "operation_id", "last_seen_place_sort"),
        sa.Index("ix_missing_person_operation_channel", "operation_id", "channel", "id"),
        sa.Index("ix_missing_person_operation_photo", "operation_id", "has_photograph", "id"),
        sa.CheckConstraint("birth_from <= birth_to", name="birth_range"),
        sa.CheckConstraint("last_seen_from <= last_seen_to", name="last_seen_range"),
    )

    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    uid: Mapped[str] = mapped_column(sa.String(32), unique=True, default=new_uid)
    """The subject whose key seals what is sealed about this person."""
    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id))
    status: Mapped[MissingPersonStatus] = mapped_column(
        code_type(MissingPersonStatus), default=MissingPersonStatus.REPORTED
    )
    name: Mapped[str] = mapped_column(sa.String(400))
    name_latin: Mapped[str] = mapped_column(sa.String(400), default="")
    """The name as read in Latin letters, for readers without Arabic."""
    name_sort: Mapped[str] = mapped_column(SortedText(400), default="")
    """The name as it is compared, so that spellings of one letter stand together in a list."""
    sex: Mapped[Sex | None] = mapped_column(code_type(Sex))
    birth_from: Mapped[date | None]
    birth_to: Mapped[date | None]
    last_seen_from: Mapped[date | None]
    last_seen_to: Mapped[date | None]
    last_seen_place: Mapped[str] = mapped_column(sa.String(300), default="")
    last_seen_place_sort: Mapped[str] = mapped_column(SortedText(300), default="")
    channel: Mapped[Channel | None] = mapped_column(code_type(Channel))
    """How the first report came."""
    has_photograph: Mapped[bool] = mapped_column(default=False)
    dna_refused: Mapped[bool | None]
    """True while a family that reported this person wants no DNA compared; else None."""
    duplicate_of_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("missing_person.id"), index=True
    )
    closed_reason: Mapped[str] = mapped_column(sa.Text, default="")
    """Why the search was closed, in the words of the person who closed it."""
    closed_at: Mapped[datetime | None]
    registered_at: Mapped[datetime] = mapped_column(default=now)
    evidence_changed_at: Mapped[datetime] = mapped_column(default=now, index=True)
    """When anything that bears on identification last changed here."""

    operation: Mapped[Operation] = relationship()
    reports: Mapped[list["AnteMortemReport"]] = relationship(
        back_populates="missing_person", order_by="AnteMortemReport.id"
    )


class AnteMortemReport(Audited, Versioned, Base):
    """What one informant told about one missing person. Every answer may be missing."""

    __tablename__ = "ante_mortem_report"
    __table_args__ = (
        sa.CheckConstraint("stature_cm between 30 and 260", name="stature"),
        sa.CheckConstraint("age_told_min <= age_told_max", name="age_told"),
        sa.CheckConstraint("birth_from <= birth_to", name="birth_range"),
        sa.CheckConstraint("last_seen_from <= last_seen_to", name="last_seen_range"),
        sa.Index("ix_ante_mortem_report_triage", "triage", "told_at", "id"),
        sa.Index("ix_ante_mortem_report_told", "told_at", "id"),
    )

    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    missing_person_id: Mapped[int] = mapped_column(sa.ForeignKey(MissingPerson.id), index=True)
    channel: Mapped[Channel] = mapped_column(code_type(Channel))
    triage: Mapped[TriageState] = mapped_column(code_type(TriageState), default=TriageState.NEW)
    source: Mapped[str | None] = mapped_column(sa.String(60))
    source_id: Mapped[str | None] = mapped_column(sa.String(60))
    """Its id where it came from; that an operation takes it only once, ``imported_row`` holds."""
    language: Mapped[Language | None] = mapped_column(code_type(Language))
    told_at: Mapped[datetime] = mapped_column(default=now)
    taken_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    interview: Mapped[Interview | None] = mapped_column(code_type(Interview))
    helped_by: Mapped[str | None] = mapped_column(sa.String(300))
    """Who translated or sat beside, without names that would endanger anybody."""
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(sa.Text, default="")
    corrected_at: Mapped[datetime | None]
    told_with_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("ante_mortem_report.id"), index=True
    )
    """The first report of the same family, whose reference and secret open this one too."""
    triage_note: Mapped[str] = mapped_column(sa.Text, default="")
    """What the person who sorted it wrote: when to call, why it is out of scope."""

    name_full: Mapped[str] = mapped_column(sa.String(400), default="")
    name_given: Mapped[str] = mapped_column(sa.String(120), default="")
    name_father: Mapped[str] = mapped_column(sa.String(120), default="")
    name_grandfather: Mapped[str] = mapped_column(sa.String(120), default="")
    name_family: Mapped[str] = mapped_column(sa.String(120), default="")
    name_mother: Mapped[str] = mapped_column(sa.String(200), default="")
    nickname: Mapped[str] = mapped_column(sa.String(120), default="")
    sex: Mapped[Sex | None] = mapped_column(code_type(Sex))
    birth_text: Mapped[str] = mapped_column(sa.String(120), default="")
    birth_calendar: Mapped[Calendar | None] = mapped_column(
        code_type(Calendar, name="birth_calendar")
    )
    birth_from: Mapped[date | None]
    birth_to: Mapped[date | None]
    age_told_min: Mapped[float | None]
    age_told_max: Mapped[float | None]
    age_text: Mapped[str | None] = mapped_column(sa.String(120))
    """As it was told, where it was told in words."""
    birth_place: Mapped[str] = mapped_column(sa.String(200), default="")
    occupation: Mapped[str] = mapped_column(sa.String(200), default="")

    last_seen_text: Mapped[str] = mapped_column(sa.String(200), default="")
    last_seen_calendar: Mapped[Calendar | None] = mapped_column(
        code_type(Calendar, name="last_seen_calendar")
    )
    last_seen_precision: Mapped[DatePrecision | None] = mapped_column(code_type(DatePrecision))
    last_seen_from: Mapped[date | None]
    last_seen_to: Mapped[date | None]
    last_seen_place: Mapped[str] = mapped_column(sa.String(300), default="")
    last_seen_lat: Mapped[float | None]
    last_seen_lon: Mapped[float | None]
    place_precision: Mapped[PlacePrecision | None] = mapped_column(code_type(PlacePrecision))
    region: Mapped[str] = mapped_column(sa.String(120), default="")
    circumstance: Mapped[Circumstance | None] = mapped_column(code_type(Circumstance))
    circumstance_text: Mapped[str] = mapped_column(sa.Text, default="")
    carried_id: Mapped[bool | None]

    stature_cm: Mapped[float | None]
    stature_text: Mapped[str | None] = mapped_column(sa.String(120))
    """As it was told, where the figure alone does not say it."""
    stature_word: Mapped[StatureWord | None] = mapped_column(code_type(StatureWord))
    handedness: Mapped[Handedness | None] = mapped_column(code_type(Handedness))
    hair: Mapped[HairColour | None] = mapped_column(code_type(HairColour))
    physical_text: Mapped[str] = mapped_column(sa.Text, default="")
    dental_codes: Mapped[list[str]] = mapped_column(default=list)
    """Whole-mouth codes such as missing_molars."""
    teeth: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """FDI number -> state, where a chart or a relative tells of single teeth."""
    dental_text: Mapped[str] = mapped_column(sa.Text, default="")
    medical_text: Mapped[str] = mapped_column(sa.Text, default="")
    absences: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Field -> why it holds no answer (``caseman.coding.Absence``)."""

    missing_person: Mapped[MissingPerson] = relationship(back_populates="reports")
    informant: Mapped["Informant | None"] = relationship(back_populates="report")
    effects: Mapped[list["ReportedEffect"]] = relationship(
        back_populates="report", order_by="ReportedEffect.ordinal"
    )
    marks: Mapped[list["ReportedMark"]] = relationship(
        back_populates="report", order_by="ReportedMark.id"
    )
    companions: Mapped[list["Companion"]] = relationship(
        back_populates="report", order_by="Companion.id"
    )
    photographs: Mapped[list["ReportPhotograph"]] = relationship(back_populates="report")
    voice_notes: Mapped[list["VoiceNote"]] = relationship(
        back_populates="report", order_by="VoiceNote.id"
    )
    additions: Mapped[list["ReportAddition"]] = relationship(
        back_populates="report", order_by="ReportAddition.id"
    )
    calls: Mapped[list["CallRecord"]] = relationship(
        back_populates="report", order_by="CallRecord.id"
    )
    family_access: Mapped["FamilyAccess | None"] = relationship(back_populates="report")


class ReportPart(Audited):
    """A row that belongs to a report and is named after it in the trail."""

    report: Any

    @property
    def audit_subject(self) -> str:
        return self.report.number if self.report is not None else ""


class Reach(TypedDict):
    """How a family may be reached without danger."""

    channel: str
    opens: str
    """From when on, by the family's clock: ``08:30``; empty where any hour will do."""
    closes: str
    clock: int
    """How many minutes that clock is ahead of UTC."""
    code_word: str
    """To say first, so that they know who calls."""
    heard: str
    """The family's own words from which the rules were made: they hold while those stand."""


class Informant(HasSealed, ReportPart, Versioned, Base):
    """Who told, and how they may be reached: sealed, because lives hang on it."""

    __tablename__ = "informant"

    report_id: Mapped[int] = mapped_column(sa.ForeignKey(AnteMortemReport.id), unique=True)
    relation: Mapped[Relation | None] = mapped_column(code_type(Relation))
    name_sealed: Mapped[bytes | None]
    name = Sealed[str]()
    phone_sealed: Mapped[bytes | None]
    phone = Sealed[str]()
    phone_index: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    """Blind index of the phone number: equal numbers are found without being read."""
    contact_sealed: Mapped[bytes | None]
    contact = Sealed[str]()
    """Address and other ways to reach the informant."""
    safe_contact_sealed: Mapped[bytes | None]
    safe_contact = Sealed[str]()
    """Hours, channel, code word; or never to make contact: in the family's words."""
    reach_sealed: Mapped[bytes | None]
    reach = Sealed[Reach]()
    """The same as rules, for whoever calls."""
    may_contact: Mapped[bool] = mapped_column(default=True)

    report: Mapped[AnteMortemReport] = relationship(back_populates="informant")

    @property
    def rules(self) -> Reach | None:
        """By which rules to call; none once the family said something else."""
        held = self.reach
        return held if held and held["heard"] == (self.safe_contact or "") else None


@append_only
class CallRecord(HasSealed, ReportPart, Base):
    """Somebody called, or tried to."""

    __tablename__ = "call_record"

    report_id: Mapped[int] = mapped_column(sa.ForeignKey(AnteMortemReport.id), index=True)
    called_at: Mapped[datetime]
    called_by_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))
    call_reason: Mapped[CallReason] = mapped_column(code_type(CallReason))
    call_outcome: Mapped[CallOutcome] = mapped_column(code_type(CallOutcome))
    next_step: Mapped[CallNext] = mapped_column(code_type(CallNext))
    not_before: Mapped[date | None]
    """The day from which on to call again."""
    phone_sealed: Mapped[bytes | None]
    phone = Sealed[str]()
    """The number that was called."""
    said_sealed: Mapped[bytes | None]
    said = Sealed[str]()
    """What was said."""
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    report: Mapped[AnteMortemReport] = relationship(back_populates="calls")
    called_by: Mapped[User] = relationship()


class ReportedEffect(ReportPart, Base):
    """Clothing worn or a thing carried when last seen."""

    __tablename__ = "reported_effect"
    __table_args__ = (sa.UniqueConstraint("report_id", "ordinal"),)

    report_id: Mapped[int] = mapped_column(sa.ForeignKey(AnteMortemReport.id))
    ordinal: Mapped[int]
    category: Mapped[EffectCategory] = mapped_column(code_type(EffectCategory))
    kind: Mapped[str] = mapped_column(sa.String(60), default="")
    slot: Mapped[Slot | None] = mapped_column(code_type(Slot))
    colour: Mapped[Colour | None] = mapped_column(code_type(Colour))
    descriptor: Mapped[str] = mapped_column(sa.String(200), default="")
    material: Mapped[Material | None] = mapped_column(code_type(Material))
    inscription: Mapped[str] = mapped_column(sa.String(500), default="")
    """A name, word or number on it."""
    description: Mapped[str] = mapped_column(sa.Text, default="")

    report: Mapped[AnteMortemReport] = relationship(back_populates="effects")


class ReportedMark(ReportPart, Base):
    """A mark, healed injury or implant the informant knows of."""

    __tablename__ = "reported_mark"

    report_id: Mapped[int] = mapped_column(sa.ForeignKey(AnteMortemReport.id), index=True)
    kind: Mapped[MarkKind] = mapped_column(code_type(MarkKind))
    code: Mapped[str] = mapped_column(sa.String(60), default="")
    region: Mapped[str] = mapped_column(sa.String(40), default="")
    description: Mapped[str] = mapped_column(sa.String(500), default="")

    report: Mapped[AnteMortemReport] = relationship(back_populates="marks")


class Companion(ReportPart, Base):
    """Somebody who was with the missing person when last seen."""

    __tablename__ = "companion"

    report_id: Mapped[int] = mapped_column(sa.ForeignKey(AnteMortemReport.id), index=True)
    name: Mapped[str] = mapped_column(sa.String(300))
    missing_person_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey(MissingPerson.id), index=True
    )
    """The companion's own record, where they are missing too."""

    report: Mapped[AnteMortemReport] = relationship(back_populates="companions")
    missing_person: Mapped[MissingPerson | None] = relationship()


class ReportPhotograph(ReportPart, Base):
    """A photograph of the person or of belongings."""

    __tablename__ = "report_photograph"
    __table_args__ = (sa.UniqueConstraint("report_id", "media_file_id"),)

    report_id: Mapped[int] = mapped_column(sa.ForeignKey(AnteMortemReport.id))
    media_file_id: Mapped[int] = mapped_column(sa.ForeignKey(MediaFile.id), index=True)
    caption: Mapped[str] = mapped_column(sa.String(300), default="")

    report: Mapped[AnteMortemReport] = relationship(back_populates="photographs")
    media_file: Mapped[MediaFile] = relationship(lazy="joined")


class VoiceNote(HasSealed, ReportPart, Base):
    """What somebody told in their own voice, sealed under a key of its own.

    A voice tells who speaks, so it is kept as closely as the informant's name.
    """

    __tablename__ = "voice_note"
    __table_args__ = (sa.Index("ix_voice_note_unheard", "heard_at", "id"),)
    audit_secrets: ClassVar[frozenset[str]] = frozenset({"sound_sealed"})

    report_id: Mapped[int] = mapped_column(sa.ForeignKey(AnteMortemReport.id), index=True)
    kind: Mapped[SoundType] = mapped_column(code_type(SoundType))
    size: Mapped[int]
    """Bytes."""
    sound_sealed: Mapped[bytes | None] = mapped_column(deferred=True)
    sound = Sealed[str]()
    """In base 64, because a sealed value is JSON."""
    received_at: Mapped[datetime] = mapped_column(default=now)
    received_from_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    """The account that took it; none where the family sent it."""
    heard_at: Mapped[datetime | None]
    heard_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    taken_back_at: Mapped[datetime | None]
    """When the family took it back: its key is destroyed then."""

    report: Mapped[AnteMortemReport] = relationship(back_populates="voice_notes")


class ReportAddition(ReportPart, Base):
    """What the family did later, with their own words if they said any."""

    __tablename__ = "report_addition"
    __table_args__ = (sa.Index("ix_report_addition_unseen", "seen_at", "id"),)

    report_id: Mapped[int] = mapped_column(sa.ForeignKey(AnteMortemReport.id), index=True)
    kind: Mapped[AdditionKind | None] = mapped_column(code_type(AdditionKind))
    """None where words or photographs were added."""
    text: Mapped[str] = mapped_column(sa.Text)
    added_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime | None]
    """When staff took note of it."""

    report: Mapped[AnteMortemReport] = relationship(back_populates="additions")


class FamilyAccess(ReportPart, Base):
    """The family's way back to their report: a public reference and the hash of a secret."""

    __tablename__ = "family_access"
    audit_secrets: ClassVar[frozenset[str]] = frozenset({"secret_hash"})

    report_id: Mapped[int] = mapped_column(sa.ForeignKey(AnteMortemReport.id), unique=True)
    reference: Mapped[str] = mapped_column(sa.String(12), unique=True)
    """Eight Crockford characters, the last a check."""
    secret_hash: Mapped[str] = mapped_column(sa.String(255))
    created_at: Mapped[datetime] = mapped_column(default=now)

    report: Mapped[AnteMortemReport] = relationship(back_populates="family_access")
