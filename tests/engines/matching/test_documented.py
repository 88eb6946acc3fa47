"""What docs/matching.md says of the parameters is what the models hold."""

import re
from pathlib import Path

import pytest

from caseman.matching import DAY_ONE, LineName, load_model

PAGE = Path(__file__).parents[3] / "docs/matching.md"
ROW = re.compile(r"^\| `([a-z_]+(?:\.[a-z_]+)*)` \| (.*?) \| (.*?) \| (.*?) \|$", re.MULTILINE)


def shown(value):
    match value:
        case list():
            return ", ".join(f"{each:g}" for each in value)
        case dict():
            return ", ".join(f"{code} {each:g}" for code, each in value.items())
        case _:
            return f"{value:g}"


@pytest.fixture(scope="module")
def page():
    return PAGE.read_text(encoding="utf-8")


def test_every_parameter_stands_in_a_table_with_value_status_and_source(page):
    fitted = load_model("default").entries
    rows = {name: tuple(rest) for name, *rest in ROW.findall(page)}
    wanted = {}
    for name, entry in DAY_ONE.entries.items():
        if not name.startswith("duplicates."):
            pair = (entry, fitted[name])
            value, status = (
                " → ".join(dict.fromkeys(texts))
                for texts in ((shown(e.value) for e in pair), (e.status.value for e in pair))
            )
            wanted[name] = value, status, entry.source
    assert rows == wanted


def test_every_line_of_evidence_is_described(page):
    sections = page.split("## Lines of evidence")[1]
    told = {*re.findall(r"\(`(\w+)`(?:, `(\w+)`)?\)", sections)}
    described = {name for pair in told for name in pair}
    second_pass = {LineName.COMPANIONS, LineName.RIVALS}
    assert {*LineName} - second_pass <= described
    assert all(f"**{line.capitalize()}.**" in sections for line in second_pass)
