"""Gives tests that share what is dear to make to one process of several."""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/hostile/", "tests/journeys/", "tests/engines/kinship/", "tests/lists/")
"""Folders whose tests share a settled town, compiled code or filled tables."""


class FolderScheduling(LoadScopeScheduling):
    """Hands out the tests of such a folder together, the largest first, and each other alone."""

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FolderScheduling:
    return FolderScheduling(config, log)
