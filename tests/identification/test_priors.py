"""Probabilities stand on what is expected of a site, which a steward sets and each run keeps."""

from datetime import date

import pytest
import sqlalchemy as sa

from caseman.database import now
from caseman.identification.models import Candidate, RankingRun, SitePrior
from caseman.identification.queries.priors import Expected, expected_at, found_at, prior_of
from caseman.identification.queries.runs import last_finished
from caseman.identification.services.candidates import rank_all, rank_changed
from caseman.identification.services.pairings import open_pairing
from caseman.identification.services.priors import set_prior
from caseman.jobs.worker import work_once
from tests.factories.accounts import make_team, make_user
from tests.identification.world import TODAY, Role, build

REMAINS, PERSONS = 24, 20
SHARE = "65.0 %"


@pytest.fixture
def world(session, sessions):
    """So few people that every list holds all, and so many that one change ranks one alone."""
    world = build(session)
    world.graves = [
        world.remains(place, age_min=2.0 * place, age_max=2.0 * place + 9)
        for place in range(1, REMAINS + 1)
    ]
    world.sought = [
        world.person(f"Person {place}", birth_from=born, birth_to=born)
        for place in range(PERSONS)
        for born in (date(1990 - 3 * place, 1, 1),)
    ]
    session.commit()
    rank_all(sessions)
    return world


def assert_stands_on(session, expected):
    """Every probability can be computed again from its likelihood ratio and the prior."""
    session.rollback()
    for remains in session.scalars(sa.select(Candidate.remains_id).distinct()).all():
        listed = session.scalars(sa.select(Candidate).filter_by(remains_id=remains)).all()
        assert len(listed) == PERSONS
        nobody = 1 - sum(each.posterior for each in listed)
        for each in listed:
            odds = expected.share * 10**each.log10_lr / expected.nobody
            assert each.posterior / nobody == pytest.approx(odds, rel=1e-6)
    session.rollback()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_lists_stand_on_the_prior_of_their_site_which_the_run_keeps(world, session, sessions):
    assert_stands_on(session, Expected(0.4, PERSONS))
    before = scores(session)
    set_prior(session, world.site, 0.8, world.users["steward"], "A list of the hospital.")
    session.commit()
    while work_once(sessions):
        """Until nothing waits."""

    run = last_finished(session)
    assert run.priors == {"usual": 0.4, "sites": {world.site.code: 0.8}}
    assert expected_at(run, world.site.code) == Expected(0.8, PERSONS)
    assert expected_at(run, "ELSE01").overlap == 0.4
    assert_stands_on(session, Expected(0.8, PERSONS))
    assert scores(session) == pytest.approx(before, abs=0.3)

    world.sought[3].evidence_changed_at = now()
    session.commit()
    assert rank_changed(sessions).persons == 1
    assert_stands_on(session, Expected(0.8, PERSONS))
    world.graves[0].evidence_changed_at = now()
    session.commit()
    assert rank_changed(sessions).remains == 1
    assert_stands_on(session, Expected(0.8, PERSONS))

    case = open_pairing(
        session, world.graves[0], world.sought[0], world.users["proposer"], today=TODAY
    )
    assert (case.prior_overlap, case.prior_persons) == (0.8, PERSONS)
    assert found_at(session, [world.site.id])[world.site.id] == (REMAINS, 0)


def scores(session):
    session.rollback()
    query = sa.select(Candidate.remains_id, Candidate.missing_person_id, Candidate.log10_lr)
    return {tuple(row[:2]): row[2] for row in session.execute(query)}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_run_that_kept_no_prior_had_the_usual_one(world, session):
    assert prior_of(RankingRun(priors=None)).at(world.site.code) == 0.4


def test_what_was_set_is_never_rewritten_and_lies_between_none_and_all(world, session):
    set_prior(session, world.site, 0.8, world.users["steward"], "A list.")
    session.commit()
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        session.execute(sa.text("UPDATE site_prior SET overlap = 0.5"))
    session.rollback()
    session.add(SitePrior(site=world.site, overlap=1.0, set_by=world.users["steward"], reason="-"))
    with pytest.raises(sa.exc.IntegrityError):
        session.flush()


@pytest.fixture
def staff(world, session, client_as):
    session.commit()
    return {name: client_as(user=world.users[name]) for name in ("proposer", "steward")}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_only_a_steward_who_sees_the_site_sets_it(world, session, staff, client_as):
    other = make_user(session, Role.STEWARD, team=make_team(session))
    session.commit()
    stranger = client_as(user=other)
    address = f"/candidates/priors/{world.site.code}"
    sent = {"percent": "65", "reason": "A list of the hospital.", "version": 0}

    assert staff["proposer"].send(address, sent).status_code == 403
    assert stranger.send(address, sent).status_code == 404
    assert stranger.get(address).status_code == 404
    assert world.site.code not in stranger.get("/candidates/priors").text
    wrong = staff["steward"].send(address, sent | {"percent": "130"})
    assert wrong.status_code == 422
    assert "must lie between 1 and 99" in wrong.text
    assert "A list of the hospital." in wrong.text
    assert staff["steward"].send(address, sent | {"reason": ""}).status_code == 422
    assert staff["steward"].send(address, sent).status_code == 302
    assert staff["steward"].send(address, sent).status_code == 409

    last = session.scalar(sa.select(sa.func.max(SitePrior.id)))
    session.rollback()
    again = {"percent": "", "reason": "Withdrawn.", "version": last}
    assert staff["steward"].send(address, again).status_code == 302
    page = staff["proposer"].get(address).text
    assert "the usual value again" in page
    assert "Withdrawn." in page


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_probability_is_shown_with_what_it_stands_on(world, session, sessions, staff):
    set_prior(session, world.site, 0.65, world.users["steward"], "A list of the hospital.")
    session.commit()
    while work_once(sessions):
        """Until nothing waits."""
    remains, person, reviewer = world.graves[0].number, world.sought[0].number, staff["proposer"]
    pair = {"remains": remains, "person": person}

    told = f"{SHARE} likely that a person found at {world.site.code} is reported at all"
    case = reviewer.send("/pairings/open", pair).location
    lists = (f"/candidates/remains/{remains}", f"/candidates/persons/{person}")
    for address in (*lists, case):
        assert told in reviewer.get(address).text
    assert SHARE in reviewer.get("/candidates/priors").text
