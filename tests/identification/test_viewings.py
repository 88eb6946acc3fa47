"""Looking at a catalogue: what is said counts once, stays, and identifies nobody."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa

from caseman.coding.belongings import EffectCategory
from caseman.effects.drafts import LookedLike
from caseman.effects.models import PersonalEffect
from caseman.effects.services import attach_photograph, catalogues
from caseman.identification.codes import Basis, Outcome, RecognitionAnswer
from caseman.identification.drafts import Looking, Said
from caseman.identification.errors import ReconciliationError
from caseman.identification.models import BelongingsViewing, Decision, Pairing, Recognition
from caseman.identification.queries.viewings import answers_in, recognised
from caseman.identification.services import viewings
from caseman.identification.services.pairings import open_pairing
from caseman.media.services import store_upload
from caseman.media.store import BlobStore
from caseman.permissions import OPERATOR, Role
from tests.factories.media import photograph
from tests.identification.world import TODAY, build

LOOKED = datetime(2024, 3, 4, 10, tzinfo=UTC)
KNOWN, NOT_KNOWN = RecognitionAnswer.RECOGNISED, RecognitionAnswer.NOT_RECOGNISED


@pytest.fixture
def database(tmp_path, sqlite_template):
    """That rows are append-only on both databases is shown where migrations are compared."""
    path = tmp_path / "caseman.db"
    path.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
def world(session):
    return build(session)


@pytest.fixture
def looked(session, world, tmp_path):
    """A viewing of a watch, a jacket and two decoys, for a person; with its items."""
    remains, person = world.remains(), world.person()
    by = world.user("recorder", Role.RECORDER)
    store = BlobStore(tmp_path / "pictures")

    def stored(name):
        return store_upload(session, store, BytesIO(photograph(name)), name, by.id)

    effects = session.scalars(sa.select(PersonalEffect).order_by(PersonalEffect.id)).all()
    shots = [attach_photograph(session, each, stored(each.kind)) for each in effects]
    for shot in shots:
        catalogues.judge_fit(shot, by, is_fit=True)
    book = catalogues.open_catalogue(session, [remains.site], "Book", by)
    catalogues.choose(session, book, shots)
    like = LookedLike(EffectCategory.JEWELLERY, "watch", origin="A shop")
    files = [stored("d1"), stored("d2")]
    decoys = catalogues.add_decoys(session, person.operation_id, files, like, by)
    catalogues.choose_decoys(session, book, decoys)
    catalogues.fix(book, by)
    looking = Looking(LOOKED, viewer="Zqaunt", present="Zqbeside", said_first="A steel watch")
    intake = world.user("intake", Role.INTAKE)
    viewing = viewings.record_viewing(session, book, person, looking, intake)
    effect_items = [item for item in book.items if item.photograph_id]
    decoy_items = [item for item in book.items if item.decoy_id]
    return viewing, intake, effect_items, decoy_items


def say(session, looked, item, answer, reason=""):
    viewing, by, *_ = looked
    return viewings.answer(session, viewing, item, Said(answer, "Ours.", reason), by)


def test_the_last_answer_counts_and_a_correction_needs_its_reason(session, looked):
    viewing, by, (watch, _), _ = looked
    say(session, looked, watch, KNOWN)
    with pytest.raises(ReconciliationError, match="why the earlier answer"):
        say(session, looked, watch, NOT_KNOWN)
    say(session, looked, watch, NOT_KNOWN, "She meant another one.")
    assert answers_in(viewing)[watch.id].answer is NOT_KNOWN
    assert [row.answer for row in viewing.recognitions] == [KNOWN, NOT_KNOWN]
    assert viewings.answer_rest(session, viewing, viewing.catalogue.items, by) == 3
    session.flush()
    with pytest.raises(sa.exc.IntegrityError, match="append-only"):
        session.execute(sa.text("UPDATE recognition SET said = 'x'"))


def test_a_decoy_that_is_known_is_told_beside_the_recognition(session, looked):
    viewing, _, (watch, _), (decoy, other) = looked
    for item, answer in ((watch, KNOWN), (decoy, KNOWN), (other, NOT_KNOWN)):
        say(session, looked, item, answer)
    (found,) = recognised(session, OPERATOR, person=viewing.missing_person)
    assert (found.effect.kind, found.decoys_known, found.decoys_shown) == ("watch", 1, 2)
    remains = found.effect.remains
    assert len(recognised(session, OPERATOR, remains=remains)) == 1
    assert len(recognised(session, OPERATOR, effect=found.effect)) == 1
    viewings.strike(viewing, "Another family's session.", looked[1])
    session.flush()
    assert recognised(session, OPERATOR, remains=remains) == []
    with pytest.raises(ReconciliationError, match="struck"):
        say(session, looked, decoy, KNOWN, "Once more.")


def test_a_viewing_needs_a_catalogue_that_may_be_shown_and_somebody_who_looked(session, looked):
    viewing, by, *_ = looked
    book, person = viewing.catalogue, viewing.missing_person
    with pytest.raises(ReconciliationError, match="who looked"):
        viewings.record_viewing(session, book, person, Looking(LOOKED), by)
    catalogues.withdraw(book, "A picture shows a label.")
    with pytest.raises(ReconciliationError, match="may not be shown"):
        viewings.record_viewing(session, book, person, Looking(LOOKED, viewer="X"), by)


@pytest.fixture
def pages(session, looked, client_as, world):
    """The signed-in staff, the viewing's address, and where else it is told."""
    viewing, _, (watch, _), (decoy, _) = looked
    effect = watch.photograph.effect
    pairing = open_pairing(
        session, effect.remains, viewing.missing_person, world.users["proposer"], today=TODAY
    )
    told = {
        "viewing": f"/viewings/{viewing.number}",
        "effect": f"/effects/{effect.number}",
        "remains": f"/remains/{effect.remains.number}",
        "person": f"/missing/{viewing.missing_person.number}",
        "pairing": f"/pairings/{pairing.number}",
        "watch": f"/viewings/{viewing.number}/{watch.place}",
        "decoy": f"/viewings/{viewing.number}/{decoy.place}",
        "number": effect.number,
    }
    session.commit()
    users = dict(world.users)
    session.expunge_all()
    staff = {name: client_as(user=user) for name, user in users.items()}
    return staff, told


