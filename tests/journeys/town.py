"""Invented cases in every state that a page shows: the demonstration, and what it leaves out."""

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from caseman.accounts.models import Operation, Team, User
from caseman.accounts.services import roles, second_factor, users
from caseman.coding.belongings import EffectCategory
from caseman.coding.physical import MarkKind, ToothState
from caseman.custody import services as custody
from caseman.custody.codes import ExhibitCondition, StorageKind, TransferPurpose
from caseman.custody.drafts import HandOver, ItemFound, ItemGiven, PlaceFacts, Receipt
from caseman.database import Sessions, now
from caseman.demo import story
from caseman.demo.people import Credentials
from caseman.demo.seeding import Seeded, seed
from caseman.documents.codes import PaperKind
from caseman.documents.services import ask_for
from caseman.effects import services as effects
from caseman.effects.codes import CatalogueState
from caseman.effects.models import BelongingsCatalogue, PersonalEffect
from caseman.exchange.codes import GenotypeFile
from caseman.exchange.genotypes import services as genotype_exports
from caseman.exchange.models import GenotypeExport
from caseman.identification.codes import (
    Basis,
    EffectReleaseBasis,
    LessonState,
    LikenessRelation,
    NotificationManner,
    Outcome,
)
from caseman.identification.drafts import Handing, Looking, Statement, Telling
from caseman.identification.models import (
    Decision,
    DnaCompared,
    DnaLikeness,
    EffectRelease,
    LearnedModel,
    Recipient,
)
from caseman.identification.services import (
    checking,
    decisions,
    effect_releases,
    learning,
    pairings,
    returns,
    signing,
    telling,
    viewings,
)
from caseman.jobs.worker import work_once
from caseman.laboratory.codes import SpecimenStatus
from caseman.laboratory.models import DnaSource, Specimen, Submission
from caseman.matching import DAY_ONE
from caseman.media.codes import SoundType
from caseman.media.models import MediaFile
from caseman.media.services import store_upload
from caseman.media.sounds import Sound
from caseman.media.store import BlobStore
from caseman.oversight.services import ask_check
from caseman.permissions import Role
from caseman.remains import services as findings
from caseman.remains.codes import BoneSide, FoundNameKind, RemainsKind
from caseman.remains.drafts import (
    Injury,
    Measured,
    NameFound,
    NewMark,
    NewPhotograph,
    NewRemains,
    Tooth,
)
from caseman.remains.lesions import Mechanism, Timing
from caseman.remains.models import Remains
from caseman.remains.services import Proposal, lesions
from caseman.reports import services as reports
from caseman.reports.codes import (
    CallNext,
    CallOutcome,
    CallReason,
    Channel,
    MissingPersonStatus,
    Relation,
    SafeChannel,
    TriageState,
)
from caseman.reports.drafts import Called
from caseman.reports.models import (
    AnteMortemReport,
    MissingPerson,
    Reach,
    Relative,
    ReportSharing,
    SamePersonFinding,
)
from caseman.sites.models import Feature
from caseman.sites.services import NewTip, receive_tip
from tests.factories.media import picture, written
from tests.factories.reports import make_report
from tests.factories.sounds import wav

TODAY = date(2026, 3, 1)
SURE = Statement(Outcome.IDENTIFIED, "Age, sex and belongings agree.", Basis.COMBINED)
PAPER = '<html lang="en"><title>Paper</title><p>-</p></html>'
HASH = "-"
"""Nobody signs in to the town by its password."""


@dataclass
class Town:
    """What a test needs. Rows are as they were stored: read anew what a test may change."""

    app: Flask
    staff: dict[str, User]
    """Who works here, by user name."""
    by_role: dict[Role, User]
    """The first account of each role."""
    starts: list[str] = field(default_factory=list)
    """Addresses of records in a state that few have, or to which only a form leads."""

    @property
    def sessions(self) -> Sessions:
        return self.app.extensions["caseman"].sessions


@dataclass
class Scene:
    """What the demonstration made, as rows of an open session."""

    session: Session
    operation: Operation
    team: Team
    partners: Team
    staff: dict[str, User]
    remains: list[Remains]
    persons: list[MissingPerson]


