"""The auditor's pages: what was done, who opened what, and whether the trail is whole."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from caseman.audit.models import AuditEntry
from caseman.audit.recorder import Actor, note_read
from caseman.database import now
from caseman.jobs.worker import work_once
from caseman.oversight.models import TrailCheck
from caseman.permissions import Role
from caseman.reports.models import Informant
from caseman.sites.models import Site


@pytest.fixture
def auditor(client_as):
    return client_as(Role.AUDITOR, team=None)


@pytest.fixture
def remains(world, session):
    remains = world.remains(14)
    session.commit()
    return remains


def test_the_auditor_finds_an_entry_by_who_what_table_number_and_period(world, remains, auditor):
    today = now().date()
    fits = {
        "who": "operator",
        "what": "create",
        "table": "remains",
        "number": remains.number.lower(),
        "since": today.isoformat(),
        "until": today.isoformat(),
    }
    misses = {
        "who": "steward",
        "what": "delete",
        "table": "site",
        "number": "RQA01-F01-B015",
        "since": (today + timedelta(days=1)).isoformat(),
        "until": (today - timedelta(days=1)).isoformat(),
    }

    assert "Created: Remains" in auditor.get("/audit", query_string=fits).text
    for name, value in misses.items():
        page = auditor.get("/audit", query_string={**fits, name: value})
        assert "Nothing was done that fits this filter." in page.text, name


def test_the_list_goes_on_past_its_first_page_newest_first(world, session, auditor):
    for sequence in range(1, 31):
        world.remains(sequence)
    session.commit()

    first = auditor.get("/audit?table=personal_effect")
    assert "RQA01-F01-B030/2" in first.text
    assert "RQA01-F01-B001/1" not in first.text
    following = first.text.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]

    assert "RQA01-F01-B001/1" in auditor.get(following.replace("&amp;", "&")).text


def test_a_date_that_is_none_is_told_and_nothing_else_is_lost(auditor):
    page = auditor.get("/audit?who=rana&since=2019-02-30")

    assert page.status_code == 422
    assert "This is no day. Write it like 2019-03-05." in page.text
    assert 'value="rana"' in page.text


def test_an_entry_tells_from_and_to_in_words(world, session, remains, auditor):
    world.site.hazards = "<b>mines</b> \N{RIGHT-TO-LEFT OVERRIDE}to the north"
    session.flush()
    seq = session.scalar(sa.select(sa.func.max(AuditEntry.seq)))
    session.commit()

    page = auditor.get(f"/audit/{seq}").text

    assert "Changed: Site" in page
    assert "Hazards" in page
    assert "&lt;b&gt;mines&lt;/b&gt;" in page
    assert "RQA01" in page


def test_sealed_and_secret_values_are_never_told(world, session, auditor):
    report = world.person().reports[0]
    session.add(Informant(report=report, name="Canary of Raqqa", phone="0999 111"))
    session.commit()
    who = session.scalar(sa.select(AuditEntry.seq).where(AuditEntry.table_name == "informant"))
    account = session.scalar(
        sa.select(AuditEntry.seq).where(AuditEntry.table_name == "user_account").limit(1)
    )

    page = auditor.get(f"/audit/{who}").text
    assert "sealed value entered" in page
    assert "Canary" not in page
    assert "sha256:" not in page
    assert "the value is never shown" in auditor.get(f"/audit/{account}").text


def test_the_history_of_one_record_is_found_by_row_and_by_number(world, session, remains, auditor):
    remains.layer = 3
    session.commit()

    by_row = auditor.get(f"/audit/rows/remains/{remains.id}").text
    by_number = auditor.get(f"/audit/numbers/{remains.number}").text

    assert by_row.index("Changed: Remains") < by_row.index("Created: Remains")
    assert "Created: Recovery" in by_number
    assert auditor.get("/audit/rows/remains/99999").status_code == 404
    assert auditor.get("/audit/numbers/NOBODY-HAS/this").status_code == 404


def test_who_opened_what_is_apart_from_what_was_done(world, session, remains, auditor):
    session.info["actor"] = Actor("rana.h")
    note_read(session, remains)
    session.commit()

    assert "rana.h" in auditor.get("/access").text
    assert "rana.h" not in auditor.get("/audit").text


@pytest.mark.parametrize("path", ["/audit", "/access", "/audit/1", "/audit/checks"])
def test_no_case_role_sees_the_trail(path, world, signed_in_as):
    assert signed_in_as("steward").get(path).status_code == 403


def test_the_trail_is_verified_in_the_background(world, remains, auditor, sessions):
    asked = auditor.send("/audit/checks")
    assert "begins when the worker is free" in auditor.get(asked.location).text

    while work_once(sessions):
        """The new remains asked for a ranking too."""

    assert "The trail is whole." in auditor.get(asked.location).text
    assert "Whole" in auditor.get("/audit/checks").text


def test_a_record_altered_past_the_program_is_named(world, session, auditor, sessions):
    session.execute(sa.text("UPDATE site SET name = 'Elsewhere'"))
    session.commit()
    asked = auditor.send("/audit/checks")
    while work_once(sessions):
        """The new site's cases may have asked for a ranking too."""

    page = auditor.get(asked.location).text

    assert "The trail is not whole." in page
    assert f"Site, row {world.site.id}" in page


def test_the_auditor_changes_no_record_of_any_case(world, remains, auditor, sessions):
    """S5: whatever an auditor opens, only the trail and the verification itself are written."""
    before = rows_of_cases(sessions)
    for path in ("/", "/audit", "/access", "/audit/1", "/audit/numbers/RQA01", "/audit/checks"):
        assert auditor.get(path).status_code == 200, path
    auditor.send("/audit/checks")
    work_once(sessions)

    assert rows_of_cases(sessions) == before


def rows_of_cases(sessions):
    """Everything stored, but for what watching over it writes and what the worker computes."""
    own = {"audit_entry", "trail_check", "job", "idempotency_key", "server_session", "attempt"}
    own |= {"ranking_run", "ranking_tables"}
    with sessions.read() as session:
        return {
            table.name: session.execute(sa.select(table).order_by(table.c.id)).all()
            for table in Site.metadata.sorted_tables
            if table.name not in own
        }


def test_progress_is_counted_in_percent():
    assert TrailCheck(expected=0, checked=0).percent == 0
    assert TrailCheck(expected=200, checked=50).percent == 25
    assert TrailCheck(expected=200, checked=260).percent == 100
