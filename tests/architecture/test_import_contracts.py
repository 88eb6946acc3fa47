"""The import map is kept, the checker catches each kind of breach, and no module escapes it."""

import re
import shutil
import subprocess
import sys

import pytest

from tests.architecture import tree

BREACHES = {
    "a lower part knows a higher one": (
        {"caseman/coding.py": "import caseman.database\n"},
        "The map of the program",
    ),
    "a part that the map does not show": (
        {"caseman/helpers.py": ""},
        "The map of the program",
    ),
    "ante-mortem and post-mortem know each other": (
        {
            "caseman/remains/models.py": "import caseman.reports.models\n",
            "caseman/reports/models.py": "",
        },
        "The map of the program",
    ),
    "effects know the family's reports": (
        {
            "caseman/effects/models.py": "import caseman.reports.models\n",
            "caseman/reports/models.py": "",
        },
        "Ante-mortem and post-mortem meet only in identification",
    ),
    "a query calls a service": (
        {
            "caseman/accounts/queries.py": "from . import services\n",
            "caseman/accounts/services.py": "",
        },
        "Inside a slice",
    ),
    "an engine opens the database": (
        {"caseman/permissions.py": "import sqlalchemy\n"},
        "Engines use neither framework nor database",
    ),
    "a service reads the request": (
        {"caseman/accounts/services.py": "from flask import request\n"},
        "Only views, forms, web, cli and app know Flask",
    ),
    "two modules import each other": (
        {
            "caseman/audit/one.py": "from . import two\n",
            "caseman/audit/two.py": "from . import one\n",
        },
        "No cycles anywhere",
    ),
}


def lint_imports(folder):
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--no-logo"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def below(layer):
    """The modules of the map underneath ``layer``, as far as they exist."""
    contracts = tree.project()["tool"]["importlinter"]["contracts"]
    layers = next(each for each in contracts if each.get("exhaustive"))["layers"]
    words = [re.findall(r"\w+", each) for each in layers]
    folder = tree.ROOT / "caseman"
    existing = {path.relative_to(folder).parts[0].split(".")[0] for path in tree.under("caseman")}
    lower = {module for each in words[words.index([layer]) + 1 :] for module in each}
    return {f"caseman.{module}" for module in lower & existing}


def listed_in(contract):
    contracts = tree.project()["tool"]["importlinter"]["contracts"]
    return set(
        next(each for each in contracts if each["name"].startswith(contract))["source_modules"]
    )


@pytest.fixture
def copy(tmp_path):
    """The program's modules and its contracts, free to be broken."""
    for path in [*tree.under("caseman", suffix=".py"), tree.ROOT / "pyproject.toml"]:
        target = tmp_path / tree.name(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return tmp_path


def test_the_contracts_are_kept():
    result = lint_imports(tree.ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("breach", BREACHES)
def test_a_planted_breach_is_caught(copy, breach):
    modules, contract = BREACHES[breach]
    for path, text in modules.items():
        module = copy / path
        module.parent.mkdir(parents=True, exist_ok=True)
        (module.parent / "__init__.py").touch()
        original = module.read_text(encoding="utf-8") if module.exists() else ""
        module.write_text(f"{original}\n{text}", encoding="utf-8")
    result = lint_imports(copy)
    broken = [line for line in result.stdout.splitlines() if line.endswith(" BROKEN")]
    assert any(line.startswith(contract) for line in broken), result.stdout + result.stderr


def test_every_module_below_the_database_is_kept_pure():
    assert below("database") - listed_in("Engines use neither") == set()


def test_every_module_below_the_web_is_kept_from_flask():
    assert below("web") - below("database") - listed_in("Only views, forms") == set()