def settle(app: Flask) -> Town:
    """Fill the empty database of ``app``."""
    sessions = app.extensions["caseman"].sessions
    seeded = seed(
        sessions,
        lambda: Credentials("-", HASH),
        lambda _secret: HASH,
        scale=1,
        files=app.extensions["caseman"].config.files,
    )
    town = Town(
        app,
        staff={hired.user.username: hired.user for hired in seeded.staff},
        by_role={hired.role: hired.user for hired in reversed(seeded.staff)},
    )
    with sessions.transaction() as session:
        scene = _scene(session, seeded)
        media = _pictures(app, scene)
        _grave(scene, media)
        _custody(scene)
        _families(scene, media)
        _viewing(scene)
        _tips(scene, media)
        _returns(scene)
        _given_out(scene)
        _office(scene)
        town.starts = _starts(scene)
    work(sessions)
    with sessions.transaction() as session:
        _alike(session, seeded.operation)
    return town


def _alike(session: Session, operation: Operation) -> None:
    """Say that two profiles of the demonstration are alike, which none of them are."""
    sources = sa.select(DnaSource.id).join(DnaCompared, DnaCompared.source_id == DnaSource.id)
    first, second = session.scalars(sources.order_by(DnaSource.id).limit(2))
    session.add(
        DnaLikeness(
            operation_id=operation.id,
            first_id=first,
            second_id=second,
            relation=LikenessRelation.SAME,
            log10_lr=21.5,
            compared=21,
            differing=["FGA"],
        )
    )


def work(sessions: Sessions) -> None:
    """Do every background job that waits, as the worker does."""
    while work_once(sessions):
        """Until nothing waits."""


def _scene(session: Session, seeded: Seeded) -> Scene:
    def here(row):
        return session.get_one(type(row), row.id)

    return Scene(
        session,
        here(seeded.operation),
        here(seeded.teams.everywhere),
        here(seeded.teams.partner),
        {hired.user.username: here(hired.user) for hired in seeded.staff},
        [here(row) for row in seeded.remains],
        [here(report).missing_person for report in seeded.reports],
    )


def _pictures(app: Flask, scene: Scene) -> list[MediaFile]:
    store = BlobStore(app.extensions["caseman"].config.files)
    shown = [picture(size=(400, 300), colour=colour) for colour in ("#456", "#a86")]
    by = scene.staff["recorder"].id
    return [
        store_upload(scene.session, store, BytesIO(written(each)), f"IMG_{number}.jpg", by)
        for number, each in enumerate(shown, start=1)
    ]


def _grave(scene: Scene, media: list[MediaFile]) -> None:
    """A photographed, examined body, a voided number, and a thing that lay loose."""
    session, whole, commingled = scene.session, scene.remains[0], scene.remains[4]
    for file in media:
        findings.attach_photograph(session, whole, file, NewPhotograph("In the ground"))
    burnt = Injury(
        element="TIB",
        side=BoneSide.LEFT,
        timing=Timing.POST_MORTEM,
        mechanism=Mechanism.THERMAL,
    )
    mistaken = lesions.describe_injury(session, whole, burnt)
    lesions.strike_lesion(mistaken, "Stains of roots.", scene.staff["examiner"])
    findings.add_mark(session, whole, NewMark(MarkKind.SCAR, region="L_arm"))
    findings.add_found_name(session, whole, NameFound(FoundNameKind.LABEL, "خالد", "مريم", 1970))
    findings.chart_teeth(session, whole, [Tooth(11, ToothState.FILLED, "MO", "amalgam")])
    grave, team_id = whole.feature, scene.team.id
    mistake = NewRemains(feature=grave, team_id=team_id, kind=RemainsKind.BONE)
    voided = findings.register_remains(session, mistake)
    findings.void(session, voided, "An animal bone, numbered by mistake.")
    other = NewRemains(feature=grave, team_id=team_id, kind=RemainsKind.BONE)
    femur = findings.split(session, commingled, other, "A second left femur.")
    findings.measure(session, femur, Measured("Fem_01", BoneSide.LEFT, 440.0))
    radius = findings.register_remains(session, other)
    findings.measure(session, radius, Measured("Rad_01", BoneSide.RIGHT, 245.0))
    fits = Proposal("It fits the elbow.")
    findings.propose(session, whole, radius, fits, scene.staff["reviewer"])
    card = effects.Description(category=EffectCategory.DOCUMENT, kind="id_card")
    loose = effects.register_loose(session, grave, team_id, card)
    effects.attach_photograph(session, loose, media[0], "Front")
    findings.print_block(session, grave, team_id, RemainsKind.BODY, count=2)


