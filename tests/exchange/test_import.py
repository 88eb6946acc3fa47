"""Tables of other systems: nothing is lost without a word, and nothing is taken twice."""

import csv
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa

from caseman.accounts.models import Operation
from caseman.audit.models import AuditEntry
from caseman.audit.verify import verify
from caseman.effects.models import PersonalEffect
from caseman.exchange.codes import ImportKind
from caseman.exchange.importing import import_sheet
from caseman.exchange.kinds import reader_of
from caseman.exchange.models import ImportRun
from caseman.exchange.sheets import SheetError, read_sheet
from caseman.exchange.sources import of_source
from caseman.remains.models import FoundWith, Remains
from caseman.reports.models import AnteMortemReport, MissingPerson, ReportedEffect
from caseman.sites.models import Site

DATA = Path(__file__).parent / "data"
KINDS = ("remains", "reports", "effects")


@pytest.fixture
def operation(session):
    row = Operation(code="RQA", name="Example operation")
    session.add(row)
    session.flush()
    return row


def take(session, operation, kind, path, **options):
    reader = reader_of(ImportKind(kind), session, operation)
    tally = import_sheet(session, reader, read_sheet(path), operation, **options)
    assert tally.rows == tally.created + tally.unchanged + tally.refused
    return tally


def numbered_alike(session, operation, kind, path, source):
    """Take a table of a source that numbers its rows as others do."""
    reader = reader_of(ImportKind(kind), session, operation)
    return import_sheet(session, reader, of_source(read_sheet(path), source), operation)


def counts(session):
    models = (Site, Remains, FoundWith, PersonalEffect, MissingPerson, AnteMortemReport)
    models += (ReportedEffect, ImportRun, AuditEntry)
    return [session.scalar(sa.select(sa.func.count()).select_from(model)) for model in models]


def written(tmp_path, text, name="table.csv"):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def test_an_event_goes_in_whole_and_a_second_time_changes_nothing(session, operation):
    for kind in KINDS:
        tally = take(session, operation, kind, DATA / f"{kind}.csv")
        assert (tally.created, tally.refused) == (tally.rows, 0)
        assert tally.ignored_columns == ()
    before = counts(session)
    for kind in KINDS:
        tally = take(session, operation, kind, DATA / f"{kind}.csv")
        assert (tally.unchanged, tally.created) == (tally.rows, 0)
    assert counts(session) == before


def test_effects_repeat_the_lists_of_the_other_tables_and_add_nothing(session, operation):
    for kind in ("remains", "reports"):
        take(session, operation, kind, DATA / f"{kind}.csv")
    before = counts(session)[:7]
    take(session, operation, "effects", DATA / "effects.csv")
    assert counts(session)[:7] == before


def test_an_imported_record_is_proven_by_the_trail(session, operation):
    for kind in ("remains", "reports"):
        take(session, operation, kind, DATA / f"{kind}.csv")
    assert verify(session, session.info["audit_key"]).first_bad is None


def test_remains_of_an_unknown_site_make_a_reported_site(session, operation):
    take(session, operation, "remains", DATA / "remains.csv")
    site = session.scalar(sa.select(Site))
    assert (site.status.value, site.source_id, site.code) == ("reported", "S001", "RAQ01")
    first = session.scalar(sa.select(Remains).where(Remains.source_id == "R000001"))
    assert first.number == "RAQ01-F00-B001"


