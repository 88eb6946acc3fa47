"""What other pages know of custody: the start page, the site, and the return to the family."""

import re
from datetime import date

import pytest

from caseman.custody.codes import Standing, TransferPurpose
from caseman.database import now
from caseman.identification.codes import NotificationManner, ReleaseState
from caseman.identification.drafts import Handing, Telling
from caseman.identification.services import returns
from caseman.permissions import Role
from tests.factories.custody import give, make_exhibit, take
from tests.identification.carrying import identified
from tests.identification.world import build


@pytest.fixture
def bags(work, session):
    """One bag on its way, one that did not arrive, and one of a site of others."""
    rows = [make_exhibit(session, work.ours) for _ in range(2)]
    foreign = make_exhibit(session, work.theirs)
    give(session, rows[:1])
    take(session, give(session, rows[1:]), missing=rows[1:])
    take(session, give(session, [foreign]), missing=[foreign])
    session.commit()
    return [row.number for row in (*rows, foreign)]


def figure(page, label):
    return int(re.search(rf"<b><bdi>(\d+)</bdi></b>\s*(?:<a[^>]*>|<p>){label}", page)[1])


def test_the_start_page_says_what_waits_within_the_readers_scope(bags, recorder, examiner):
    page = recorder.get("/").text
    assert figure(page, "Waiting for receipt") == 1
    assert figure(page, "Does not agree") == 1
    assert figure(page, "Missing after a hand-over") == 1
    assert 'href="/custody/?list=waiting"' in page
    assert 'href="/custody/exhibits?standing=missing"' in page
    assert figure(examiner.get("/").text, "Missing after a hand-over") == 2


def test_whoever_may_not_read_custody_sees_nothing_of_it(bags, client_as):
    page = client_as(Role.INTAKE).get("/").text
    assert "Waiting for receipt" not in page
    assert "/custody" not in page


def test_the_laboratory_finds_the_hand_overs_from_its_start_page(bags, work, client_as):
    assert 'href="/custody/"' in client_as(Role.DNA_ANALYST, team=work.team).get("/").text


def test_a_site_counts_its_exhibits_and_what_is_missing_of_them(bags, work, recorder):
    page = recorder.get(f"/sites/{work.ours.code}").text
    assert figure(page, "Exhibits") == 2
    assert figure(page, "Missing after a hand-over") == 1
    assert f"/custody/exhibits?site={work.ours.code}" in page


@pytest.fixture
def world(session):
    world = build(session)
    session.commit()
    return world


@pytest.fixture
def release(world, session):
    """Remains about to be handed over to the family, the release approved."""
    pairing = identified(world)
    told = Telling("A sister", "Steward", now().date(), NotificationManner.VISIT)
    returns.tell_family(session, pairing.decision, world.users["steward"], told)
    row = returns.prepare_release(session, pairing.decision, world.users["reviewer"], effects=[])
    returns.approve_release(row, world.users["decider"])
    session.commit()
    return row


def went_home(world, session, release):
    handing = Handing(
        {"name": "The sister", "relation": "sister"},
        date(2019, 6, 1),
        reburied_on=date(2019, 6, 2),
    )
    returns.record_release(release, world.users["steward"], handing)
    session.commit()


def test_a_release_leads_to_its_exhibits_and_says_where_custody_lags(
    world, session, release, client_as
):
    number, exhibit = release.number, release.remains.exhibit
    steward = client_as(user=world.users["steward"])
    page = steward.get(f"/releases/{number}").text
    assert f'href="/custody/exhibits/{exhibit.number}"' in page
    assert "Custody does not say" not in page

    went_home(world, session, release)
    page = steward.get(f"/releases/{number}").text
    assert "Custody does not say that they left" in page
    assert "/custody/hand-overs/new" not in page  # a steward reads custody and records none
    path = steward.get(f"/custody/exhibits/{exhibit.number}").text
    assert "It went to the family by this release, but no hand-over says so." in path
    assert f'href="/releases/{number}"' in path
    assert re.search(r"Buried on <span[^>]*>2 June 2019<", path)

    take(session, give(session, [exhibit], purpose=TransferPurpose.RELEASE, given_to=number))
    session.commit()
    assert "Custody does not say" not in steward.get(f"/releases/{number}").text
    path = steward.get(f"/custody/exhibits/{exhibit.number}").text
    assert "no hand-over says so" not in path
    assert "With the family" in path
    assert number in steward.get(f"/custody/exhibits/{exhibit.number}/path").text


def test_a_bag_with_the_family_without_a_release_is_told(world, session, release, client_as):
    exhibit = release.remains.exhibit
    take(session, give(session, [exhibit], purpose=TransferPurpose.RELEASE))
    session.commit()
    assert exhibit.standing is Standing.RELEASED
    assert release.state is ReleaseState.APPROVED
    reviewer = client_as(user=world.users["reviewer"])
    page = reviewer.get(f"/custody/exhibits/{exhibit.number}").text
    assert "No release to a family is recorded for it." in page


def test_who_may_not_read_decisions_learns_of_no_release(world, session, release, client_as):
    number, exhibit = release.number, release.remains.exhibit.number
    went_home(world, session, release)
    page = client_as(Role.EXAMINER, team=world.team).get(f"/custody/exhibits/{exhibit}").text
    assert number not in page
    assert "Release to the family" not in page
    assert "The sister" not in page
