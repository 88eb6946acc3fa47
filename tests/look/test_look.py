"""Every component, in both directions and three widths: valid, reachable, within its bounds."""

import gzip
import hashlib
import re
from pathlib import Path

import html5lib
import pytest

from tests.browsing import VENDOR, is_wider_than_its_window
from tests.look.gallery import create_gallery

STATIC = Path(__file__).parents[2] / "caseman" / "static"
PAGES = ("/", "/form", "/form?wrong=1", "/public", "/error", "/paper")
FAMILY_PAGE_LIMIT = 50_000


@pytest.fixture(scope="module")
def client():
    return create_gallery().test_client()


def address(path, lang):
    return f"{path}{'&' if '?' in path else '?'}lang={lang}"


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("path", PAGES)
def test_markup_is_valid(client, path, lang):
    answer = client.get(address(path, lang))
    assert answer.status_code == 200
    html5lib.HTMLParser(strict=True).parse(answer.text)
    assert answer.text.count("<h1") == 1


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 390, 1280])
@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("path", PAGES)
def test_everyone_can_use_it(visit, axe, path, lang, width):
    with visit(address(path, lang), width) as page:
        assert axe(page) == []
        assert not is_wider_than_its_window(page)


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/", "/form", "/public"])
def test_targets_are_large_enough_for_gloves(visit, path):
    small = """
      [...document.querySelectorAll('button, input, select, textarea, summary, .button, .choice')]
        .filter((each) => !each.closest('.choice input, [hidden]') && each.type !== 'hidden')
        .filter((each) => !(each.matches('input') && each.closest('.choice')))
        .map((each) => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.height < 44 || box.width < 44))
        .map(([text]) => text)
    """
    with visit(path, 360) as page:
        assert page.evaluate(small) == []


LOADS = re.compile(r"""/static/([\w./-]+)|url\("([\w.-]+)"\)|from "\./([\w.-]+)\"""")
"""A file that a page links, a picture that a sheet shows, a module that a script imports."""


def loaded_by(text):
    """Return every file of ours that a browser fetches for ``text``, by name."""
    found = {}
    for linked, shown, imported in LOADS.findall(text):
        name = linked or shown or f"js/{imported}"
        content = (STATIC / name).read_bytes()
        found |= {name: content, **loaded_by(content.decode())}
    return found


def test_family_pages_are_light(client):
    page = client.get("/public").data
    parts = loaded_by(page.decode())
    assert {"caseman.css", "chevron.svg", "js/outbox.js", "js/page.js"} <= parts.keys()
    assert len(page) + sum(map(len, parts.values())) < FAMILY_PAGE_LIMIT
    assert len(gzip.compress((STATIC / "caseman.css").read_bytes())) < 10_000


def test_family_pages_ask_nothing_of_others(client):
    page = client.get("/public").text
    document = html5lib.parse(page, namespaceHTMLElements=False)
    loaded = [each.get("src") for tag in ("script", "img") for each in document.iter(tag)]
    loaded += [each.get("href") for each in document.iter("link")]
    assert all(each.startswith("/static/") for each in loaded)
    assert document.find(".//title").text.strip() == "Form"


def test_vendored_files_are_what_they_say(vendored):
    for each in vendored:
        content = (VENDOR / each["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == each["sha256"]
