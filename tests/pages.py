"""What holds for every page of the program, checked on every page that any test gets."""

import re
from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from caseman.web.headers import HEADERS, INERT, LISTENING, RECORDING

OTHER_HEADERS = {
    r"/family/(report|another|own|own/\d+)": RECORDING,
    r"/reports/(new|[^/]+/correct)": RECORDING,
    r"/missing/[^/]+": LISTENING,
    r"/reports/voice/\d+": INERT,
}
"""Where an answer may have other headers than all have: as little more as voices need."""
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
    path = response.request.path
    others = [headers for where, headers in OTHER_HEADERS.items() if re.fullmatch(where, path)]
    told = {name: response.headers.get(name) for name in HEADERS}
    assert told in [HEADERS, *(HEADERS | each for each in others)], f"headers of {path}"


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
