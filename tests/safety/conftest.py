import pytest

from tests.accounts.conftest import hasher, reread, trail, user  # noqa: F401 - fixtures


@pytest.fixture
def other_browser(app):
    return app.test_client