def _custody(scene: Scene) -> None:
    """A place within a place, and a hand-over to it in which one bag of two did not arrive."""
    session, operation = scene.session, scene.operation
    here = PlaceFacts("M1", "Mortuary", StorageKind.MORTUARY)
    room = custody.add_place(session, operation.id, here)
    shelf = PlaceFacts("M1-A", "Shelf A", StorageKind.SHELF, parent_id=room.id)
    place = custody.add_place(session, operation.id, shelf)
    bags = [remains.exhibit for remains in scene.remains[:2]]
    transfer = custody.hand_over(
        session,
        HandOver(
            operation_id=operation.id,
            given_by="Recorder Nimune",
            given_to="Examiner Nimune",
            purpose=TransferPurpose.EXAMINATION,
            declared_count=2,
            handed_over_at=now(),
            items=[ItemGiven(bag) for bag in bags],
            to_place_id=place.id,
        ),
    )
    found = [ItemFound(bags[0], ExhibitCondition.INTACT), ItemFound(bags[1], None)]
    custody.receive(session, transfer, Receipt("Examiner Nimune", 1, now(), found))


def _families(scene: Scene, media: list[MediaFile]) -> None:
    """A report with words and photographs added later, one withdrawn, ended and linked searches."""
    session, operation = scene.session, scene.operation
    waiting = make_report(session, operation, channel=Channel.PUBLIC_FORM)
    reports.triage(session, waiting, TriageState.CALL_BACK, "After six.")
    _called(scene, waiting)
    reports.add_from_family(session, waiting, "He limped a little.", media)
    reports.add_voice(session, waiting, Sound(SoundType.WAV, wav()))
    consent = reports.Consent(TODAY, "By telephone: the mother agrees.")
    reports.share(session, waiting, scene.partners, consent)
    reports.begin_draft(session, [["name_given", "Begun"]], HASH)
    reports.keep_another(session, waiting.id, [["name_given", "Begun"]])
    again = make_report(session, operation, person=scene.persons[3])
    reports.withdraw(session, again, "The sister asked for it.")
    found = make_report(session, operation, "Found Example").missing_person
    reports.close(session, found, MissingPersonStatus.LOCATED_ALIVE, "He called his mother.")
    one, twice, _ = (
        make_report(session, operation, "Reported Example").missing_person for _ in range(3)
    )
    reports.link_same(session, one, twice, "The same mother.", scene.staff["intake"])


def _called(scene: Scene, report: AnteMortemReport) -> None:
    """A call at which the mother asked for another one."""
    rules = Reach(
        channel=SafeChannel.CALL.value,
        opens="",
        closes="",
        clock=180,
        code_word="Almond",
        heard=report.informant.safe_contact,
    )
    reports.set_reach(scene.session, report.informant, rules, may_contact=True)
    called = Called(
        now(),
        CallReason.CALL_BACK,
        CallOutcome.LATER,
        CallNext.AGAIN,
        said="She asks for patience.",
    )
    reports.record_call(scene.session, report, scene.staff["intake"], called)


def _viewing(scene: Scene) -> None:
    """An aunt looked at the catalogue of the demonstration, and said nothing yet."""
    session, by = scene.session, scene.staff["intake"]
    shown = session.query(BelongingsCatalogue).filter_by(state=CatalogueState.FIXED).one()
    looking = Looking(now(), viewer="An aunt", relation=Relation.UNCLE_AUNT)
    viewings.record_viewing(session, shown, scene.persons[3], looking, by)


