"""An installation with rows in every table, and its dump: an unpacked backup with its keys.

A dump of an earlier schema is what migrations are tested with. Write one of the present schema,
before it changes, with ``python -m tests.migrations.populated``; a dump is never rewritten.
"""

import base64
import json
import sqlite3
import tempfile
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import sqlalchemy as sa

import caseman.app
from caseman import schema
from caseman.accounts.models import Operation, ServerSession, Team, User
from caseman.accounts.services import second_factor, users
from caseman.audit.checkpoint import Checkpoint
from caseman.audit.recorder import Actor
from caseman.coding.physical import ToothState
from caseman.custody.codes import ExhibitCondition, StorageKind, TransferPurpose
from caseman.custody.drafts import HandOver, ItemFound, ItemGiven, PlaceFacts, Receipt
from caseman.custody.services import add_place, hand_over, receive
from caseman.database import Base, now
from caseman.demo.people import Credentials
from caseman.demo.seeding import seed
from caseman.documents.codes import PaperKind
from caseman.documents.services import ask_for
from caseman.effects.models import PersonalEffect
from caseman.effects.services import attach_photograph as photograph_effect
from caseman.exchange.backup import current_revision, write_backup
from caseman.exchange.codes import ImportKind
from caseman.exchange.importing import import_sheet
from caseman.exchange.kinds import reader_of
from caseman.exchange.sheets import Row, Sheet
from caseman.identification.codes import NotificationManner
from caseman.identification.drafts import Handing, Telling
from caseman.identification.models import Candidate, Decision
from caseman.identification.services import decisions, returns
from caseman.identification.services.candidates import rank_all
from caseman.media.services import store_upload
from caseman.media.store import BlobStore
from caseman.oversight.services import ask_check
from caseman.remains.codes import FoundNameKind, RemainsKind
from caseman.remains.drafts import NameFound, NewPhotograph, NewRemains, Tooth
from caseman.remains.models import Remains
from caseman.remains.services import (
    add_found_name,
    attach_photograph,
    chart_teeth,
    print_block,
    register_remains,
    void,
)
from caseman.reports.models import AnteMortemReport
from caseman.reports.services.family import add_from_family
from caseman.sealing.keys import MASTER_FILE, STORE_FILE, create_keys
from caseman.web.models import Attempt, IdempotencyKey
from config import Config
from tests.factories.media import photograph

DATA = Path(__file__).parent / "data"
PASSWORD = "copper lantern under the third bridge"
RECORDER = Actor("recorder", 1)


def populate(app):
    """Fill the empty installation of ``app``."""
    sessions = app.extensions["caseman"].sessions
    with app.app_context():
        hasher = app.extensions["caseman.accounts"].hasher
        credentials = Credentials(PASSWORD, hasher.hash(PASSWORD))
        seed(sessions, lambda: credentials, hasher.hash, scale=1)
    with sessions.transaction(actor=RECORDER) as session:
        staff = {user.username: user for user in session.scalars(sa.select(User))}
        store = BlobStore(app.extensions["caseman"].config.files)
        _examine(session, store)
        _keep_and_hand_over(session, staff)
        _hear_more(session, store)
        _return_and_revoke(session, staff)
        _administer(session, staff)
        _import_a_report(session)
    rank_all(sessions)
    with sessions.transaction() as session:  # a few lines of evidence are enough to keep
        session.execute(sa.delete(Candidate).where(Candidate.id > 12))


def _examine(session, store):
    remains = session.get_one(Remains, 4)
    chart_teeth(session, remains, [Tooth(16, ToothState.FILLED, "MO", "amalgam")])
    add_found_name(session, remains, NameFound(FoundNameKind.LABEL, "Dilovan Nimûne"))
    picture = _stored(session, store, "stadium")
    attach_photograph(session, remains, picture, NewPhotograph("As found", shows_number=True))
    effect = session.scalars(sa.select(PersonalEffect)).first()
    photograph_effect(session, effect, _stored(session, store, "ring"), "The ring")
    feature, team = remains.feature, session.get_one(Team, 1)
    print_block(session, feature, team.id, RemainsKind.BODY, count=3)
    mistake = register_remains(
        session, NewRemains(feature=feature, team_id=team.id, kind=RemainsKind.BODY_PART)
    )
    void(session, mistake, "Entered twice")


def _stored(session, store, marker):
    return store_upload(session, store, BytesIO(photograph(marker)), f"{marker}.jpg", 1)


def _keep_and_hand_over(session, staff):
    operation = session.get_one(Operation, 1)
    site = add_place(session, operation.id, PlaceFacts("TENT", "Tent", StorageKind.FIELD))
    room = add_place(session, operation.id, PlaceFacts("ROOM", "Cold", StorageKind.COLD_ROOM))
    exhibit = session.get_one(Remains, 2).exhibit
    given = HandOver(
        operation_id=operation.id,
        given_by="Recorder Nimune",
        given_to="Examiner Nimune",
        purpose=TransferPurpose.EXAMINATION,
        declared_count=1,
        handed_over_at=now(),
        items=[ItemGiven(exhibit, ExhibitCondition.INTACT, "S-1")],
        given_by_user_id=staff["recorder"].id,
        from_place_id=site.id,
        to_place_id=room.id,
    )
    found = Receipt(
        received_by="Examiner Nimune",
        received_count=1,
        received_at=now(),
        items=[ItemFound(exhibit, ExhibitCondition.INTACT, "S-1")],
        received_by_user_id=staff["examiner"].id,
    )
    receive(session, hand_over(session, given), found)


