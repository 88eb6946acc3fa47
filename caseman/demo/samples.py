"""Samples of the story: cut from remains, given by relatives, sent under codes."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import Operation, Team, User
from caseman.contamination.codes import Activity
from caseman.contamination.services import NewMember, StaffSampleTaken, register, withdraw
from caseman.demo import genotypes
from caseman.laboratory import holders
from caseman.laboratory.codes import (
    ConsentManner,
    MinimumRule,
    MutationKind,
    SampleMaterial,
    SourceKind,
    SpecimenStatus,
    Threshold,
)
from caseman.laboratory.models import Specimen
from caseman.laboratory.reading.frequencies import SHIPPED
from caseman.laboratory.reading.tables import read_table
from caseman.laboratory.services import (
    NewSubmission,
    NewTable,
    RunFacts,
    Step,
    Weighing,
    add_table,
    advance,
    import_runs,
    prepare,
    preview,
    send,
    settle,
    verify,
)
from caseman.permissions import Scope
from caseman.remains.codes import BoneSide
from caseman.remains.models import Remains
from caseman.remains.services import NewSample, cut_sample
from caseman.reports.codes import Bond, Kin, Living
from caseman.reports.drafts import ConsentGiven, RelativeFacts, SampleTaken
from caseman.reports.models import MissingPerson, ReferenceSample, Relative
from caseman.reports.services import add_relative, take_sample, withdraw_consent

CUT = date(2019, 3, 20)
GIVEN = date(2019, 4, 2)
CONSENT = ConsentGiven(
    GIVEN,
    ConsentManner.SIGNED,
    "For the search of this missing person only. A code goes to the laboratory, no name. "
    "Kept until the search ends, or until I ask for it back.",
)
FAMILIES = (
    (
        0,
        (
            RelativeFacts(Kin.SISTER, name="أخت", living=Living.ALIVE),
            RelativeFacts(Kin.MOTHER, living=Living.DIED),
            RelativeFacts(Kin.SON, bond=Bond.ADOPTED, living=Living.ALIVE),
        ),
    ),
    (
        3,
        (
            RelativeFacts(Kin.MOTHER, name="Dayik"),
            RelativeFacts(Kin.FATHER, name="Bav"),
            RelativeFacts(Kin.SISTER),
        ),
    ),
    (4, (RelativeFacts(Kin.SON, name="A son"),)),
)
"""Which missing person, and the relatives: those with a name gave a swab."""
WITHDRAWN = 4
STAFF = {
    "Examiner Nimune": Activity.EXAMINATION,
    "A digger": Activity.RECOVERY,
    "A guest": Activity.VISITOR,
}
TO_RULE_OUT = "Compared to find contamination only, by code. Destroyed when I leave or ask for it."


def give(session: Session, persons: list[MissingPerson], staff: dict[str, User]) -> None:
    """Enter relatives, what they agreed to and what they gave; the last one takes it back."""
    intake = staff["intake"]
    for place, tree in FAMILIES:
        for facts in tree:
            relative = add_relative(session, persons[place], facts)
            if facts.name:
                taken = SampleTaken(SampleMaterial.SWAB, GIVEN, intake.name)
                sample = take_sample(session, relative, taken, CONSENT, intake)
                if place == WITHDRAWN:
                    why = "He asked for it on the telephone."
                    withdraw_consent(session, sample.consent, why, intake)


def cut(session: Session, remains: list[Remains], team: Team, staff: dict[str, User]) -> None:
    """Cut a femur of the lot; draw a tooth of the young man and cut his femur."""
    by = staff["examiner"].name
    femur = NewSample(
        material=SampleMaterial.BONE,
        element="FEM",
        side=BoneSide.LEFT,
        weight_g=4.2,
        cut_on=CUT,
        cut_by=by,
        note="Middle of the shaft, away from old fractures.",
    )
    tooth = NewSample(material=SampleMaterial.TOOTH, fdi=36, weight_g=1.1, cut_on=CUT, cut_by=by)
    cut_sample(session, remains[4], team.id, femur)
    cut_sample(session, remains[3], team.id, tooth)
    cut_sample(session, remains[3], team.id, femur)


def register_staff(session: Session, operation: Operation, staff: dict[str, User]) -> None:
    """Register two people who touch samples; a third takes consent back."""
    steward = staff["steward"]
    members = [
        register(
            session,
            operation.id,
            NewMember(name, activity, GIVEN, ConsentManner.SIGNED, TO_RULE_OUT),
            StaffSampleTaken(SampleMaterial.SWAB, GIVEN, steward.name),
            steward,
        )
        for name, activity in STAFF.items()
    ]
    withdraw(session, members[-1], "Left the team.", steward)


def weigh(session: Session, operation: Operation, staff: dict[str, User]) -> None:
    """Choose the frequencies of the region and the threshold of the laboratory."""
    west_asia, analyst = SHIPPED[0], staff["dna"]
    new = NewTable(
        name=west_asia.name,
        population=west_asia.population,
        source=west_asia.source,
        chromosomes=west_asia.chromosomes,
        minimum_rule=MinimumRule.FIXED,
        fixed=0.001,
        frequencies=west_asia.frequencies,
    )
    table = add_table(session, operation, new, analyst)
    settings = Weighing(
        table.id, Threshold.STRICT, 500, 0.0, MutationKind.PROPORTIONAL, 0.001, 0.002
    )
    settle(session, operation, settings, analyst)


def submit(session: Session, scope: Scope, staff: dict[str, User]) -> None:
    """Send what waits for a code, but for two: one is coded and not sent, one has no code yet."""
    steward, analyst = staff["steward"], staff["dna"]
    _, later, *most = holders.waiting(session, scope)
    sent = prepare(session, NewSubmission("Example laboratory", "Keep dry.", most), steward)
    send(session, sent, date(2019, 4, 10), steward)
    for specimen in sent.specimens:
        _work(session, specimen, analyst)
    _type(session, scope, sent.specimens, staff)
    prepare(session, NewSubmission("Example laboratory", "", [later]), steward)


def _type(
    session: Session, scope: Scope, specimens: list[Specimen], staff: dict[str, User]
) -> None:
    """Import two runs of each sample; the first is verified, the second waits."""
    codes = [(each.code, session.scalar(_kin_of(each))) for each in specimens]
    of_staff = {each.code for each in specimens if each.source.kind is SourceKind.STAFF}
    read = read_table(genotypes.table(codes, of_staff))
    facts = RunFacts("globalfiler", "Plate 1", date(2019, 4, 29))
    for run in import_runs(session, preview(session, scope, read), facts, staff["dna"]):
        verify(session, run, staff["dna2"])
    again = RunFacts("globalfiler", "Plate 2", date(2019, 5, 3))
    import_runs(session, preview(session, scope, read), again, staff["dna2"])


def _kin_of(specimen: Specimen) -> sa.Select[Kin]:
    """Whose sample it is in the family of the story; nobody's where it is of remains."""
    given = sa.select(Relative.kin).join(ReferenceSample)
    return given.where(ReferenceSample.specimen_id == specimen.id)


def _work(session: Session, specimen: Specimen, analyst: User) -> None:
    for status, day in ((SpecimenStatus.RECEIVED, 14), (SpecimenStatus.EXTRACTED, 20)):
        advance(session, specimen, Step(status, date(2019, 4, day), analyst))
