"""Follows every link of every role, so that a page is looked at from the day it exists."""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

from caseman.documents import rendering

LINK = re.compile(r'<a\s[^>]*?href="(/[^"#]*)', re.DOTALL)
RECORDS_OF_A_KIND = 3


@dataclass(frozen=True)
class Sight:
    """A page as somebody with ``role`` sees it."""

    role: str
    endpoint: str
    path: str
    html: str


@dataclass
class Walk:
    """Goes through the pages of one role after another.

    Every role opens one record of each kind; further ones only where nobody opened them before.
    """

    app: Flask
    opened: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The records opened so far behind each endpoint, by whatever role."""

    def of_role(self, role: str, client: FlaskClient, starts: Iterable[str]) -> Iterator[Sight]:
        """Yield each page that ``client`` comes to; every page of ``starts`` is opened."""
        starts = list(starts)
        waiting, known = deque(starts), set(starts)
        mine: dict[str, set[str]] = defaultdict(set)
        while waiting:
            path = waiting.popleft()
            endpoint, record = endpoint_of(self.app, path), urlsplit(path).path
            if endpoint is None or record in mine[endpoint]:
                continue
            if path not in starts and not self._is_worth_it(endpoint, record, mine):
                continue
            mine[endpoint].add(record)
            answer = client.get(path)
            assert answer.status_code < 500, path
            if answer.status_code == 200:
                self.opened[endpoint].add(record)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                yield Sight(role, endpoint, path, answer.text)
            fresh = [each for each in _leads_to(answer) if each not in known]
            known.update(fresh)
            waiting.extend(fresh)

    def _is_worth_it(self, endpoint: str, record: str, mine: dict[str, set[str]]) -> bool:
        opened = self.opened[endpoint]
        is_new = record not in opened and len(opened) < RECORDS_OF_A_KIND
        return is_new or not mine[endpoint]


@contextmanager
def papers_not_laid_out() -> Iterator[None]:
    """Answer papers without their layout, most of a walk; tests/documents reads them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "render", lambda _html, _laid_out: b"%PDF-1.7")
        yield


def _leads_to(answer) -> list[str]:
    """Return the addresses on this site that an answer leads to, in its order."""
    if answer.status_code in {302, 303}:
        return [answer.location]
    is_page = answer.mimetype == "text/html"
    return [unescape(each) for each in LINK.findall(answer.text)] if is_page else []


def endpoint_of(app: Flask, path: str) -> str | None:
    """Return the endpoint behind an address, or None where nothing is."""
    try:
        return app.url_map.bind("localhost").match(urlsplit(path).path, method="GET")[0]
    except HTTPException:
        return None
