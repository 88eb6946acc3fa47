"""A running gallery, visited by a browser."""

import json
from contextlib import contextmanager

import pytest

from tests.browsing import VENDOR, serving
from tests.look.gallery import create_gallery


@pytest.fixture(scope="session")
def gallery():
    """The address of the gallery."""
    with serving(create_gallery()) as address:
        yield address


@pytest.fixture
def visit(browser, gallery):
    """Open a page; a message in the console fails the test."""
    complaints = []

    @contextmanager
    def visit(path, width=390, **options):
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        try:
            page = context.new_page()
            page.on(
                "console",
                lambda each: complaints.append(each.text) if each.type == "error" else None,
            )
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto(gallery + path)
            page.complaints = complaints
            yield page
        finally:
            context.close()

    yield visit
    assert complaints == []


@pytest.fixture(scope="session")
def vendored():
    """What tests/vendor declares."""
    return json.loads((VENDOR / "VENDOR.json").read_text(encoding="utf-8"))
