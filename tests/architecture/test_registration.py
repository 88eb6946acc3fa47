"""What registers itself when its module is imported must be imported by the application."""

import re
import subprocess
import sys

from tests.architecture import tree

REGISTERS_ITSELF = re.compile(
    r"^@(?:long_job|job|at_each_sweep|event\.listens_for|sa\.event\.listens_for)\b"
)


def test_the_application_loads_every_job_and_every_listener():
    # A module of its own, because a test before this one may have imported more.
    program = "import sys, caseman.app; print('\\n'.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tree.ROOT
    ).stdout.splitlines()
    registering = [
        path
        for path in tree.under("caseman", suffix=".py")
        if any(REGISTERS_ITSELF.match(line) for line in tree.lines(path))
    ]

    assert registering
    assert [tree.name(path) for path in registering if _module(path) not in loaded] == []


def _module(path):
    return tree.name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
