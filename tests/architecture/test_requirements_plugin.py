"""In the gate a skip is a failure; elsewhere it stays a skip with its reason."""

import subprocess
import sys

import pytest

from tests.architecture import tree

SKIPS = """
import pytest

@pytest.mark.skip(reason="no browser")
def test_by_marker(): ...

@pytest.fixture
def server(): pytest.skip("no server")

def test_by_fixture(server): ...

def test_in_the_body(): pytest.skip("no fonts")

def test_with_data_of_others(): pytest.skip("needs ../shared/kinship/dvir")

@pytest.mark.xfail(reason="known")
def test_expected_failure(): assert False

def test_that_passes(): ...
"""


@pytest.fixture
def outcome(tmp_path, monkeypatch):
    """Run the skipping tests in a process of their own and return pytest's output."""
    (tmp_path / "test_skips.py").write_text(SKIPS, encoding="utf-8")
    (tmp_path / "test_whole.py").write_text("import pytest\npytest.importorskip('nowhere')\n")

    def run(*, required):
        monkeypatch.setenv("CASEMAN_REQUIRE_ALL", "1" if required else "")
        monkeypatch.setenv("PYTHONPATH", str(tree.ROOT))
        monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        plugins = ("-p", "tests.requirements_plugin", "-p", "no:cacheprovider")
        options = ("-rs", "--continue-on-collection-errors", "--rootdir", str(tmp_path))
        return subprocess.run(
            [sys.executable, "-m", "pytest", *options, *plugins],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        ).stdout

    return run


def test_skips_are_allowed_and_explained_on_a_developers_machine(outcome):
    output = outcome(required=False)
    assert "1 passed, 5 skipped, 1 xfailed" in output
    assert "no browser" in output


def test_skips_fail_where_everything_is_required(outcome):
    output = outcome(required=True)
    assert "1 failed, 1 passed, 1 skipped, 1 xfailed, 3 errors" in output
    assert "skipped where everything is required" in output