def test_a_workbook_reads_like_the_same_csv(session, operation, tmp_path):
    book = openpyxl.Workbook()
    with (DATA / "reports.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            book.active.append(row)
    book.save(tmp_path / "reports.xlsx")
    tally = take(session, operation, "reports", tmp_path / "reports.xlsx")
    assert tally.created == tally.rows == 87


def test_each_refusal_names_line_column_and_reason(session, operation, tmp_path):
    path = written(
        tmp_path,
        "report_id,name_full,sex,stature_cm,last_seen_from,last_seen_to\n"
        "A1,Dara Nimune,M,172,2017-01-01,2017-02-01\n"
        "A2,Azad Nimune,X,17.2,2017-02-30,2017-02-01\n"
        ",Nobody,,,,\n",
    )
    tally = take(session, operation, "reports", path)
    assert (tally.created, tally.refused) == (1, 2)
    told = {(fault.line, fault.column) for fault in tally.faults}
    assert told == {(3, "sex"), (3, "stature_cm"), (3, "last_seen_from"), (4, "report_id")}
    assert "172" not in str(tally.faults[0])


def test_all_or_nothing_keeps_every_row_out(session, operation, tmp_path):
    path = written(tmp_path, "report_id,sex\nA1,M\nA2,X\n")
    tally = import_sheet(
        session,
        reader_of(ImportKind.REPORTS, session, operation),
        read_sheet(path),
        operation,
        all_or_nothing=True,
    )
    assert (tally.created, tally.refused, tally.held_back) == (0, 1, 1), "as many as came in"
    assert session.scalar(sa.select(sa.func.count()).select_from(AnteMortemReport)) == 0


def test_a_repeated_row_is_told_and_another_row_of_the_same_id_is_refused(
    session, operation, tmp_path
):
    path = written(tmp_path, "report_id,name_full\nA1,One\nA2,Two\nA1,One\nA2,Another\nA3,Three\n")
    tally = take(session, operation, "reports", path)
    assert (tally.created, tally.unchanged, tally.refused) == (3, 1, 1)
    assert [notice.line for notice in tally.notices] == [4]
    assert [fault.line for fault in tally.faults] == [5]


def test_a_file_never_overwrites_a_record(session, operation, tmp_path):
    take(session, operation, "reports", written(tmp_path, "report_id,name_full\nA1,One\n"))
    tally = take(session, operation, "reports", written(tmp_path, "report_id,name_full\nA1,Two\n"))
    assert tally.refused == 1
    assert session.scalar(sa.select(AnteMortemReport.name_full)) == "One"


def test_unknown_columns_are_told_and_unknown_values_kept(session, operation, tmp_path):
    path = written(tmp_path, "report_id,hair,favourite_song\nA1,auburn,unknown\n")
    tally = take(session, operation, "reports", path)
    assert tally.ignored_columns == ("favourite_song",)
    assert [notice.column for notice in tally.notices] == ["hair"]
    assert session.scalar(sa.select(AnteMortemReport.physical_text)) == "auburn"


def test_hostile_text_is_cleaned_or_kept_as_text(session, operation, tmp_path):
    path = written(tmp_path, 'report_id,name_full\nA1,"<b>Dara</b>\u202e\x07"\nA2,=1+1\n')
    take(session, operation, "reports", path)
    names = session.scalars(sa.select(AnteMortemReport.name_full).order_by(AnteMortemReport.id))
    assert names.all() == ["<b>Dara</b>", "=1+1"]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"report_id\n\xff\xfe\n", "UTF-8"),
        (b"report_id\nA\x00\n", "NUL"),
        (b'report_id\n"A1\n', "CSV"),
        (b"report_id,report_id\nA1,A1\n", "Two columns"),
        (b"report_id,,x\nA1,,\n", "no name"),
        (b"PK\x03\x04 not a workbook", "XLSX"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, content, word):
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(SheetError) as refusal:
        read_sheet(path)
    assert word in str(refusal.value)


def test_a_table_without_its_key_column_is_refused(session, operation, tmp_path):
    with pytest.raises(SheetError, match="report_id"):
        take(session, operation, "reports", written(tmp_path, "name\nDara\n"))


def test_effects_of_an_owner_not_imported_are_refused(session, operation, tmp_path):
    path = written(
        tmp_path,
        "side,id,class,kind_or_type,descriptor_or_colour,slot\nremains,R9,effect,watch,casio,\n",
    )
    assert take(session, operation, "effects", path).refused == 1


def test_contact_with_remains_that_are_not_known_is_refused_and_never_dropped(
    session, operation, tmp_path
):
    head = "remains_id,site_id,found_with,layer\n"
    rows = 'R1,S1,"[""R2""]",\nR2,S1,"[""R3""]",\nR3,S1,"[""R9""]",\nR4,S1,"[""R5""]",\nR5,S1,,\n'
    tally = take(session, operation, "remains", written(tmp_path, head + rows))
    told = {fault.line: (fault.column, str(fault).split()[0]) for fault in tally.faults}
    assert told == {
        2: ("found_with", "R2"),
        3: ("found_with", "R3"),
        4: ("found_with", "R9"),
    }
    assert (tally.created, session.scalar(sa.select(sa.func.count()).select_from(FoundWith))) == (
        2,
        1,
    )
    mended = written(tmp_path, head + rows + 'R9,S1,"[""R4""]",\n')
    tally = take(session, operation, "remains", mended)
    assert (tally.created, tally.unchanged, tally.refused) == (4, 2, 0)
    assert session.scalar(sa.select(sa.func.count()).select_from(FoundWith)) == 5


def test_two_operations_may_take_in_the_same_source(session, operation):
    other = Operation(code="DEZ", name="Another operation")
    session.add(other)
    session.flush()
    for kind in KINDS:
        for each in (operation, other, other):
            tally = take(session, each, kind, DATA / f"{kind}.csv")
            assert tally.refused == 0
        assert (tally.created, tally.unchanged) == (0, tally.rows)


def test_two_sources_that_number_alike_do_not_meet(session, operation):
    for kind in KINDS:
        take(session, operation, kind, DATA / f"{kind}.csv")
    before = counts(session)
    for kind in KINDS:
        tally = numbered_alike(session, operation, kind, DATA / f"{kind}.csv", "second")
        assert (tally.created, tally.refused) == (tally.rows, 0), kind
        again = numbered_alike(session, operation, kind, DATA / f"{kind}.csv", "second")
        assert (again.created, again.unchanged) == (0, again.rows), kind
    rows = counts(session)[:7]
    assert rows == [2 * count for count in before[:7]]
    links = sa.select(FoundWith).join(FoundWith.other)
    for link in session.scalars(links):
        assert (":" in link.remains.source_id) == (":" in link.other.source_id)
