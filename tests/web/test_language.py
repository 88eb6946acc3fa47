from datetime import UTC, date, datetime

import pytest
from flask import render_template_string

from caseman.calendars import PartialDate
from caseman.coding import Calendar, Sex
from caseman.web.words import gettext


@pytest.fixture
def render(app):
    def rendered(template, language="en", **values):
        with app.test_request_context(headers={"Accept-Language": language}):
            return render_template_string("{{ " + template + " }}", **values)

    return rendered


@pytest.mark.parametrize(
    ("accepted", "lang", "direction"),
    [
        ("ar-IQ,ar;q=0.9", "ar", "rtl"),
        ("ku,en;q=0.1", "kmr", "ltr"),
        ("ckb,ar;q=0.5", "ckb", "rtl"),
        ("fa,ar;q=0.5", "ar", "rtl"),
        ("fr", "en", "ltr"),
        ("", "en", "ltr"),
    ],
)
def test_the_browser_decides_until_the_reader_does(client, accepted, lang, direction):
    page = client.get("/nowhere", headers={"Accept-Language": accepted}).text

    assert f'lang="{lang}"' in page
    assert f'dir="{direction}"' in page


def test_a_chosen_language_stays_and_leads_back(client):
    answer = client.get("/language/ar?next=/notes/new")

    assert answer.location == "/notes/new"
    assert 'lang="ar"' in client.get("/nowhere", headers={"Accept-Language": "en"}).text


@pytest.mark.parametrize(
    "target",
    ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "/\t/x", "x"],
)
def test_a_language_link_leads_nowhere_else(client, target):
    assert client.get("/language/ar", query_string={"next": target}).location == "/"


def test_an_unknown_language_is_404(client):
    assert client.get("/language/tlh").status_code == 404


@pytest.mark.parametrize(
    ("accepted", "is_said"), [("ku", True), ("ckb", True), ("en", False), ("ar", False)]
)
@pytest.mark.parametrize("path", ["/nowhere", "/family"])
def test_a_language_that_awaits_review_says_so(app, client, accepted, is_said, path):
    asked = {"Accept-Language": accepted}
    with app.test_request_context(headers=asked):
        note = gettext("The Kurdish texts still await review by native speakers.")

    assert (note in client.get(path, headers=asked).text) is is_said


@pytest.mark.parametrize(
    ("template", "value", "language", "text"),
    [
        ("v|label", Sex.FEMALE, "en", "Female"),
        ("v|label", None, "en", "\N{EN DASH}"),
        ("v|date", date(2017, 8, 3), "en", "3 August 2017"),
        ("v|date", date(2017, 8, 3), "ar", "3 آب 2017"),
        ("v|date", date(2017, 8, 3), "ku", "3ê tebaxa 2017an"),
        ("v|datetime", datetime(2017, 8, 3, 14, 5, tzinfo=UTC), "en", "3 August 2017 14:05 UTC"),
        ("v|hijri", date(2014, 8, 3), "en", "7 Shawwal 1435 AH"),
        ("v|told", PartialDate(2017, 8, about=True), "en", "about August 2017"),
        ("v|told", PartialDate(2017, 8), "ku", "tebaxa 2017an"),
        ("v|told", PartialDate(2017), "en", "2017"),
        ("v|told", PartialDate(1435, 10, calendar=Calendar.HIJRI), "en", "Shawwal 1435 AH"),
        ("v|code", "A<b>", "ar", '<bdi dir="ltr" class="code">A&lt;b&gt;</bdi>'),
        ("v|number('cm')", 1234.5, "en", "1,234.5 cm"),
        ("v|number('cm')", 1234.5, "ku", "1.234,5 cm"),
    ],
)
def test_values_are_shown_in_the_readers_language(render, template, value, language, text):
    assert render(template, language, v=value) == text
