"""The full file of one case: what is on it, who may have it, and what is never on it."""

import shutil
import subprocess
import sys
from datetime import timedelta

import pytest
import sqlalchemy as sa

from caseman.audit.models import AuditEntry
from caseman.audit.recorder import note_act
from caseman.database import now
from caseman.documents import pdf, services
from caseman.documents.models import PrintedFile
from caseman.documents.pdf import STYLESHEET, can_make_pdf, make_pdf
from caseman.documents.views import printing
from caseman.identification.models import Decision
from caseman.jobs.worker import sweep, work_once
from caseman.permissions import Role
from caseman.remains.codes import BoneSide
from caseman.remains.drafts import Injury
from caseman.remains.lesions import Mechanism, Timing
from caseman.remains.services.lesions import describe_injury
from caseman.reports.models import Informant

needs_pdf = pytest.mark.skipif(not can_make_pdf(), reason="pango is missing here")
needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is missing here")


def words_of(pdf):
    tool = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(tool.stdout.decode().split())


@needs_pdf
@needs_poppler
def test_the_file_of_a_decision_holds_the_whole_case(decision, board):
    answer = board.get(f"/documents/decisions/{decision.number}.pdf")

    assert answer.content_type == "application/pdf"
    words = words_of(answer.data)
    for expected in (
        decision.number,
        "RQA01-F01-B014",
        "Identification report",
        "Every line of evidence",
        "The watch and the age agree; nothing contradicts.",
        "Second decider",
        "Path of custody",
        "Extract of the audit trail",
    ):
        assert expected in words, expected


@needs_pdf
@needs_poppler
def test_the_pdf_is_tagged_and_titled_for_screen_readers(decision, board):
    pdf = board.get(f"/documents/decisions/{decision.number}.pdf").data

    facts = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout
    lines = [" ".join(line.split()) for line in facts.decode().splitlines()]
    assert "Title: Case file" in lines
    assert "Tagged: yes" in lines


def test_the_same_page_prints_from_a_browser(decision, board):
    page = board.get(f"/documents/decisions/{decision.number}")

    assert page.status_code == 200
    assert "دارا سيف" in page.text
    assert "The remains, as recorded" in page.text


def test_whoever_takes_a_case_along_on_paper_is_on_record(decision, session, board):
    board.get(f"/documents/remains/{decision.remains.number}.pdf")

    statement = sa.select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(3)
    latest = {(row.action.value, row.subject) for row in session.scalars(statement)}
    assert ("print", "RQA01-F01-B014") in latest
    assert ("read", "RQA01-F01-B014") in latest
    assert ("read", decision.missing_person.number) in latest


def test_nothing_that_could_cost_a_life_is_printed(decision, world, session, board):
    report = decision.missing_person.reports[0]
    session.add(Informant(report=report, name="Canary Informant", phone="0999 424242"))
    world.site.informed_by = "Canary Witness"
    session.commit()

    for path in (f"decisions/{decision.number}", "remains/RQA01-F01-B014"):
        page = board.get(f"/documents/{path}").text
        assert "Canary" not in page
        assert "424242" not in page
        assert "35.95" not in page


def test_injuries_are_printed_as_they_are_described(decision, session, board):
    shot = Injury(
        element="FRO",
        side=BoneSide.MIDDLE,
        timing=Timing.PERI_MORTEM,
        mechanism=Mechanism.GUNSHOT,
        description="Round, 9 mm.",
    )
    remains = session.get_one(Decision, decision.id).remains
    describe_injury(session, remains, shot)
    session.commit()
    for path in (f"decisions/{decision.number}", f"remains/{remains.number}"):
        page = board.get(f"/documents/{path}").text
        assert "Gunshot: Frontal bone" in page
        assert "Round, 9 mm." in page


def test_a_recorder_prints_remains_without_decision_or_person(decision, world, client_as):
    recorder = client_as(Role.RECORDER, team=world.team)

    page = recorder.get("/documents/remains/RQA01-F01-B014")

    assert page.status_code == 200
    assert decision.number not in page.text
    assert decision.missing_person.number not in page.text
    assert recorder.get(f"/documents/decisions/{decision.number}").status_code == 403


@pytest.mark.parametrize("ending", ["", ".pdf"])
def test_a_case_outside_the_readers_scope_is_not_there(ending, decision, client_as):
    stranger = client_as(Role.BOARD)

    for path in (f"decisions/{decision.number}", "remains/RQA01-F01-B014", "remains/NOTHING"):
        assert stranger.get(f"/documents/{path}{ending}").status_code == 404