def test_whoever_shows_the_pictures_never_learns_what_they_are(pages):
    staff, told = pages
    intake = staff["intake"]
    words = {"answer": "recognised", "said": "The strap is mended."}
    assert intake.send(told["watch"], words).location.startswith(told["viewing"])
    assert intake.send(told["watch"], words).status_code == 422, "a correction says why"
    intake.send(told["decoy"], {"answer": "similar"})
    for address in (told["viewing"], told["watch"], told["decoy"], told["person"]):
        html = intake.get(address).text
        assert told["number"] not in html
        assert "Decoy" not in html
    assert "Zqaunt" in intake.get(told["viewing"]).text
    reviewer = staff["proposer"].get(told["viewing"]).text
    assert told["number"] in reviewer
    assert "Decoy" in reviewer
    assert "Zqaunt" not in reviewer


def test_a_recognition_stands_in_words_where_the_pair_is_looked_at(pages):
    staff, told = pages
    staff["intake"].send(told["watch"], {"answer": "recognised", "said": "The strap is mended."})
    staff["intake"].send(told["decoy"], {"answer": "recognised"})
    for place in ("effect", "remains", "person", "pairing"):
        html = staff["proposer"].get(told[place]).text
        assert "The strap is mended." in html, place
        assert "took 1 of 1 decoys for known" in html, place
        assert "secondary evidence only" in html, place
    assert "The strap is mended." not in staff["recorder"].get(told["effect"]).text


def test_the_report_of_a_decision_prints_what_was_recognised(pages, sessions):
    staff, told = pages
    staff["intake"].send(told["watch"], {"answer": "recognised", "said": "The strap is mended."})
    with sessions.transaction() as session:
        pairing = session.scalars(sa.select(Pairing)).one()
        session.add(
            Decision(
                number="ID-1",
                pairing=pairing,
                remains_id=pairing.remains_id,
                missing_person_id=pairing.missing_person_id,
                outcome=Outcome.IDENTIFIED,
                basis=Basis.COMBINED,
                snapshot={"model": "defaults"},
            )
        )
    html = staff["proposer"].get("/decisions/ID-1/report").text
    assert "The strap is mended." in html
    assert "secondary evidence only" in html


def test_a_viewing_is_recorded_and_struck_on_its_pages(pages, sessions, client_as):
    staff, told = pages
    intake, new = staff["intake"], f"{told['person']}/viewings/new"
    html = intake.get(new).text
    number = html.partition('<option value="K-')[2][:7]
    at = datetime.now(UTC) - timedelta(hours=1)
    when = {"looked_at-date": f"{at:%Y-%m-%d}", "looked_at-time": "00:10", "looked_at-clock": "0"}
    asked = {"catalogue": f"K-{number}", "report": "0"} | when
    answer = intake.send(new, asked)
    assert answer.status_code == 422
    assert "Write who looks" in answer.text
    made = intake.send(new, asked | {"viewer": "A cousin"}).location
    assert intake.send(f"{made}/rest").location == made
    with sessions.read() as session:
        row = session.scalars(sa.select(BelongingsViewing).order_by(BelongingsViewing.id.desc()))
        assert len(row.first().recognitions) == 4
        assert {each.answer for each in session.scalars(sa.select(Recognition))} == {NOT_KNOWN}
    version = intake.get(f"{made}/strike").text.partition('name="version"')[2]
    version = version.partition('value="')[2].partition('"')[0]
    struck = intake.send(f"{made}/strike", {"version": version, "reason": "A rehearsal."})
    assert struck.location == made
    assert "counts no more" in intake.get(made).text
    stranger = client_as(Role.INTAKE)
    for address in (made, f"{made}/strike", told["watch"], new):
        assert stranger.get(address).status_code == 404, address
    assert staff["recorder"].get(made).status_code == 403
