from tests.sites.conftest import recorder, steward, stored, two  # noqa: F401 - the same two teams
