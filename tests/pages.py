"""What holds for every page of the program, checked on every page that any test gets."""

from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from caseman.web.headers import HEADERS

XHTML = "{http://www.w3.org/1999/xhtml}"


class CheckedClient(FlaskClient):
    """A test client that fails on a page with a flaw. A fragment is checked for headers only."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        check_headers(response)
        is_page = response.data.lstrip()[:9].lower() == b"<!doctype"
        if is_page and response.location is None:
            check_page(response.get_data(as_text=True))
        return response


def check_headers(response: TestResponse) -> None:
    for name, value in HEADERS.items():
        assert response.headers.get(name) == value, f"{name} of {response.request.path}"


def check_page(html: str) -> Element:
    """Return the parsed page after checking it."""
    # Strict: the first error of the standard's own parser is raised.
    page = html5lib.HTMLParser(strict=True).parse(html)
    _check_identifiers(page)
    headings = [" ".join(h1.itertext()).split() for h1 in page.iter(f"{XHTML}h1")]
    assert len(headings) == 1, f"a page has one h1, not {len(headings)}"
    assert headings[0], "the h1 is empty"
    assert page.get("lang"), "the page names no language"
    assert page.get("dir") in {"ltr", "rtl"}, "the page names no direction"
    return page


def _check_identifiers(page: Element) -> None:
    counted = Counter(element.get("id") for element in page.iter() if element.get("id"))
    twice = [name for name, count in counted.items() if count > 1]
    assert not twice, f"ids used more than once: {twice}"
    for label in page.iter(f"{XHTML}label"):
        target = label.get("for")
        assert target is None or target in counted, f"a label points to no field: {target}"
