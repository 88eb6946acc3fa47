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
    return {canonical(each) for each in [*project["dependencies"], *extras]}


def test_no_file_names_a_place_on_one_machine():
    assert matching(MACHINE_PATH) == []


def test_no_file_names_a_package_registry():
    assert matching(REGISTRY) == []


def vendors():
    return sorted(path for path in tree.files() if path.name == "VENDOR.json")


@pytest.mark.parametrize("vendor", vendors(), ids=tree.name)
def test_vendored_files_are_what_was_reviewed(vendor):
    """Each file beside VENDOR.json is listed there, but for the texts of the licences."""
    listed = json.loads(vendor.read_text(encoding="utf-8"))
    present = {
        path.relative_to(vendor.parent).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in tree.under(tree.name(vendor.parent))
        if path != vendor and "LICENSE" not in path.name
    }
    assert {each["file"]: each["sha256"] for each in listed} == present
    assert all(each["package"] and each["version"] and each["licence"] for each in listed)


def test_the_readme_gives_a_reason_for_each_dependency():
    """On a line with the name stands at least one word that is no dependency's name."""
    if not README.exists():
        return
    wanted = dependencies()
    reasoned = set()
    for line in README.read_text(encoding="utf-8").lower().splitlines():
        named = {canonical(word) for word in re.findall(r"[a-z0-9][\w.-]*[a-z0-9]", line)}
        if named - wanted:
            reasoned |= named & wanted
    assert wanted - reasoned == set()