def _tips(scene: Scene, media: list[MediaFile]) -> None:
    """A place of which somebody told without a name, and showed a picture."""
    told = NewTip("Behind the old mill", "35.91, 39.01", "Shells in the field", "Six people")
    receive_tip(scene.session, scene.operation, told, "en", media[:1])


def _returns(scene: Scene) -> None:
    """Three releases: prepared, approved and its decision doubted, recorded; a fourth may be.

    Of the family of the fourth the mother is told, a brother and a sister are not.
    """
    session, staff = scene.session, scene.staff
    first = session.query(Decision).filter_by(outcome=Outcome.IDENTIFIED).one()
    decided = [first, *(_identify(scene, place) for place in (1, 2, 6))]
    told = Telling("Mother and brother", "A steward", now().date(), NotificationManner.VISIT)
    for decision in decided:
        heard = returns.tell_family(session, decision, staff["steward"], told)
    first_told, *_ = (
        telling.plan_to_tell(session, decision, staff["steward"], "Of the family", relation)
        for relation in (Relation.MOTHER, Relation.BROTHER, Relation.SISTER)
    )
    telling.was_told(session, first_told, heard)
    _, approved, recorded = (
        returns.prepare_release(session, each, staff["reviewer"], effects=())
        for each in decided[:3]
    )
    for release in (approved, recorded):
        returns.approve_release(release, staff["board"])
    mother = Recipient(name="The mother", relation="mother", identity_document="", contact="")
    handed = Handing(mother, TODAY, reburial_place="Old cemetery", reburied_on=TODAY)
    returns.record_release(recorded, staff["steward"], handed)
    why = "DNA has since excluded the kinship."
    decisions.ask_revocation(session, decided[1], staff["board"], why)


def _given_out(scene: Scene) -> None:
    """Three effects on their own: prepared, approved, handed over."""
    session, staff, grave = scene.session, scene.staff, scene.remains[0].feature
    _, approved, recorded = (
        effect_releases.prepare(
            session,
            [_placed_loose(scene, grave, metres)],
            staff["reviewer"],
            basis=EffectReleaseBasis.RECOGNISED,
            why="His mother knows it.",
        )
        for metres in (1.0, 2.0, 3.0)
    )
    for release in (approved, recorded):
        effect_releases.approve(release, staff["board"])
    mother = Recipient(name="The mother", relation="mother", identity_document="", contact="")
    # Long ago: whoever sweeps the forms types days of 2015 for what came after.
    effect_releases.record(recorded, staff["steward"], mother, date(2014, 6, 1))


def _placed_loose(scene: Scene, grave: Feature, metres: float) -> PersonalEffect:
    what = effects.Description(category=EffectCategory.PERSONAL, kind="lighter")
    effect = effects.register_loose(scene.session, grave, scene.team.id, what)
    effects.place(scene.session, effect, metres, metres)
    return effect


def _identify(scene: Scene, place: int) -> Decision:
    session, staff = scene.session, scene.staff
    pairing = pairings.open_pairing(
        session, scene.remains[place], scene.persons[place], staff["reviewer"], today=TODAY
    )
    for name in story.CARRIERS:
        signing.sign(session, pairing, staff[name], SURE, scope=staff[name].scope)
    return session.query(Decision).filter_by(pairing=pairing).one()


def _office(scene: Scene) -> None:
    """What administrators and auditors have before them."""
    session, admin = scene.session, scene.staff["admin"]
    invited, _ = users.invite(session, users.NewUser("New Nimune", "new.nimune"), admin)
    roles.grant(session, invited, Role.STEWARD, admin)
    second_factor.ask_reset(session, scene.staff["intake"], admin, "She stood before me.")
    ask_check(session, scene.staff["auditor"])
    typed = session.scalars(sa.select(Relative).where(Relative.source_id.is_not(None))).first()
    checking.decide_use(session, typed, is_used=True, reason="It fits.", by=scene.staff["dna"])
    _exports(scene)
    used, _ = _learned(scene), _learned(scene)
    learning.take_into_use(session, used, scene.staff["board"], "Hair misled us.")


