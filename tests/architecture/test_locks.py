"""What is installed is decided by the lock files, down to the hash, from any mirror."""

import re

import pytest

from tests.architecture import tree

LOCKS = ("requirements.lock", "requirements-dev.lock")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==\S+")


def requirements(lock: str) -> dict[str, str]:
    """Each pinned requirement of a lock with the lines that belong to it."""
    text = (tree.ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    return {entry.split(" ", 1)[0].strip(): entry for entry in entries if entry.strip()}


def names(lock: str) -> set[str]:
    return {requirement.split("==")[0] for requirement in requirements(lock)}


def canonical(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[~<>=!; ]", requirement)[0]).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_and_hashed(lock):
    loose = [
        requirement
        for requirement, entry in requirements(lock).items()
        if not PINNED.match(requirement) or "--hash=sha256:" not in entry
    ]
    assert not loose


@pytest.mark.parametrize("lock", LOCKS)
def test_no_address_is_recorded(lock):
    text = (tree.ROOT / lock).read_text(encoding="utf-8")
    assert not re.findall(r"://|--index-url|--find-links|@ file", text)


def test_the_development_lock_contains_the_runtime_lock():
    development = requirements("requirements-dev.lock")
    assert [pin for pin in requirements("requirements.lock") if pin not in development] == []


def test_the_locks_hold_every_declared_dependency():
    """All but the peers that benchmarks are measured beside: nothing of ours runs on them."""
    project, groups = tree.project()["project"], tree.project()["dependency-groups"]
    extras = project["optional-dependencies"]
    runtime = [*project["dependencies"], *extras["pg"], *extras["parquet"], *groups["build"]]
    tools = [*(entry for entry in groups["dev"] if isinstance(entry, str)), *extras["cluster"]]
    assert {canonical(each) for each in runtime} <= names("requirements.lock")
    assert {canonical(each) for each in tools} <= names("requirements-dev.lock")
