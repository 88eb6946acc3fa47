"""Families who report and reviewers who read, for Locust: ``benchmarks.families`` runs it.

Locust has an environment of its own, so nothing but it is imported here; what it must know comes
in the environment: ``TOLD`` (JSON, what an invented family tells), ``FAMILIES`` and ``EVERY`` (how
many report in turn, and every how many seconds each), ``REVIEWERS``, ``PAGES`` (JSON, what they
read) and ``COOKIES`` (their session).
"""

import itertools
import json
import os
import re
from http import HTTPStatus

import gevent
from locust import HttpUser, constant, constant_pacing, task

FAMILIES, EVERY = int(os.environ["FAMILIES"]), float(os.environ["EVERY"])
REVIEWERS, COOKIES = int(os.environ["REVIEWERS"]), os.environ["COOKIES"]
TOLD, PAGES = json.loads(os.environ["TOLD"]), json.loads(os.environ["PAGES"])
READING = 3.0
"""Seconds for which a reviewer looks at a page."""
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
number = itertools.count()
place = itertools.count()


class Family(HttpUser):
    """Opens the form, sends it and reads its two numbers, as somebody new each time."""

    fixed_count = FAMILIES
    wait_time = constant_pacing(EVERY)

    def on_start(self) -> None:
        """Wait for the turn, so that they come evenly and not all at once."""
        gevent.sleep(next(place) * EVERY / FAMILIES)

    @task
    def report(self) -> None:
        """Report one person, from an address of its own."""
        count = next(number)
        self.client.cookies.clear()
        self.client.headers["X-Forwarded-For"] = f"198.18.{count // 250 % 250}.{count % 250 + 1}"
        token = TOKEN.search(self.client.get("/family/report", name="form").text)
        if token is None:
            return
        told = TOLD | {
            "csrf_token": token.group(1),
            "name_given": f"سامر {count}",
            "phone": f"0944 {count:06d}",
        }
        with self.client.post(
            "/family/report", told, name="send", allow_redirects=False, catch_response=True
        ) as answer:
            if answer.status_code != HTTPStatus.FOUND:
                answer.failure(f"answered {answer.status_code}")
                return
        self.client.get("/family/receipt", name="receipt")


class Reviewer(HttpUser):
    """Reads a page of a list, a person or candidates, and then the next."""

    fixed_count = REVIEWERS
    wait_time = constant(READING)

    def on_start(self) -> None:
        """Begin somewhere among the pages."""
        self.pages = itertools.islice(itertools.cycle(PAGES), next(place) % len(PAGES), None)

    @task
    def read(self) -> None:
        """Read the next page."""
        self.client.get(next(self.pages), name="reviewer", headers={"Cookie": COOKIES})
