"""What Lighthouse says of families' pages: its score of accessibility for each page and language.

Run as ``python -m benchmarks.lighthouse --lighthouse PATH [--languages en ar kmr ckb]
[--widths 360 1280] [--database URL] [--folder build/lighthouse]``, PATH being the program of
``npm install lighthouse@12.8.2`` (in ``node_modules/.bin``), with a Chromium beside it. Measured
are the pages of somebody without an account, a family's own pages after it came back, and those
where staff receive, call and tell families. One line for each page: the lowest of its scores,
where it was, and what was found there. Status 1 where a score is below the aim of 0.95.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks.filling import filled
from benchmarks.serving import REPORT, TOKEN, Client, UnexpectedAnswerError, server, signed_in

AIM: Final = 0.95
LANGUAGES: Final = ("en", "ar", "kmr", "ckb")
WIDTHS: Final = (360, 1280)
PHONE: Final = 600
"""Pixels; narrower screens are a phone's."""
PATIENCE: Final = 120
PUBLIC: Final = (
    *("/family", "/family/how", "/family/report", "/family/return", "/family/place"),
    *("/family/place/sent", "/sign-in"),
)
AFTER_SENDING: Final = ("/family/receipt", "/family/another")
OWN: Final = (
    *("/family/own", "/family/own/1/correct", "/family/own/1/consent"),
    *("/family/own/1/withdraw", "/family/own/1/opened"),
)
STAFF: Final = ("/reports", "/reports/calls", "/families-to-tell", "/missing")
NUMBERS: Final = re.compile(r'<bdi class="code">([^<]+)</bdi>')


@dataclass(frozen=True, slots=True)
class Measured:
    """One page once, as Lighthouse saw it."""

    page: str
    language: str
    width: int
    score: float
    flaws: tuple[str, ...]

    def __str__(self) -> str:
        found = ", ".join(self.flaws) or "nothing found"
        return f"{self.score:.2f} {self.page} ({self.language}, {self.width} px): {found}"


def visits(port: int) -> Iterator[tuple[str, str]]:
    """Yield every page with the cookies of whoever opens it."""
    sender = _posted(port, "/family/report", REPORT)
    reference, secret = NUMBERS.findall(sender.ask("/family/receipt").body.decode())[:2]
    returned = _posted(port, "/family/return", {"reference": reference, "secret": secret})
    staff = signed_in(port)
    for cookies, pages in (
        ("", PUBLIC),
        (sender.cookies, AFTER_SENDING),
        (returned.cookies, OWN),
        (staff.cookies, STAFF),
    ):
        for page in pages:
            status = Client(port, cookies).ask(page).status
            if status != HTTPStatus.OK:
                message = f"{page} answered {status}"
                raise UnexpectedAnswerError(message)
            yield page, cookies


def _posted(port: int, path: str, form: dict[str, str]) -> Client:
    page = Client(port).ask(path)
    token = TOKEN.search(page.body.decode())
    if token is None:
        message = f"{path} answered {page.status} without a form"
        raise UnexpectedAnswerError(message)
    answer = Client(port, page.cookies).ask(path, {"csrf_token": token.group(1), **form})
    return Client(port, answer.cookies)


def measure(program: Path, url: str, cookies: str, language: str, width: int) -> Measured:
    """Return what Lighthouse says of one page; raises where it cannot say anything."""
    narrow = width < PHONE
    headers = {"Accept-Language": language} | ({"Cookie": cookies} if cookies else {})
    with TemporaryDirectory() as folder:
        sent = Path(folder) / "headers.json"
        sent.write_text(json.dumps(headers), encoding="utf-8")
        command = [
            *(str(program), url, "--quiet", "--output=json", "--only-categories=accessibility"),
            *("--chrome-flags=--headless=new --no-sandbox", f"--extra-headers={sent}"),
            *("--screenEmulation.height=800", f"--screenEmulation.width={width}"),
            f"--screenEmulation.mobile={str(narrow).lower()}",
            "--screenEmulation.deviceScaleFactor=1",
            *(f"--form-factor={'mobile' if narrow else 'desktop'}", "--throttling-method=provided"),
        ]
        run = subprocess.run(  # noqa: S603 - the program that was named
            command, capture_output=True, check=True, text=True, timeout=PATIENCE
        )
    found = json.loads(run.stdout)
    if found.get("runtimeError"):
        raise UnexpectedAnswerError(found["runtimeError"]["message"])
    page = url.split("/", 3)[3]
    score = float(found["categories"]["accessibility"]["score"])
    return Measured(f"/{page}", language, width, score, tuple(_flaws(found)))


def _flaws(found: dict[str, Any]) -> Iterator[str]:
    for reference in found["categories"]["accessibility"]["auditRefs"]:
        audit = found["audits"][reference["id"]]
        if reference["weight"] and audit["score"] == 0:
            yield audit["id"]


def main() -> None:
    """Measure every page, print the worst of each, and fail below the aim."""
    options = _options()
    installation = filled(options.database, options.scale, options.folder)
    environment = installation.environment | {"CASEMAN_ANONYMOUS_RATE": "1000000/minute"}
    lowest = 1.0
    count = 0
    with server(environment, installation.config.instance / "server.log") as (port, _process):
        for page, cookies in list(visits(port)):
            measured = [
                measure(options.lighthouse, f"http://127.0.0.1:{port}{page}", cookies, *seen)
                for seen in options.seen
            ]
            worst = min(measured, key=lambda each: each.score)
            print(worst, flush=True)
            lowest = min(lowest, worst.score)
            count += len(measured)
    print(f"lowest of {count}: {lowest:.2f}, aim {AIM}")
    sys.exit(lowest < AIM)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--lighthouse", type=Path, default=shutil.which("lighthouse"), help="the program"
    )
    parser.add_argument("--languages", nargs="+", default=LANGUAGES)
    parser.add_argument("--widths", nargs="+", type=int, default=WIDTHS)
    parser.add_argument("--scale", type=int, default=100, help="missing persons there")
    parser.add_argument(
        "--database", default="sqlite:///build/lighthouse/caseman.db", help="its address"
    )
    parser.add_argument("--folder", type=Path, default=Path("build/lighthouse"), help="its files")
    options = parser.parse_args()
    if options.lighthouse is None:
        parser.error("lighthouse is not there: npm install lighthouse@12.8.2, then --lighthouse")
    options.seen = [(each, width) for width in options.widths for each in options.languages]
    return options


if __name__ == "__main__":
    main()
