"""An installed caseman is whole: pages, styles, migrations, tables and compiled catalogues."""

import shutil
import subprocess
import sys
import zipfile

import pytest

from tests.architecture import tree

BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"
PROGRAM = ("caseman", "templates", "migrations", "config.py")
SOURCES_ONLY = (".po", ".pot")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names in a wheel built from a clean copy of the tree."""
    copy = tmp_path_factory.mktemp("copy")
    for path in tree.files():
        target = copy / tree.name(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    built = tmp_path_factory.mktemp("built")
    subprocess.run(
        [sys.executable, "-c", BUILD, str(built)], cwd=copy, capture_output=True, check=True
    )
    (path,) = built.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_every_file_of_the_program(wheel):
    wanted = {tree.name(path) for path in tree.under(*PROGRAM) if path.suffix not in SOURCES_ONLY}
    assert wanted - wheel == set()


def test_the_wheel_holds_a_compiled_catalogue_of_each_language(wheel):
    catalogues = tree.under("caseman/translations", suffix=".po")
    assert {tree.name(path.with_suffix(".mo")) for path in catalogues} - wheel == set()
