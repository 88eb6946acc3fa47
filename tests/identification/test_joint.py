"""All bodies of a site weighed at once: kept beside the lists, and gone with what they rest on."""

from datetime import date

import pytest
import sqlalchemy as sa

from caseman.database import now
from caseman.identification.models import Candidate, JointPair, JointRemains, JointSolution
from caseman.identification.services.candidates import rank_all
from caseman.identification.services.joint import odds_of, read, solve_site
from caseman.jobs.worker import work_once
from caseman.matching import solve_group
from caseman.remains.codes import RemainsKind
from tests.identification.world import Role, build

PERSONS = 4


@pytest.fixture
def world(session, sessions):
    """Two bodies that the same person fits, one of them better; a bone that competes with none."""
    world = build(session)
    world.first = world.remains(1, age_min=18.0, age_max=22.0)
    world.second = world.remains(2, age_min=16.0, age_max=30.0)
    world.bone = world.remains(3)
    world.bone.kind = RemainsKind.BONE
    world.sought = [
        world.person(f"Person {place}", birth_from=born, birth_to=born)
        for place in range(PERSONS)
        for born in (date(1975 - 15 * place, 1, 1),)
    ]
    session.commit()
    rank_all(sessions)
    while work_once(sessions):
        pass
    return world


def chances(session):
    session.rollback()
    rows = session.execute(sa.select(JointRemains.remains_id, JointPair).join(JointPair.body)).all()
    return {(remains, pair.missing_person_id): pair for remains, pair in rows}


def test_after_a_ranking_every_site_is_solved(world, session):
    found = chances(session)
    solution = session.scalars(sa.select(JointSolution)).one()
    assert (solution.bodies, solution.left_out) == (2, 1)
    person = world.sought[0].id
    worse = found[world.second.id, person]
    assert worse.together < worse.alone
    assert sum(pair.together for (_, who), pair in found.items() if who == person) <= 1
    for body in session.scalars(sa.select(JointRemains)).all():
        listed = sum(pair.together for pair in body.pairs)
        assert listed + body.nobody == pytest.approx(1, abs=0.005 * PERSONS)


def test_what_is_weighed_is_what_the_lists_say_without_rivals_of_the_same_site(world, session):
    ground = read(session, world.site.id)
    odds = odds_of(ground)
    alone = {(p.remains, p.report): p.alone for g in solve_group(odds) for p in g.pairs}
    rows = session.scalars(sa.select(Candidate)).all()
    for row in rows:
        is_contested = any(isinstance(line, dict) for line in row.lines)
        if row.remains_id != world.bone.id and not is_contested:
            key = str(row.remains_id), str(row.missing_person_id)
            assert alone[key] == pytest.approx(row.posterior, rel=0.35)
    assert str(world.bone.id) not in odds


def test_the_page_and_the_lists_show_it(world, session, client_as):
    reviewer = client_as(Role.REVIEWER, team=world.team)
    page = reviewer.get(f"/candidates/together/{world.site.code}").text
    assert world.first.number in page
    assert world.sought[0].name in page
    assert "matrix-mark" in page
    listed = reviewer.get(f"/candidates/remains/{world.second.number}").text
    assert "With all bodies of the site" in listed
    of_person = reviewer.get(f"/candidates/persons/{world.sought[0].number}").text
    assert "With all bodies of the site" in of_person
    assert (
        client_as(Role.REVIEWER).get(f"/candidates/together/{world.site.code}").status_code == 404
    )


def test_a_site_with_one_body_has_nothing_to_weigh(world, session, sessions, client_as):
    reviewer = client_as(Role.REVIEWER, team=world.team)
    site, code = world.site.id, world.site.code
    world.second.voided_at = now()
    session.commit()
    assert solve_site(sessions, site) is None
    assert not chances(session)
    session.rollback()
    assert "Nothing to weigh together yet" in reviewer.get(f"/candidates/together/{code}").text
