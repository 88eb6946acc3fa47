"""Each catalogue says everything the program says, with the same placeholders and no markup more.

The strings are extracted anew as ``make messages`` does it, so a string added without its
translations fails here and names itself. "Fuzzy" marks a text for native review; it counts.
"""

import ast
import gettext
import re
import unicodedata
from collections import Counter
from io import BytesIO

import pytest
from babel import Locale
from babel.messages.extract import DEFAULT_KEYWORDS
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from tests.architecture import tree

FOLDER = tree.ROOT / "caseman" / "translations"
CATALOGUES = sorted(FOLDER.glob("*/LC_MESSAGES/messages.po"))
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+ #0]*\d*(?:\.\d+)?[a-zA-Z%]")
MARKUP = re.compile(r"<[A-Za-z/!][^>]*>?|&#?\w+;")
BIDI_CONTROL = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
NUMBERS = range(1000)
"""Enough numbers to meet every plural form that Babel knows."""


def language(path):
    return path.parents[1].name


def own_keywords():
    """Words that mark a string besides those Babel knows, as ``make messages`` has them."""
    return re.search(r'--keywords "([^"]+)"', (tree.ROOT / "Makefile").read_text("utf-8"))[1]


@pytest.fixture(scope="session")
def extracted(tmp_path_factory):
    """Every message of the program as it is now."""
    template = tmp_path_factory.mktemp("messages") / "messages.pot"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tree.ROOT)
        options = [
            "--mapping-file",
            "pyproject.toml",
            "--keywords",
            own_keywords(),
            "-o",
            str(template),
        ]
        CommandLineInterface().run(["pybabel", "--quiet", "extract", *options, "."])
    return [message for message in read_po(BytesIO(template.read_bytes())) if message.id]


@pytest.fixture(scope="module", params=CATALOGUES, ids=language)
def catalogue(request):
    text = request.param.read_bytes()
    found = read_po(BytesIO(text), locale=language(request.param), abort_invalid=True)
    assert f'"Language: {language(request.param)}\\n"' in text.decode()
    return found


@pytest.fixture
def translated(extracted, catalogue):
    """Pairs of what the program says and its translations, as tuples of their forms."""
    found = ((each, catalogue.get(each.id, each.context)) for each in extracted)
    return [(forms(source.id), forms(entry.string)) for source, entry in found if entry]


def forms(text):
    return (text,) if isinstance(text, str) else tuple(text)


def wrong(translated, check):
    return [
        (source[0], text) for source, texts in translated for text in texts if check(source, text)
    ]


def test_no_string_is_marked_under_a_name_that_extraction_does_not_know():
    known = {*DEFAULT_KEYWORDS, *(each.partition(":")[0] for each in own_keywords().split())}
    renamed = [
        f"{tree.at(path, node.lineno)} {each.name} as {each.asname}"
        for path in tree.under("caseman", suffix=".py")
        for node in ast.walk(tree.syntax(path))
        if isinstance(node, ast.ImportFrom)
        for each in node.names
        if each.name in known and (each.asname or each.name) not in known
    ]
    assert renamed == []


def test_every_message_is_translated(extracted, catalogue):
    missing = [
        each.id
        for each in extracted
        if not (entry := catalogue.get(each.id, each.context)) or not all(forms(entry.string))
    ]
    assert missing == [], "make messages, then translate what is new"


def test_plural_forms_are_complete(translated, catalogue):
    counts = {len(texts) for source, texts in translated if len(source) > 1}
    assert counts <= {catalogue.num_plurals}
    assert {len(texts) for source, texts in translated if len(source) == 1} == {1}


def test_placeholders_are_those_of_the_message(translated, catalogue):
    """A form that stands for one number alone may say it in words: no ``%(num)s`` then."""
    uses = Counter(map(gettext.c2py(catalogue.plural_expr), NUMBERS))
    for source, texts in translated:
        wanted = set(PLACEHOLDER.findall(source[-1]))
        for form, text in enumerate(texts):
            told = set(PLACEHOLDER.findall(text))
            spoken = {"%(num)s"} if len(texts) > 1 and uses[form] == 1 else set()
            assert told <= wanted, (source[0], text)
            assert wanted - told <= spoken, (source[0], text)


def test_no_markup_is_introduced(translated):
    def added(source, text):
        return set(MARKUP.findall(text)) - set(MARKUP.findall(source[-1]))

    assert wrong(translated, added) == []


def test_no_invisible_signs_turn_the_text(translated):
    """The pages isolate values; a control sign in a text would turn what stands around it."""
    assert wrong(translated, lambda _source, text: BIDI_CONTROL.search(text)) == []


def test_spaces_and_lines_at_both_ends_stay(translated):
    def ends(text):
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert wrong(translated, lambda source, text: ends(source[0]) != ends(text)) == []


def test_a_language_of_another_script_leaves_no_message_in_latin(translated, catalogue):
    if Locale.parse(catalogue.locale).text_direction != "rtl":
        return

    def latin_alone(_source, text):
        letters = [each for each in PLACEHOLDER.sub("", text) if each.isalpha()]
        return letters and not any("ARABIC" in unicodedata.name(each) for each in letters)

    assert wrong(translated, latin_alone) == []
