"""Finds every form of the application by walking its pages as each role that may."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient

from tests.hostile.pages import PostedForm, forms_in, parsed, path_of
from tests.journeys.walking import Sight, Walk, papers_not_laid_out

Jar = dict[str, str]


@dataclass
class Found:
    """A form, behind which endpoint it is received, and the cookies of who may send it."""

    endpoint: str
    form: PostedForm
    who: str
    jar: Jar

    def __str__(self) -> str:
        return f"{self.endpoint} on {self.form.page} as {self.who}"


class FirstSight(Walk):
    """A walk that opens a record of a kind only where nobody did before."""

    def _is_worth_it(self, endpoint: str, record: str, _mine: dict[str, set[str]]) -> bool:
        return record not in self.opened[endpoint] and len(self.opened[endpoint]) < 2


def endpoint_of_post(app: Flask, address: str) -> tuple[str, dict[str, object]]:
    return app.url_map.bind("localhost").match(path_of(address), method="POST")


def client_with(app: Flask, jar: Jar) -> FlaskClient:
    """Return a browser that holds the cookies of ``jar``; it checks no markup."""
    client = FlaskClient(app, app.response_class)
    for name, value in jar.items():
        client.set_cookie(name, value)
    return client


def jar_of(client: FlaskClient) -> Jar:
    return {cookie.key: cookie.value for cookie in (client._cookies or {}).values()}


def found_on(app: Flask, html: str, page: str, who: str, jar: Jar) -> Iterator[Found]:
    for form in forms_in(parsed(html), page):
        yield Found(endpoint_of_post(app, form.action)[0], form, who, jar)


def walked(app: Flask, jars: dict[str, Jar], starts: Iterable[str]) -> list[Sight]:
    """Return every page that somebody comes to from ``starts``."""
    walk = FirstSight(app)
    with papers_not_laid_out():
        return [
            sight
            for who, jar in jars.items()
            for sight in walk.of_role(who, client_with(app, jar), ["/", *starts])
        ]


def forms_of(app: Flask, jars: dict[str, Jar], sights: Iterable[Sight]) -> dict[str, Found]:
    """Return one form for each endpoint, the one that asks most."""
    grouped: dict[str, list[Found]] = defaultdict(list)
    for sight in sights:
        for found in found_on(app, sight.html, sight.path, sight.role, jars[sight.role]):
            grouped[found.endpoint].append(found)
    return {
        endpoint: max(all_found, key=lambda each: len(each.form.names))
        for endpoint, all_found in grouped.items()
    }