def test_what_a_withdrawn_report_told_is_not_printed(decision, session, board):
    report = decision.missing_person.reports[0]
    report.occupation = "Blacksmith of canaries"
    session.commit()
    path = f"/documents/decisions/{decision.number}"
    assert "Blacksmith" in board.get(path).text

    report.withdrawn_at = now()
    session.commit()

    assert "Blacksmith" not in board.get(path).text


def test_hostile_text_stays_text(decision, session, board):
    decision.remains.recovery.notes = '<img src="file:///etc/passwd"><script>1</script>'
    session.commit()

    page = board.get("/documents/remains/RQA01-F01-B014").text

    assert "&lt;img src=" in page
    assert "<script>1" not in page


@needs_pdf
def test_the_pdf_maker_fetches_nothing_but_our_stylesheet(caplog):
    """AB16: neither the network nor the file system, not even when a page asks for it."""
    page = (
        '<html lang="en"><head><title>t</title>'
        f'<link rel="stylesheet" href="{STYLESHEET}">'
        '<link rel="stylesheet" href="file:///etc/passwd">'
        '<style>@import "http://127.0.0.1:9/x.css"; p { background: url(file:///etc/passwd) }'
        "</style>"
        '</head><body><p>t</p><img alt="x" src="http://127.0.0.1:9/y.png">'
        '<img alt="x" src="/etc/hostname"><object data="file:///etc/passwd"></object></body></html>'
    )

    assert make_pdf(page).startswith(b"%PDF")

    refused = [record.getMessage() for record in caplog.records if "Failed" in record.getMessage()]
    assert len(refused) >= 5
    assert not [message for message in refused if STYLESHEET in message]


@needs_pdf
def test_a_long_file_is_made_in_the_background_and_gone_after_a_day(
    decision, session, sessions, board, client_as, world, monkeypatch
):
    for _ in range(3):
        note_act(session, "update", decision.number, reason="checked again")
    session.commit()
    monkeypatch.setattr(printing, "LARGE", 3)
    path = f"/documents/decisions/{decision.number}.pdf"
    assert "A long paper" in board.get(path).text

    asked = board.send(path)
    assert "The PDF is being made." in board.get(asked.location).text
    assert board.get(asked.location + ".pdf").status_code == 404
    while work_once(sessions):
        """The new remains asked for a ranking too."""

    assert "The PDF is ready." in board.get(asked.location).text
    assert board.get(asked.location + ".pdf").data.startswith(b"%PDF")
    somebody_else = client_as(user=world.users["second"])
    assert somebody_else.get(asked.location + ".pdf").status_code == 404
    stored = session.scalars(sa.select(PrintedFile)).one()
    assert b"%PDF" not in stored.pdf_sealed
    assert stored.html is None
    session.rollback()

    later = now() + timedelta(hours=25)
    monkeypatch.setattr(services, "now", lambda: later)
    sweep(sessions)
    assert board.get(asked.location).status_code == 404


@needs_pdf
def test_a_paper_says_how_many_pages_are_laid_out(decision, session, sessions, board, monkeypatch):
    monkeypatch.setattr(printing, "LARGE", 3)
    asked = board.send(f"/documents/decisions/{decision.number}.pdf").location
    assert "It waits for its turn." in board.get(asked).text
    seen, make = [], services.make_pdf

    def watched(html, laid_out):
        def told(page):
            laid_out(page)
            seen.append(board.get(asked).text)

        return make(html, told)

    monkeypatch.setattr(services, "make_pdf", watched)
    monkeypatch.setattr(services, "TOLD_EVERY", 0)
    while work_once(sessions):
        """The new remains asked for a ranking too."""

    assert "1 page is laid out so far." in seen[0]
    assert "2 pages are laid out so far." in seen[1]
    assert f"{len(seen)} pages" in board.get(asked).text


def test_a_missing_library_is_no_noise_in_what_a_command_prints(monkeypatch, capsys):
    def lacks_pango(_name):
        sys.stdout.write("Please carefully follow the installation steps")
        raise OSError

    monkeypatch.setattr(pdf, "import_module", lacks_pango)
    assert pdf._rendering.__wrapped__() is None
    assert capsys.readouterr().out == ""


def test_without_pango_the_page_says_so_and_prints_from_the_browser(decision, board, monkeypatch):
    monkeypatch.setattr(printing, "can_make_pdf", lambda: False)

    page = board.get(f"/documents/decisions/{decision.number}.pdf")

    assert page.content_type.startswith("text/html")
    assert "This machine cannot make PDF files." in page.text
