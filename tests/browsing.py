"""A real Chromium for the tests that look at pages as a person does.

Where no browser is found they are skipped with the reason; tests/requirements_plugin.py turns
that into a failure where everything is required.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

VENDOR = Path(__file__).parent / "vendor"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # A microphone that hums, and may be used.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    executable = os.environ.get("CASEMAN_CHROMIUM") or which("chromium") or which("google-chrome")
    if executable is None:
        pytest.skip("no Chromium found; set CASEMAN_CHROMIUM to its path")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Any], list[str]]:
    """The accessibility rules, run inside the page: its policy admits no foreign script tag."""
    source = (VENDOR / "axe.min.js").read_text(encoding="utf-8")
    run = "axe.run({resultTypes: ['violations'], preload: false})"  # no rule of ours reads styles

    def violations(page: Any) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        found = page.evaluate(run)["violations"]
        return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]

    return violations


@contextmanager
def serving(app: Flask, port: int = 0) -> Iterator[str]:
    """Serve ``app`` on this machine, by default on a free port, by the server of one laptop."""
    sockets: dict[int, Any] = {}
    server = create_server(app, map=sockets, host="127.0.0.1", port=port, threads=8, ident=None)
    is_over = threading.Event()

    def run() -> None:
        # Not its own loop, which goes on until the last browser hangs up.
        while not is_over.is_set():
            wasyncore.loop(timeout=0.2, use_poll=True, map=sockets, count=1)
        server.task_dispatcher.shutdown()
        for channel in tuple(server.active_channels.values()):
            channel.handle_close()  # also closes a file that the browser did not wait for
        wasyncore.close_all(sockets)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        is_over.set()
        thread.join()


def wait_until(page: Any, claim: str, times: int = 100) -> None:
    """Poll: the strict policy forbids what Playwright's own waiting evaluates.

    Between two pages a document has no root yet, and says nothing of the claim.
    """
    for _ in range(times):
        if page.evaluate(f"document.documentElement !== null && ({claim})"):
            return
        page.wait_for_timeout(50)
    raise AssertionError(claim)


def is_wider_than_its_window(page: Any) -> bool:
    """Say whether the page scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
