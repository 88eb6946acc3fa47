"""What goes out compressed: files of ours and pages for families, and nothing beside secrets."""

import gzip

import pytest
from flask.testing import FlaskClient

from caseman.permissions import Role
from tests.factories.accounts import make_operation
from tests.look.test_look import loaded_by

PACKED = {"Accept-Encoding": "gzip"}
FIRST_LOAD = 50_000
"""Bytes on the way, fonts aside: ten seconds on a slow network."""


@pytest.fixture
def phone(app, sessions):
    with sessions.transaction() as session:
        make_operation(session)
    return FlaskClient(app, app.response_class)


@pytest.mark.parametrize("lang", ["en", "ar", "kmr", "ckb"])
@pytest.mark.parametrize("page", ["/family", "/family/report", "/family/place"])
def test_the_first_load_is_light(phone, page, lang):
    phone.set_cookie("lang", lang)
    answer = phone.get(page, headers=PACKED, buffered=True)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    text = gzip.decompress(answer.data).decode()
    assert f'<html lang="{lang}"' in text
    assert text.rstrip().endswith("</html>")
    files = [
        phone.get(f"/static/{name}", headers=PACKED, buffered=True) for name in loaded_by(text)
    ]
    assert {each.status_code for each in files} == {200}
    assert len(answer.data) + sum(len(each.data) for each in files) < FIRST_LOAD


def test_who_cannot_unpack_gets_it_plain_and_an_unchanged_file_is_not_sent_again(phone):
    plain = phone.get("/static/caseman.css", buffered=True)
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]
    packed = phone.get("/static/caseman.css", headers=PACKED, buffered=True)
    assert gzip.decompress(packed.data) == plain.data
    known = {**PACKED, "If-None-Match": packed.headers["ETag"]}
    assert phone.get("/static/caseman.css", headers=known, buffered=True).status_code == 304


def test_nothing_is_packed_with_words_of_an_address_or_for_staff(phone, client_as):
    for path in ("/family/return?reference=ABCDEFGH", "/sign-in"):
        assert "Content-Encoding" not in phone.get(path, headers=PACKED, buffered=True).headers
    steward = client_as(Role.STEWARD)
    assert "Content-Encoding" not in steward.get("/missing", headers=PACKED, buffered=True).headers
