"""The start page: what it counts, what it hides, and where it leads."""

from datetime import date

import html5lib

from caseman.database import now
from caseman.identification.models import Candidate
from caseman.oversight.models import TrailCheck
from caseman.permissions import Role
from caseman.remains.codes import RemainsStatus
from caseman.sites.codes import SiteKind
from caseman.sites.services import NewSite, register_site

XHTML = "{http://www.w3.org/1999/xhtml}"


def row_of(page, code):
    """Return the figures of one site as the table shows them."""
    tree = html5lib.parse(page.text)
    for row in tree.iter(f"{XHTML}tr"):
        cells = ["".join(cell.itertext()).strip() for cell in row]
        if cells and cells[0] == code:
            return cells[1:]
    return None


def test_figures_count_each_stage_of_the_work(world, session, signed_in_as):
    home_again = world.remains(1)
    home_again.status = RemainsStatus.RELEASED
    named = world.remains(2)
    named.status = RemainsStatus.IDENTIFIED_COMBINED
    compared = world.remains(3)
    unexamined = {"sex": None, "sex_method": None, "age_min": None, "age_max": None}
    world.remains(4, **unexamined)
    mistaken = world.remains(5)
    mistaken.voided_at = now()
    person = world.person()
    session.add(
        Candidate(
            remains=compared,
            missing_person=person,
            log10_lr=2.0,
            posterior=0.1,
            lines=[],
            model="m",
        )
    )
    session.commit()

    page = signed_in_as("proposer").get("/")

    assert row_of(page, "RQA01") == ["Stadium", "4", "3", "1", "2", "1"]


def test_a_site_outside_the_readers_scope_is_not_counted(world, session, client_as):
    world.remains(1)
    session.commit()

    page = client_as(Role.RECORDER).get("/")

    assert "RQA01" not in page.text
    assert "No site is open to you yet" in page.text


def test_a_recorder_learns_nothing_of_comparisons_or_families(world, session, client_as):
    world.person()
    session.commit()

    page = client_as(Role.RECORDER, team=world.team).get("/")

    assert row_of(page, "RQA01") is not None
    assert "Comparisons that wait" not in page.text
    assert "Missing persons looked for" not in page.text


def test_months_are_shown_with_the_empty_ones_between(world, session, signed_in_as):
    for sequence, day in ((1, date(2018, 11, 3)), (2, date(2019, 2, 1)), (3, date(2019, 2, 9))):
        world.remains(sequence).recovery.recovered_on = day
    session.commit()

    page = signed_in_as("steward").get("/")

    bars = html5lib.parse(page.text).iter(f"{XHTML}table")
    chart = next(table for table in bars if "bars" in table.get("class", ""))
    shown = [" ".join("".join(row.itertext()).split()) for row in chart.iter(f"{XHTML}tr")]
    assert shown == ["November 2018 1", "December 2018 0", "January 2019 0", "February 2019 2"]


def test_an_administrator_gets_links_and_no_figures(world, client_as):
    page = client_as(Role.ADMINISTRATOR).get("/")

    assert "People and roles" in page.text
    assert "Recovered" not in page.text


def test_who_speaks_with_families_learns_not_even_a_count_of_remains(world, session, client_as):
    world.remains(1)
    world.person()
    session.commit()

    page = client_as(Role.INTAKE, team=world.team).get("/")

    assert "Missing persons looked for" in page.text
    assert "RQA01" not in page.text
    assert "Recovered" not in page.text


def test_an_auditor_without_a_team_begins_with_the_trail(world, session, client_as):
    auditor = client_as(Role.AUDITOR, team=None)

    page = auditor.get("/").text
    assert "The trail has not been verified from here yet." in page
    assert all(f'href="{path}"' in page for path in ("/audit", "/access", "/audit/checks"))
    assert "You belong to no team, so no site is counted here." in page

    session.add(TrailCheck(asked_by_id=auditor.user.id, finished_at=now(), is_whole=False))
    session.commit()
    assert ": it is not whole." in auditor.get("/").text


def test_an_auditor_in_a_team_sees_its_counts_and_no_case(world, session, client_as):
    remains = world.remains(1)
    session.commit()

    page = client_as(Role.AUDITOR, team=world.team).get("/")

    assert row_of(page, "RQA01") == ["Stadium", "1", "1", "0", "0", "0"]
    assert remains.number not in page.text


def test_a_visitor_finds_the_way_to_sign_in_and_no_word_about_graves(client):
    page = client.get("/")

    assert page.status_code == 200
    assert 'href="/sign-in"' in page.text
    assert not {"grave", "remains", "missing"} & set(page.text.lower().split())


def test_another_site_stands_in_a_row_of_its_own(world, session, signed_in_as):
    register_site(
        session,
        NewSite(operation_id=world.operation.id, code="RQA02", kind=SiteKind.RUBBLE, name="Bridge"),
    )
    session.commit()

    assert row_of(signed_in_as("decider").get("/"), "RQA02") == ["Bridge", "0", "0", "0", "0", "0"]
