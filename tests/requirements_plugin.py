"""Turns every skipped test into a failure where CASEMAN_REQUIRE_ALL=1.

On a developer's machine a browser or PostgreSQL may be missing and its tests are skipped in plain
sight. The gate has both, so there a skip means that something was not tested.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import TypeVar

import pytest

ELSEWHERE = "needs ../shared"
"""In the reason of a test that compares with example data of other projects, which stay outside."""

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def pytest_report_header() -> str | None:
    """Say so at the top of the run."""
    return "CASEMAN_REQUIRE_ALL: a skipped test is a failure" if _everything_is_required() else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Refuse skips by marker, by fixture and in the test's body."""
    return _refuse_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Refuse skips of a whole module, such as importorskip."""
    return _refuse_skip((yield))


def _refuse_skip(report: Report) -> Report:
    if not report.skipped or not _everything_is_required():
        return report
    if not hasattr(report, "wasxfail") and ELSEWHERE not in _reason(report):
        report.outcome = "failed"
        report.longrepr = f"skipped where everything is required: {_reason(report)}"
    return report


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    return str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)


def _everything_is_required() -> bool:
    return os.environ.get("CASEMAN_REQUIRE_ALL") == "1"
