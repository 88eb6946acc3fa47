"""Papers of the grave and the mortuary: what stands on them, in which order, and what never."""

import shutil
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from caseman.audit.models import AuditEntry
from caseman.coding.belongings import EffectCategory
from caseman.coding.physical import MarkKind, ToothState
from caseman.documents.pdf import can_make_pdf
from caseman.effects.models import PersonalEffect
from caseman.incidents.codes import IncidentKind
from caseman.incidents.models import Incident, IncidentSite
from caseman.permissions import Role
from caseman.remains.codes import BoneSide, BoneState
from caseman.remains.lesions import Mechanism, Timing
from caseman.remains.models import BoneFinding, BoneMeasurement, Mark, ToothFinding, Trauma
from caseman.sites.codes import HazardState, VisitPurpose
from caseman.sites.models import SiteVisit
from caseman.stratigraphy.codes import ContextKind
from caseman.stratigraphy.services import ContextFacts, add_context
from tests.factories.custody import give, make_exhibit

NUMBER = "RQA01-F01-B014"
LOG, DOSSIER = "/documents/recovery-logs/", "/documents/dossiers/"
SHEET, INVENTORY = "/documents/post-mortem/", "/documents/inventories/"
needs_pdf = pytest.mark.skipif(not can_make_pdf(), reason="pango is missing here")


