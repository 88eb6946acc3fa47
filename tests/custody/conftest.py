from dataclasses import dataclass

import pytest

from caseman.accounts.models import Operation, Team
from caseman.permissions import Role
from caseman.sites.models import Site
from tests.factories.accounts import make_operation, make_team
from tests.factories.sites import make_site


@dataclass
class Work:
    """One operation, a team on one of its two sites, and a team that works on both."""

    operation: Operation
    team: Team
    everywhere: Team
    ours: Site
    theirs: Site


@pytest.fixture
def work(session):
    operation = make_operation(session)
    team = make_team(session, operation, covers_operation=False)
    everywhere = make_team(session, operation)
    ours = make_site(session, operation, team, name="Stadium")
    theirs = make_site(session, operation, name="Brick works")
    session.commit()
    return Work(operation, team, everywhere, ours, theirs)


@pytest.fixture
def recorder(work, client_as):
    """Somebody who sees one site and hands exhibits over."""
    return client_as(Role.RECORDER, team=work.team)


@pytest.fixture
def examiner(work, client_as):
    """Somebody of the mortuary, who sees every site."""
    return client_as(Role.EXAMINER, team=work.everywhere)


@pytest.fixture
def reviewer(work, client_as):
    """Somebody who reads custody and changes nothing in it."""
    return client_as(Role.REVIEWER, team=work.everywhere)


@pytest.fixture
def stored(sessions):
    """Return every row of a model as it is stored now, in the order of entry."""
    opened = []

    def read(model):
        opened.append(sessions.read())
        return opened[-1].query(model).order_by(model.id).all()

    yield read
    for each in opened:
        each.close()