def _hear_more(session, store):
    reports = session.scalars(sa.select(AnteMortemReport)).all()
    report = next(each for each in reports if each.family_access is not None)
    add_from_family(session, report, "She wore a blue coat.", [_stored(session, store, "coat")])


def _return_and_revoke(session, staff):
    identified, excluded = session.scalars(sa.select(Decision).order_by(Decision.id)).all()
    told = Telling("A sister", "Steward Nimune", now().date(), NotificationManner.VISIT)
    returns.tell_family(session, identified, staff["steward"], told)
    effects = session.scalars(
        sa.select(PersonalEffect).where(PersonalEffect.remains_id == identified.remains_id)
    ).all()
    release = returns.prepare_release(session, identified, staff["reviewer"], effects=effects)
    returns.approve_release(release, staff["board"])
    handing = Handing(
        {"name": "A sister", "relation": "sister", "document": "-", "phone": "0900000000"},
        now().date() + timedelta(days=1),
        reburial_place="Example cemetery",
    )
    returns.record_release(release, staff["steward"], handing)
    reason = "The age of the man was read from the wrong form."
    asked = decisions.ask_revocation(session, excluded, staff["board"], reason)
    decisions.confirm_revocation(session, asked, staff["board2"])


def _administer(session, staff):
    users.invite(session, users.NewUser(name="Guest Nimune", username="guest"), staff["admin"])
    second_factor.ask_reset(session, staff["dna"], staff["admin"], "The phone is lost.")
    ask_check(session, staff["auditor"])
    ask_for(session, staff["reviewer"], PaperKind.REMAINS, "DEM01-F01-B001", "<p>Paper</p>")
    digest = "0" * 64
    session.add_all(
        [
            ServerSession(digest=digest, user_id=staff["admin"].id, data=b"sealed"),
            IdempotencyKey(key=digest, path="/sites/new", body_digest=digest, location="/sites"),
            Attempt(key_digest=digest),
        ]
    )


def _import_a_report(session):
    cells = {"report_id": "A1", "name_full": "Azad Nimûne", "sex": "M", "stature_cm": "172"}
    reader = reader_of(ImportKind.REPORTS, session, session.get_one(Operation, 1))
    sheet = Sheet(tuple(cells), (Row(2, cells),))
    session.info.update(import_file="example.csv", import_sha256="0" * 64)
    import_sheet(session, reader, sheet, session.get_one(Operation, 1))


def dump(app, folder):
    """Write records, files and keys of ``app`` into ``folder``."""
    held = app.extensions["caseman"]
    key = held.sessions.info["keyring"].signing_key
    with held.sessions.read() as session:
        signed = Checkpoint.of(session).signed(key)
    folder.mkdir(parents=True)
    packed = folder / "all.backup"
    engine, files = held.sessions.engine, held.config.files
    write_backup(engine, files, packed, made_at=now(), checkpoint=signed)
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder)
    packed.unlink()
    keys = {"master": _text((held.config.keys / MASTER_FILE).read_bytes())}
    with sqlite3.connect(held.config.keys / STORE_FILE) as store:
        rows = store.execute("SELECT subject, wrapped FROM subject_key ORDER BY subject")
        keys["subjects"] = {subject: _text(wrapped) for subject, wrapped in rows}
    (folder / "keys.json").write_text(json.dumps(keys, indent=1) + "\n", "utf-8")


def pack(folder, target):
    """Pack a dump into the backup that it was."""
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name != "keys.json":
                archive.write(path, path.relative_to(folder).as_posix())


def place_keys(folder, target):
    """Put the keys of a dump where an installation looks for them."""
    keys = json.loads((folder / "keys.json").read_text("utf-8"))
    target.mkdir(mode=0o700)
    master = target / MASTER_FILE
    master.write_bytes(base64.b64decode(keys["master"]))
    master.chmod(0o600)
    with sqlite3.connect(target / STORE_FILE) as store:
        store.execute("CREATE TABLE subject_key (subject VARCHAR(60) PRIMARY KEY, wrapped BLOB)")
        rows = [(name, base64.b64decode(text)) for name, text in keys["subjects"].items()]
        store.executemany("INSERT INTO subject_key VALUES (?, ?)", rows)


def _text(content):
    return base64.b64encode(content).decode()


def empty_tables(engine):
    with engine.connect() as connection:
        return {
            table.name
            for table in Base.metadata.sorted_tables
            if connection.execute(sa.select(table).limit(1)).first() is None
        }


def main():
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        config = Config(
            instance=place,
            database_url=f"sqlite:///{place / 'caseman.db'}",
            keys=place / "keys",
            files=place / "files",
            second_factor=False,
            testing=True,
            password_memory_kib=1024,
        )
        config.files.mkdir()
        create_keys(config.keys)
        schema.upgrade(config.database_url)
        app = caseman.app.create_app(config)
        populate(app)
        engine = app.extensions["caseman"].sessions.engine
        with engine.connect() as connection:
            revision = current_revision(connection)
        dump(app, DATA / revision)
        print(f"Wrote {DATA.name}/{revision}; still empty: {sorted(empty_tables(engine))}")  # noqa: T201
        engine.dispose()


if __name__ == "__main__":
    main()
