"""Taking tables out: what they hold, what they never hold, and how much within an hour."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
import sqlalchemy as sa

from caseman.audit.models import AuditEntry
from caseman.coding.belongings import EffectCategory
from caseman.database import now
from caseman.effects.models import PersonalEffect
from caseman.exchange.exports import services
from caseman.exchange.exports.tables import EXPORTS, LifeThreateningColumnError, of
from caseman.exchange.neutral import DANGEROUS
from caseman.permissions import Role
from caseman.protection import Protection, protection_of
from caseman.reports.models import Informant, MissingPerson

PURPOSE = "Court order 12 of the examining judge"
PAYLOADS = (
    "=cmd|'/c calc'!A1",
    "+1+2",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    '  =HYPERLINK("http://x")',
    "\N{NO-BREAK SPACE}=1",
)


def asked(kind, file="csv", **more):
    return {"kind": kind, "file": file, "purpose": PURPOSE, **more}


def read_csv(answer):
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def read_xlsx(answer):
    assert answer.status_code == 200, answer.text
    return openpyxl.load_workbook(io.BytesIO(answer.data)).active


@pytest.fixture
def persons(world, session):
    """Return what adds so many missing persons to the operation."""

    def add(count):
        session.add_all(
            MissingPerson(number=f"MP-{n:06}", operation=world.operation, name=f"Person {n}")
            for n in range(count)
        )
        session.commit()

    return add


def test_a_table_is_taken_out_for_a_purpose_and_is_on_record(world, session, steward):
    world.remains(14)
    session.commit()

    header, row = read_csv(steward.send("/exports", asked("remains", site="rqa01")))

    told = dict(zip(header, row, strict=True))
    assert told["Number"] == "RQA01-F01-B014"
    assert told["Site"] == "RQA01"
    assert told["Sex"] == "Male"
    assert told["Lowest age"] == "18.0"
    entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "export")).one()
    assert (entry.subject, entry.reason) == ("export:remains", PURPOSE)
    assert entry.changes == {
        "rows": [None, 1],
        "file": [None, "csv"],
        "filter": [None, {"site": "RQA01"}],
    }


@pytest.mark.parametrize("kind", ["missing_persons", "remains", "effects", "decisions"])
@pytest.mark.parametrize("file", ["csv", "xlsx"])
def test_every_table_comes_in_either_format(kind, file, world, session, steward):
    world.remains(1)
    world.person()
    session.commit()

    answer = steward.send("/exports", asked(kind, file))

    rows = read_csv(answer) if file == "csv" else list(read_xlsx(answer).values)
    assert rows[0][0] == "Number"
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{kind}-')


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_is_taken_for_a_formula(payload, world, session, steward):
    """T14."""
    remains = world.remains(1)
    effect = session.scalars(sa.select(PersonalEffect)).first()
    effect.inscription = payload
    effect.category = EffectCategory.DOCUMENT
    session.commit()
    assert remains.number == "RQA01-F01-B001"

    cells = [cell for row in read_csv(steward.send("/exports", asked("effects"))) for cell in row]
    sheet = read_xlsx(steward.send("/exports", asked("effects", "xlsx")))

    assert any(payload.strip() in cell for cell in cells)
    assert not [cell for cell in cells if cell.lstrip().startswith(DANGEROUS)]
    assert not [cell for row in sheet for cell in row if cell.data_type == "f"]
    texts = [str(cell.value) for row in sheet for cell in row if cell.data_type == "s"]
    assert not [text for text in texts if text.lstrip().startswith(DANGEROUS)]


def test_an_arabic_workbook_runs_from_right_to_left(world, steward):
    steward.get("/language/ar")

    assert read_xlsx(steward.send("/exports", asked("remains", "xlsx"))).sheet_view.rightToLeft


def test_nothing_that_could_cost_a_life_is_in_any_table(world, session, steward):
    report = world.person().reports[0]
    session.add(Informant(report=report, name="Canary Informant", phone="0999 424242"))
    world.site.informed_by = "Canary Witness"
    session.commit()

    for kind in EXPORTS:
        text = steward.send("/exports", asked(kind.value)).text
        assert "Canary" not in text
        assert "424242" not in text


def test_a_life_threatening_column_cannot_be_named():
    exported = [
        (attribute.class_.__tablename__, attribute.key)
        for table in EXPORTS.values()
        for _, attribute in table.columns
    ]

    assert all(protection_of(*column) < Protection.P3 for column in exported)
    with pytest.raises(LifeThreateningColumnError):
        list(of(Informant, "name_sealed"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"purpose": ""}, "Purpose is missing."),
        ({"purpose": "report"}, "Say the purpose in at least 10 characters."),
        ({"kind": "informants"}, "What to export"),
        ({"since": "2019-02-30"}, "This is no day. Write it like 2019-03-05."),
        ({"since": "2019-03-02", "until": "2019-03-01"}, "The last day lies before the first."),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_typed_is_lost(change, message, world, steward):
    answer = steward.send("/exports", {**asked("remains", site="RQA<b>"), **change})

    assert answer.status_code == 422
    assert message in answer.text
    assert "RQA&lt;b&gt;" in answer.text


def test_rows_outside_the_readers_scope_stay_inside(world, session, client_as):
    world.remains(1)
    world.person()
    session.commit()
    stranger = client_as(Role.STEWARD)

    for kind in EXPORTS:
        assert len(read_csv(stranger.send("/exports", asked(kind.value)))) == 1, kind


def test_a_thousand_records_leave_within_an_hour_and_no_more(world, session, steward, persons):
    """T35: the auditor reads of it after three hundred."""
    persons(750)
    assert len(read_csv(steward.send("/exports", asked("missing_persons")))) == 751

    refused = steward.send("/exports", asked("missing_persons"))

    assert refused.status_code == 429
    assert "holds 750 records, and you may take out 250 more" in refused.text
    assert PURPOSE in refused.text
    trail = session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(3)).all()
    assert [(row.action.value, row.subject) for row in reversed(trail)] == [
        ("export", "export:missing_persons"),
        ("export", services.LARGE),
        ("refused", "export:missing_persons"),
    ]
    assert trail[1].changes["total"] == [None, 750]


def test_the_next_hour_has_a_budget_of_its_own(world, session, steward, persons, monkeypatch):
    persons(600)
    read_csv(steward.send("/exports", asked("missing_persons")))
    later = now() + timedelta(minutes=61)
    monkeypatch.setattr(services, "now", lambda: later)

    assert len(read_csv(steward.send("/exports", asked("missing_persons")))) == 601


def test_others_have_no_page_to_export_from(world, client_as):
    assert client_as(user=world.users["proposer"]).get("/exports").status_code == 403
