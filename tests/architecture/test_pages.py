"""What a strict content policy, and a page that mirrors from right to left, ask of its source."""

import re

import pytest
from jinja2 import TemplateSyntaxError

from tests.architecture import tree

JINJA = re.compile(r"{#.*?#}|{{.*?}}|{%.*?%}", re.DOTALL)
FORBIDDEN_MARKUP = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc\s*=)", re.IGNORECASE),
    "an inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "an inline event handler": re.compile(r"\s(?:on[a-z]+|hx-on[\w:-]*)\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"""["']\s*javascript:""", re.IGNORECASE),
}
UNESCAPED = re.compile(r"\|\s*safe\b|{%-?\s*autoescape\s+false")
FOREIGN_WORDS = re.compile(r"""(?<!\w)_\((?!\s*["'])(?![\w.]+\.label\))""")
"""A translation of what is not ours: its result would count as markup and escape nothing."""

PHYSICAL_SIDE = re.compile(
    r"""(?<![\w-])(?:
        (?:(?:scroll-)?(?:margin|padding)|border|inset)-(?:left|right)[\w-]*\s*:
        | border-(?:top|bottom)-(?:left|right)-radius\s*:
        | (?:left|right)\s*:
        | (?:text-align|float|clear|caption-side)\s*:\s*(?:left|right)\b
    )""",
    re.VERBOSE,
)
EXCEPTION = "physical:"
"""`/* physical: why */` on the line or above it: a skeleton's left is left in every script."""


def templates():
    return tree.under("templates", suffix=".html") + tree.under("templates", suffix=".txt")


def without_jinja(source):
    """The markup alone, with every line where it was."""
    return JINJA.sub(lambda found: "\n" * found.group().count("\n"), source)


def places(path, pattern, source):
    return [
        tree.at(path, source.count("\n", 0, found.start()) + 1)
        for found in pattern.finditer(source)
    ]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_template_compiles(app):
    """In the application's own environment, so an unknown filter or test fails too."""
    broken = []
    for path in templates():
        try:
            app.jinja_env.get_template(path.relative_to(tree.ROOT / "templates").as_posix())
        except TemplateSyntaxError as error:
            broken.append(f"{tree.at(path, error.lineno)} {error.message}")
    assert broken == []


def test_no_template_turns_escaping_off():
    found = [
        place
        for path in templates()
        for place in places(path, UNESCAPED, path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_templates_translate_our_own_words_only():
    found = [
        place
        for path in templates()
        for place in places(path, FOREIGN_WORDS, path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_template_needs_an_unsafe_policy():
    found = [
        f"{place} has {what}"
        for path in templates()
        for what, pattern in FORBIDDEN_MARKUP.items()
        for place in places(path, pattern, without_jinja(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_style_sheets_use_logical_sides():
    found = []
    for path in tree.under("caseman/static", suffix=".css"):
        if path.is_relative_to(tree.ROOT / "caseman/static/vendor"):
            continue
        lines = tree.lines(path)
        found += [
            f"{tree.at(path, number)} {line.strip()}"
            for number, (before, line) in enumerate(zip(("", *lines), lines, strict=False), start=1)
            if PHYSICAL_SIDE.search(line) and EXCEPTION not in before + line
        ]
    assert found == []


def test_the_patterns_catch_what_they_are_for():
    markup = (
        "<script>1</script>",
        "<style>p {}</style>",
        '<p style="x">',
        '<a onclick="x">',
        "<a href='javascript:x'>",
    )
    for example, pattern in zip(markup, FORBIDDEN_MARKUP.values(), strict=True):
        assert pattern.search(example), example
    assert not FORBIDDEN_MARKUP["an inline script"].search('<script type="module" src="a.js">')
    assert UNESCAPED.search("{{ note | safe }}")
    assert FOREIGN_WORDS.search("{{ _(row.reason) }}")
    assert not FOREIGN_WORDS.search("{{ _(row.role.label) }} {{ _('Reason') }}")
    for side in ("margin-left: 0", "right: 0", "text-align:left", "border-top-left-radius: 1px"):
        assert PHYSICAL_SIDE.search(side), side
    for side in ("margin-inline-start: 0", "--left: 0", "grid-area: left", "text-align: start"):
        assert not PHYSICAL_SIDE.search(side), side
