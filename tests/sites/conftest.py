from dataclasses import dataclass

import pytest

from caseman.accounts.models import Operation, Team
from caseman.permissions import Role
from caseman.sites.models import Site
from tests.factories.accounts import make_operation, make_team
from tests.factories.sites import make_site


@dataclass
class TwoTeams:
    """One operation, two teams, a site for each."""

    operation: Operation
    first: Team
    second: Team
    ours: Site
    theirs: Site
    grave_id: int
    """The grave of our site: F01."""


@pytest.fixture
def two(session):
    """Two teams that do not know of each other's site."""
    operation = make_operation(session)
    first = make_team(session, operation, covers_operation=False)
    second = make_team(session, operation, covers_operation=False)
    ours = make_site(session, operation, first, name="Stadium", names={"ar": "ملعب الرشيد"})
    theirs = make_site(session, operation, second, name="Brick works")
    session.refresh(ours, ["features"])
    grave_id = ours.features[-1].id
    session.commit()
    return TwoTeams(operation, first, second, ours, theirs, grave_id)


@pytest.fixture
def recorder(two, client_as):
    return client_as(Role.RECORDER, team=two.first)


@pytest.fixture
def steward(two, session, client_as):
    everywhere = make_team(session, two.operation)
    session.commit()
    return client_as(Role.STEWARD, team=everywhere)


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
