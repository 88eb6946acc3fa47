"""An engine runs in a laboratory's script or a notebook, without framework or database."""

import subprocess
import sys

import pytest

from tests.architecture import tree
from tests.architecture.test_import_contracts import below

PROBE = """
import importlib, pkgutil, sys
module = importlib.import_module(sys.argv[1])
for part in pkgutil.walk_packages(getattr(module, "__path__", ()), sys.argv[1] + "."):
    importlib.import_module(part.name)
roots = {name.split(".")[0] for name in sys.modules}
print(*sorted(roots & {"flask", "sqlalchemy", "wtforms", "flask_babel", "flask_login"}))
"""


@pytest.mark.parametrize("engine", sorted(below("database")))
def test_an_engine_loads_neither_framework_nor_database(engine):
    result = subprocess.run(
        [sys.executable, "-c", PROBE, engine],
        cwd=tree.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.split() == []