@pytest.fixture
def database(tmp_path, sqlite_template):
    """SQLite is enough: the statements are plain, and the file of a case is read on both."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'caseman.db')}"


@pytest.fixture
def grave(world, session):
    """A grave with a body that was lifted on a known day, and what was found on it."""
    body = world.remains(14)
    body.recovery.recovered_on = date(2026, 3, 4)
    body.recovery.notes = "Hands bound in front."
    body.recovery.orientation_deg = 170
    body.profile.age_min, body.profile.age_max = 24, 31
    session.add_all(
        [
            BoneFinding(remains=body, element="FEM", side=BoneSide.LEFT, state=BoneState.WHOLE),
            BoneFinding(remains=body, element="FEM", side=BoneSide.RIGHT, state=BoneState.PART),
            BoneMeasurement(
                remains=body,
                measure="Fem_01",
                side=BoneSide.LEFT,
                length_mm=452.5,
                taken_by="A. M.",
            ),
            ToothFinding(remains=body, fdi=16, state=ToothState.FILLED, surfaces="MO"),
            Mark(remains=body, kind=MarkKind.TATTOO, description="A swallow"),
            Mark(
                remains=body,
                kind=MarkKind.IMPLANT,
                description="Plate",
                serial_number="SN-77",
                maker="Example Works",
            ),
            SiteVisit(
                site=body.site,
                first_day=date(2026, 3, 4),
                last_day=date(2026, 3, 4),
                purpose=VisitPurpose.EXCAVATION,
                hazard=HazardState.CLEARED,
                led_by="Team leader",
                present="Six people of the team",
            ),
        ]
    )
    body.site.informed_by = "Canary Witness"
    session.commit()
    return body


@pytest.fixture
def examiner(world, client_as):
    return client_as(Role.EXAMINER, team=world.team)


def test_a_log_tells_each_day_in_order_with_who_came(grave, world, session, examiner):
    earlier = world.remains(15)
    earlier.recovery.recovered_on = date(2026, 3, 3)
    session.commit()

    page = examiner.get(LOG + "RQA01-F01").text

    assert page.index("3 March 2026") < page.index(earlier.number)
    assert page.index(earlier.number) < page.index("4 March 2026", page.index(earlier.number))
    for said in ("Six people of the team", "Cleared by an ordnance team", "Hands bound in front."):
        assert said in page
    assert "170°" in page


def test_a_voided_number_stays_on_the_log(grave, session, examiner):
    grave.voided_at = datetime(2026, 3, 5, tzinfo=UTC)
    session.commit()

    page = examiner.get(LOG + "RQA01").text

    assert NUMBER in page
    assert 'class="struck"' in page


def test_a_dossier_puts_dangers_first_and_no_place_or_witness(grave, session, examiner):
    grave.site.hazards = "Unexploded shells at the north wall"
    session.commit()

    page = examiner.get(DOSSIER + "RQA01").text

    assert page.index("Unexploded shells") < page.index("Status since it was registered")
    assert "Every find" in page
    assert NUMBER in page
    assert "At least" in page
    for secret in ("Canary", "35.95"):
        assert secret not in page


def test_injuries_stand_under_the_items_of_their_time(grave, session, examiner):
    seen = {"remains": grave, "element": "RIB", "side": BoneSide.LEFT}
    healed = Trauma(
        mechanism=Mechanism.BLUNT, timing=Timing.ANTE_MORTEM, description="Callus", **seen
    )
    fresh = Trauma(
        mechanism=Mechanism.GUNSHOT, timing=Timing.PERI_MORTEM, description="Bevel", **seen
    )
    struck = Trauma(
        mechanism=Mechanism.SHARP, timing=Timing.PERI_MORTEM, description="Not so", **seen
    )
    struck.struck_at, struck.struck_reason = datetime(2026, 3, 5, tzinfo=UTC), "Another bone."
    session.add_all([healed, fresh, struck])
    session.commit()

    page = examiner.get(SHEET + NUMBER).text

    assert "Callus" in _item(page, "Healed fractures, operations, implants")
    assert "Bevel" in _item(page, "Other medical findings")
    assert "Not so" not in page


def _item(page, caption):
    return page.partition(caption)[2].partition("</tr>")[0]


def test_a_dossier_tells_incidents_and_contexts(grave, session, examiner):
    incident = Incident(
        operation=grave.site.operation,
        number="IN-1",
        kind=IncidentKind.AIR_STRIKE,
        name="Strike on the market",
        first_day=date(2015, 3, 1),
        last_day=date(2015, 3, 2),
        place="The market",
    )
    session.add(IncidentSite(incident=incident, site=grave.site))
    add_context(session, grave.feature, ContextFacts(ContextKind.FILL, "10YR 4/3"))
    session.commit()

    page = examiner.get(DOSSIER + "RQA01").text

    assert "Strike on the market" in page
    assert "C001" in page
    assert "10YR 4/3" in page


def test_a_post_mortem_sheet_keeps_the_order_of_the_form(grave, session, examiner):
    effect = session.scalars(sa.select(PersonalEffect).limit(1)).one()
    effect.category, effect.kind, effect.brand = EffectCategory.CLOTHING, "shirt", "Nour"
    session.commit()

    page = examiner.get(SHEET + NUMBER).text

    places = [page.index(f'<bdi dir="ltr">{item}</bdi>') for item in ITEMS]
    assert places == sorted(places)
    assert "16-25" in page
    assert "26-50" in page
    assert "51" not in page.partition("Estimated age group")[2].partition("</tr>")[0]
    specific = page.partition("Specific details")[2].partition("</tr>")[0]
    medical = page.partition("Healed fractures, operations, implants")[2].partition("</tr>")[0]
    assert "A swallow" in specific
    assert "Example Works, SN-77" in medical
    assert "SN-77" not in specific
    assert "Nour" in page.partition("Clothing</th>")[2].partition("</tr>")[0]


ITEMS = (
    "20",
    "21",
    "22",
    "23",
    "24",
    "30",
    "31",
    "36",
    "45",
    "46",
    "53",
    "65",
    "71",
    "72",
    "84",
    "86-87",
    "92",
)


def test_an_inventory_names_bones_lengths_and_teeth(grave, examiner):
    page = examiner.get(INVENTORY + NUMBER).text

    assert "Femur" in page
    assert "452.5" in page
    assert "FIL" in page
    assert 'fill="#000"' in page
    assert 'fill="#888"' in page


@needs_pdf
@pytest.mark.parametrize(
    "path", [LOG + "RQA01", DOSSIER + "RQA01", SHEET + NUMBER, INVENTORY + NUMBER]
)
def test_each_is_a_pdf_and_on_record(path, grave, session, examiner):
    examiner.get("/language/ar")
    answer = examiner.get(path + ".pdf")

    assert answer.data.startswith(b"%PDF")
    latest = session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)).one()
    assert (latest.action.value, latest.subject) == ("print", path.rpartition("/")[2])


@needs_pdf
def test_hand_over_and_path_are_pdfs_with_the_end_of_the_trail(grave, session, examiner):
    exhibit = make_exhibit(session, grave.site)
    transfer = give(session, [exhibit])
    session.commit()

    for path in (f"hand-overs/{transfer.number}", f"custody-paths/{exhibit.number}"):
        assert examiner.get(f"/documents/{path}.pdf").data.startswith(b"%PDF")


@pytest.mark.parametrize(
    "path",
    [LOG + "RQA01", LOG + "RQA01-F01", DOSSIER + "RQA01", SHEET + NUMBER, INVENTORY + NUMBER],
)
def test_outside_the_readers_scope_there_is_no_paper(path, grave, client_as):
    stranger = client_as(Role.EXAMINER)

    for ending in ("", ".pdf"):
        assert stranger.get(path + ending).status_code == 404


@pytest.mark.parametrize("number", ["RQA01-F99", "RQA01-Fx", "RQA01-F99999999999", "NONE", "-F01"])
def test_no_such_ground_is_no_paper(number, grave, examiner):
    assert examiner.get(LOG + number).status_code == 404
