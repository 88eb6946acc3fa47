from tests.remains.pages.conftest import feature, find, photo, team  # noqa: F401 - the same grave
