"""The tree can be cloned and built anywhere, and says what it brings along."""

import hashlib
import json
import re

import pytest

from tests.architecture import tree
from tests.architecture.test_locks import canonical

MACHINE_PATH = re.compile(r"(?<![\w.~/})-])/(?:work|root|home|Users|opt/caseman-venv)/\w")
REGISTRY = re.compile(
    r"\b(?:pypi|pythonhosted|npmjs|unpkg|jsdelivr|cdnjs|debian)\.(?:org|com|net|io)\b"
)
README = tree.ROOT / "README.md"
VENDOR = tree.ROOT / "caseman/static/vendor"


def matching(pattern):
    return [
        f"{tree.at(path, number)} {found.group()}"
        for path in tree.files()
        for number, line in enumerate(tree.lines(path), start=1)
        if (found := pattern.search(line))
    ]


def dependencies():
    project = tree.project()["project"]
    extras = [each for group in project.get("optional-dependencies", {}).values() for each in group]
    return sorted({canonical(each) for each in [*project["dependencies"], *extras]})


def test_no_file_names_a_place_on_one_machine():
    assert matching(MACHINE_PATH) == []


def test_no_file_names_a_package_registry():
    assert matching(REGISTRY) == []


def test_vendored_files_are_what_was_reviewed():
    """VENDOR.json: {"files": {name: {"sha256": ...}}}, and no file beside it goes unlisted."""
    if not VENDOR.is_dir():
        return
    listed = json.loads((VENDOR / "VENDOR.json").read_text(encoding="utf-8"))["files"]
    present = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in tree.under("caseman/static/vendor")
        if path.name != "VENDOR.json"
    }
    assert {name: entry["sha256"] for name, entry in listed.items()} == present


@pytest.mark.parametrize("dependency", dependencies())
def test_the_readme_gives_the_reason_for_each_dependency(dependency):
    if not README.exists():
        return
    words = re.sub(r"[-_.]", "-", README.read_text(encoding="utf-8").lower()).splitlines()
    name = re.compile(rf"(?<![\w-]){re.escape(dependency)}(?![\w-])")
    reasons = [line for line in words if name.search(line) and len(name.sub("", line).split()) > 3]
    assert reasons, f"README.md does not say what {dependency} is for"
