import pytest

from tests.factories.accounts import make_team
from tests.factories.remains import make_grave


@pytest.fixture
def team(session):
    return make_team(session)


@pytest.fixture
def grave(session, team):
    return make_grave(session, team.operation, "RQA01")
