"""A running gallery and a browser that looks at it."""

import json
import logging
import os
import threading
from contextlib import contextmanager
from pathlib import Path
from shutil import which

import pytest
from werkzeug.serving import make_server

from tests.look.gallery import create_gallery

VENDOR = Path(__file__).parents[1] / "vendor"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def gallery():
    """The address of the gallery."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, create_gallery(), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser():
    executable = os.environ.get("CASEMAN_CHROMIUM") or which("chromium") or which("google-chrome")
    if executable is None:
        pytest.skip("no Chromium found; set CASEMAN_CHROMIUM to its path")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(QUIET))
        yield chromium
        chromium.close()


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
def axe():
    """The accessibility rules, run inside the page: its policy admits no foreign script tag."""
    source = (VENDOR / "axe.min.js").read_text(encoding="utf-8")

    def violations(page):
        page.evaluate(source)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]

    return violations


@pytest.fixture(scope="session")
def vendored():
    """What tests/vendor declares."""
    return json.loads((VENDOR / "VENDOR.json").read_text(encoding="utf-8"))
