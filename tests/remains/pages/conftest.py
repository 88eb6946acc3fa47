from io import BytesIO

import pytest

from caseman.permissions import Role
from tests.factories.accounts import make_team
from tests.factories.media import photograph
from tests.factories.remains import EXAMINED, LIFTED, make_grave, make_remains


@pytest.fixture
def team(sessions):
    with sessions.transaction() as database:
        return make_team(database)


@pytest.fixture
def examiner(client_as, team):
    return client_as(Role.EXAMINER, team=team)


@pytest.fixture
def feature(sessions, team):
    """A grave where ``team`` works."""
    with sessions.transaction() as database:
        return make_grave(database, database.merge(team).operation)


@pytest.fixture
def find(sessions, team, feature):
    """Record remains in ``feature``."""

    def recorded(*, examined=False, **known):
        known = {"recovery": LIFTED, "profile": EXAMINED if examined else None, **known}
        with sessions.transaction() as database:
            return make_remains(database, database.merge(feature), team, **known)

    return recorded


@pytest.fixture
def photo():
    """A photograph as a browser sends it; each ``marker`` is another one."""

    def upload(marker="one", name="IMG_1.jpg"):
        return (BytesIO(photograph(marker)), name)

    return upload
