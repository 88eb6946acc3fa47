"""No list reads half of its table for a page, whatever it is sorted and narrowed by."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

import html5lib
import pytest

from tests.lists.filling import BORNE
from tests.lists.work import reads_too_much, selections

XHTML = "{http://www.w3.org/1999/xhtml}"
TYPED = {
    "q": ("Y7", "Casio", "Layla", "Tabqa", "Raqqa", "Casio Layla", "Z7"),
    "born": ("1960", "1990", "1931"),
    "seen_from-year": ("2017", "2019"),
    "seen_to-year": ("2015", "2013"),
    "place": ("tabqa", "raqqa", "Deir"),
    "who": ("whole", "worker", "nobody"),
    "number": ("Y7-B1", "Y"),
    "since": ("2018-01-02", "2017-12-31"),
    "until": ("2018-01-02", "2017-12-31"),
    "loose": ("1",),
}
"""What people write into each field that offers nothing to choose from."""
LISTS = {
    "/missing": ["whole"],
    "/reports": ["whole"],
    "/shared": ["whole"],
    "/remains/": ["whole", "part"],
    "/effects/": ["whole", "part"],
    "/custody/exhibits": ["whole", "part"],
    "/custody/": ["whole"],
    "/pairings/": ["whole"],
    "/audit": ["whole"],
    "/access": ["whole"],
}
SIDES = {"/pairings/": 2}
"""Lists of pairs: the remains and the person are asked whether the reader may see them."""


@pytest.mark.parametrize(("path", "reader"), [(path, who) for path in LISTS for who in LISTS[path]])
def test_no_page_of_a_list_reads_the_whole_table(filled, path, reader):
    assert_reads_little(filled, path, reader)


def test_nor_does_a_page_of_sites(filled_with_sites):
    assert_reads_little(filled_with_sites, "/sites", "whole")


def assert_reads_little(filled, path, reader):
    engine, browser = filled.sessions.engine, filled.browsers[reader]
    too_much = {}
    for address in _addresses(browser, path, whole=reader != "part"):
        with selections(engine) as seen:
            assert browser.get(address).status_code == 200, address
        sides = SIDES.get(path, 0)
        found = [reads_too_much(engine, each, sides) for each in seen.values()]
        if any(found):
            too_much[address] = max(found, key=len)
    assert not too_much, "\n\n".join(f"{key}: {value}" for key, value in too_much.items())


def _addresses(browser, path, *, whole) -> Iterator[str]:
    """Yield the list as it opens, in every order it offers, and narrowed by every one answer."""
    page = html5lib.parse(browser.get(path).data)
    yield path
    if not whole:
        return
    for link in page.iter(f"{XHTML}a"):
        target = urlsplit(link.get("href", ""))
        query = dict(parse_qsl(target.query))
        if target.path == path and query.keys() & {"sort", "list", "state", "after"}:
            yield f"{path}?{target.query}"
            if "sort" in query:
                yield f"{path}?{urlencode({'sort': '-' + query['sort'].removeprefix('-')})}"
    for form in page.iter(f"{XHTML}form"):
        if form.get("method", "get") == "get" and form.get("action", path) in {path, ""}:
            yield from (f"{path}?{urlencode(answer)}" for answer in _answers(form))


def _answers(form) -> Iterator[dict[str, str]]:
    for field in form.iter():
        name = field.get("name", "")
        if "seen_" in name and not name.endswith("-year"):
            continue  # the other parts of a date
        if field.tag == f"{XHTML}select":
            yield from ({name: value} for value in _chosen(field))
        elif field.tag == f"{XHTML}input" and field.get("type") not in {"hidden", "submit"}:
            yield from ({name: value} for value in TYPED[name])


def _chosen(field) -> list[str]:
    """Return what the copies bear, rarely or usually, and one answer that nobody bears."""
    values = [option.get("value") for option in field.iter(f"{XHTML}option")]
    borne = [value for value in values if value in BORNE]
    return borne + [value for value in values if value and value not in BORNE][:1]
