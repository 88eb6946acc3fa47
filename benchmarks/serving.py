"""The production server as a process of its own, its processor time, and a client signed in."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import sqlalchemy as sa

from benchmarks.filling import PASSWORD, USERNAME

WORKERS, THREADS = 2, 4
PATIENCE: Final = 300.0
"""Seconds within which the server must answer."""
TICK: Final = os.sysconf("SC_CLK_TCK")
REPORT: Final = {
    "name_given": "سامر",
    "name_family": "النموذجي",
    "sex": "M",
    "birth-year": "1990",
    "last_seen-year": "2017",
    "last_seen_place": "Example town",
    "effects-0-kind": "watch",
    "informant_name": "مريم",
    "phone": "0944 123 456",
}
"""What an invented family tells."""
TOKEN: Final = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class UnexpectedAnswerError(RuntimeError):
    """The server answered something else than was measured for; the message holds the status."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one request."""

    status: int
    body: bytes
    cookies: str


@dataclass(frozen=True, slots=True)
class Client:
    """Asks one server, over a new connection each time, with one cookie."""

    port: int
    cookies: str = ""

    def ask(self, path: str, form: dict[str, str] | None = None) -> Answer:
        """Send a GET or, with ``form``, a POST, and read the whole answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": self.cookies} if self.cookies else {}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = None if form is None else urlencode(form)
        connection.request("GET" if form is None else "POST", path, body, headers)
        answer = connection.getresponse()
        cookies = "; ".join(
            cookie.partition(";")[0] for cookie in answer.headers.get_all("Set-Cookie", [])
        )
        read = Answer(answer.status, answer.read(), cookies or self.cookies)
        connection.close()
        return read


def signed_in(port: int) -> Client:
    """Return a client with the session of the account that the filled database holds."""
    page = Client(port).ask("/sign-in")
    token = TOKEN.search(page.body.decode())
    if token is None:
        message = f"the sign-in page answered {page.status} without a form"
        raise UnexpectedAnswerError(message)
    form = {"csrf_token": token.group(1), "username": USERNAME, "password": PASSWORD}
    answer = Client(port, page.cookies).ask("/sign-in", form)
    client = Client(port, answer.cookies)
    if client.ask("/missing").status != http.client.OK:
        message = f"sign-in answered {answer.status}"
        raise UnexpectedAnswerError(message)
    return client


@contextmanager
def server(environment: dict[str, str], log: Path) -> Iterator[tuple[int, int]]:
    """Run gunicorn as in production; yield its port and the id of its first process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        *(sys.executable, "-m", "gunicorn", "--no-control-socket"),
        *("--workers", str(WORKERS), "--threads", str(THREADS)),
        *("--bind", f"127.0.0.1:{port}", "caseman.app:create_app()"),
    ]
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, env=os.environ | environment, stdout=output, stderr=output
        )
        try:
            _wait_for(port, process)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            if Client(port).ask("/healthz").status == http.client.OK:
                return
        except OSError:
            time.sleep(0.2)
    message = "the server did not start; see its log"
    raise UnexpectedAnswerError(message)


def processor_seconds(process: int) -> float:
    """Return the processor time of a process, its living descendants and those it has reaped."""
    return sum(_own_seconds(each) for each in _tree(process))


def _tree(process: int) -> Iterator[int]:
    yield process
    tasks = Path(f"/proc/{process}/task")
    with suppress(FileNotFoundError):  # it ended since its parent named it
        for task in tasks.iterdir():
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))


def _own_seconds(process: int) -> float:
    try:
        told = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:  # a helper of the server that came and went
        return 0.0
    # Fields 14 to 17 of proc(5); the second one, in brackets, may hold spaces.
    return sum(map(int, told.rpartition(")")[2].split()[11:15])) / TICK


def database_process(url: str) -> int | None:
    """Return the first process of the PostgreSQL server; None for SQLite or another machine."""
    if url.startswith("sqlite"):
        return None
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        folder = connection.exec_driver_sql("SHOW data_directory").scalar_one()
    engine.dispose()
    try:
        lines = Path(folder, "postmaster.pid").read_text().splitlines()
    except OSError:
        return None
    return int(lines[0])
