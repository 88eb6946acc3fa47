import json
import logging
import sys
from io import BytesIO

import pytest

from caseman.web.log import ValuelessFormatter


def test_a_healthy_installation_says_so(client):
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json["healthy"] is True
    assert set(answer.json["parts"]) >= {"database", "migrations", "files"}


def test_a_part_out_of_order_is_named(client, config):
    config.files.rmdir()

    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json["parts"]["files"] == "not writable"


def test_pending_migrations_are_unhealthy(client, monkeypatch):
    monkeypatch.setattr("caseman.schema._heads", lambda: frozenset({"0002"}))

    assert client.get("/healthz").json["parts"]["migrations"] == "pending"


@pytest.mark.parametrize("path", ["/nowhere", "/notes/new"])
def test_one_address_cannot_flood_the_public_pages(app, client, path):
    object.__setattr__(app.extensions["caseman"].config, "anonymous_rate", "3/minute")

    statuses = [client.get("/notes/new").status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert client.get("/notes/own", headers={"X-Signed-In": "1"}).status_code == 200


def test_a_body_that_is_too_large_is_413_with_a_page(app, client, token):
    app.config["MAX_CONTENT_LENGTH"] = 2000

    answer = client.post("/notes/new", data={"text": "x" * 3000, "csrf_token": token()})
    assert answer.status_code == 413
    assert "too large" in answer.text


@pytest.mark.parametrize(("times", "is_shown"), [(2, True), (4, False)])
def test_what_was_typed_beside_photographs_that_are_too_large_is_shown(
    app, client, token, times, is_shown
):
    app.config["MAX_CONTENT_LENGTH"] = limit = 20_000
    sent = {"text": "A long story <b>", "csrf_token": token(), "password": "never shown"}
    sent["photo"] = (BytesIO(b"x" * times * limit), "IMG_1.jpg")

    answer = client.post("/notes/new", data=sent)

    assert answer.status_code == 413
    assert ("A long story &lt;b&gt;" in answer.text) is is_shown
    assert ("Files must be chosen again." in answer.text) is is_shown
    assert "never shown" not in answer.text


def test_a_log_line_holds_the_event_and_no_value():
    try:
        int("Layla")
    except ValueError:
        record = logging.LogRecord(
            "x", logging.ERROR, __file__, 1, "import of %s failed", ("Layla",), sys.exc_info()
        )
    line = json.loads(ValuelessFormatter().format(record))

    assert line["event"] == "import of %s failed"
    assert line["failure"][0] == "ValueError"
    assert "Layla" not in str(line)


def test_https_is_insisted_on_where_it_is_used(app, client):
    assert "Strict-Transport-Security" not in client.get("/healthz").headers
    object.__setattr__(app.extensions["caseman"].config, "tls", True)

    assert "max-age=63072000" in client.get("/healthz").headers["Strict-Transport-Security"]