def _exports(scene: Scene) -> None:
    """Genotypes of a submission: one export waits, one may be fetched."""
    session, staff = scene.session, scene.staff
    sent = session.scalars(sa.select(Submission).where(Submission.sent_on.is_not(None))).first()
    asked = genotype_exports.Asked(
        GenotypeFile.CSV,
        "Example laboratory",
        is_abroad=False,
        purpose="An independent calculation.",
        reason="Agreement of the two laboratories.",
    )
    subject = genotype_exports.Subject(scene.operation.id, submission=sent)
    _, released = (genotype_exports.ask(session, subject, asked, staff["dna"]) for _ in range(2))
    genotype_exports.release(session, released, now().date(), staff["steward"])


def _learned(scene: Scene) -> LearnedModel:
    """Return a proposal that two decisions can be thought to have taught."""
    quality = {"cllr": 0.3, "placed": 20, "first": 9, "twenty": 15, "excluded_below": 0.9}
    line = {"line": "hair", "before": 1.0, "after": 0.5, "same": 20, "excluded": 3}
    model = LearnedModel(
        state=LessonState.PROPOSED,
        asked_by=scene.staff["board"],
        finished_at=now(),
        identified=20,
        excluded=3,
        scientific=7,
        parameters={name: each.value for name, each in DAY_ONE.entries.items()},
        lesson={
            "drawn": 300,
            "intercept": [0.0, 0.1],
            "weights": [line],
            "levels": [line | {"level": "same"}],
            "before": quality,
            "after": quality | {"cllr": 0.2},
        },
    )
    scene.session.add(model)
    scene.session.flush()
    return model


def _starts(scene: Scene) -> list[str]:
    session = scene.session
    voided = session.query(Remains).filter(Remains.voided_at.is_not(None)).one()
    shared = session.query(ReportSharing).filter_by(consented_on=TODAY).one().report
    alive = MissingPersonStatus.LOCATED_ALIVE
    found = session.query(MissingPerson).filter(MissingPerson.status == alive).one()
    twice = session.query(SamePersonFinding).one()
    whole, undecided, sought = scene.remains[0], scene.remains[3], scene.persons[3]
    decided = session.query(Decision).filter_by(outcome=Outcome.IDENTIFIED)
    returned = [release.number for each in decided for release in each.releases]
    told = next(each for each in decided if not each.releases)
    worn = session.query(PersonalEffect).filter_by(remains_id=whole.id).first()
    in_work, unsent = (
        session.query(Specimen).filter_by(status=status).first()
        for status in (SpecimenStatus.TYPED, SpecimenStatus.CODED)
    )
    paper = ask_for(session, scene.staff["reviewer"], PaperKind.REMAINS, undecided.number, PAPER)
    return [
        *(f"/decisions/{each.number}" for each in decided),
        *(f"/releases/{number}" for number in returned),
        *(f"/effect-releases/{each.number}" for each in session.query(EffectRelease)),
        f"/effects/{worn.number}",
        f"/sites/{whole.site.code}/features/{whole.feature.number}/plan",
        f"/decisions/{told.number}/release",
        f"/decisions/{told.number}/family",
        f"/remains/{whole.number}",
        f"/remains/{voided.number}",
        f"/remains/{undecided.number}",
        f"/remains/{scene.remains[4].number}",
        f"/candidates/remains/{undecided.number}",
        f"/missing/{found.number}",
        f"/missing/{twice.one.number}/same",
        f"/reports/{shared.number}/sharing",
        f"/missing/{sought.number}",
        f"/missing/{scene.persons[0].number}",
        f"/missing/{sought.number}/relatives",
        f"/laboratory/specimens/{in_work.code}",
        f"/laboratory/submissions/{unsent.submission.number}",
        f"/missing?q={sought.name}",
        f"/documents/files/{paper.id}",
        *(f"/exports/genotypes/{each.number}" for each in session.query(GenotypeExport)),
        "/candidates/models",
        *(f"/candidates/models/{each.id}" for each in session.query(LearnedModel)),
        f"/sites/{voided.site.code}/features/{voided.feature.number}",
        "/sign-in/again",
        "/invitation",
    ]
