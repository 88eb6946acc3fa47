"""Every page of the application, as a person of some role sees it, in a real browser.

The pages are found by following links from the start, so a new page is looked at from its first
day, and one to which nothing leads is found out.
"""

import os
from collections import defaultdict
from pathlib import Path

import pytest

from tests.journeys.looking import PHONE, WIDE, faults
from tests.safety.routes import all_routes

NO_PAGES = {
    "static",
    "language.choose",
    "health.healthz",
    "remains.photograph",
    "remains.original",
    "effects.photograph",
    "effects.original",
    "catalogues.picture",
    "catalogues.decoy_picture",
    "missing.photograph",
    "reports.voice",
    "shared.photograph",
    "tips.photograph",
    "documents.download",
    "documents.dna_report_pdf",
    "documents.burials_pdf",
    "documents.custody_path_pdf",
    "documents.dossier_pdf",
    "documents.hand_over_pdf",
    "documents.inventory_pdf",
    "documents.labels_pdf",
    "documents.ante_mortem_pdf",
    "documents.post_mortem_pdf",
    "documents.recovery_log_pdf",
    "identification.calibration_picture",
}
"""Files, pictures and redirects."""

WAY_IN = {
    "security.login",
    "security.two_factor_token_validation",
    "security.mf_recovery",
    "security.two_factor_rescue",
}
"""Pages of somebody who is not signed in yet: test_way_in.py."""

FAMILY = {
    "family.start",
    "family.report",
    "family.receipt",
    "family.another",
    "family.kept_another",
    "family.throw_away",
    "family.come_back",
    "family.own",
    "family.correct_own",
    "family.withdraw_own",
    "family.take_voice_back",
    "family.consent_own",
    "family.opened_own",
    "family.how",
    "family.tip",
    "family.tip_sent",
    "keeping.kept",
}
"""Pages of somebody without an account: test_family.py."""

PICTURES = os.environ.get("CASEMAN_PICTURES")
"""A folder to keep a picture of each page in, for people to look at."""


@pytest.fixture
def show(page, address, client_of):
    """Open a sight in a language, as its role."""
    clients = {}

    def show(sight, lang):
        if sight.role not in clients:
            clients[sight.role] = client_of(sight.role).get_cookie("session").value
        cookies = {"session": clients[sight.role], "lang": lang}
        page.context.add_cookies(
            [{"name": name, "value": value, "url": address} for name, value in cookies.items()]
        )
        page.set_viewport_size({"width": 1280, "height": 800})
        answer = page.goto(address + sight.path)
        assert answer.status == 200, sight.path
        assert page.evaluate("document.documentElement.lang") == lang

    return show


def by_endpoint(sights):
    """Return the records seen behind each endpoint, the one with most to show first."""
    found = defaultdict(dict)
    for sight in sorted(sights, key=lambda sight: len(sight.html)):
        found[sight.endpoint][sight.path.partition("?")[0]] = sight
    return {endpoint: list(reversed(records.values())) for endpoint, records in found.items()}


def test_every_page_is_reached_by_links(town, sights):
    opened = {route.endpoint for route in all_routes(town.app) if route.method == "GET"}
    reached = {sight.endpoint for sight in sights}

    assert opened - reached == NO_PAGES | WAY_IN | FAMILY


@pytest.mark.browser
@pytest.mark.parametrize(
    ("lang", "widths"),
    [("en", (WIDE, PHONE)), ("ar", (WIDE, PHONE)), ("kmr", (PHONE,)), ("ckb", (PHONE,))],
    ids=["en", "ar", "kmr", "ckb"],
)
def test_everyone_can_use_every_page(sights, show, page, axe, lang, widths):
    """Kurdish words are longer, which a phone shows; the rest is as in English and Arabic."""
    found = []
    for endpoint, (sight, *_) in sorted(by_endpoint(sights).items()):
        show(sight, lang)
        _picture(page, f"{endpoint}.{lang}.{WIDE}")
        found += faults(page, axe, widths)
        _picture(page, f"{endpoint}.{lang}.{PHONE}")
    assert found == []


@pytest.mark.browser
def test_records_in_other_states_are_no_harder_to_use(sights, show, page, axe):
    found = []
    for _, records in sorted(by_endpoint(sights).items()):
        for sight in records[1:2]:
            show(sight, "en")
            found += faults(page, axe, widths=(PHONE,))
    assert found == []


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_menus_too(sights, show, page, axe, lang):
    start = by_endpoint(sights)["oversight.home"][0]
    show(start, lang)
    page.set_viewport_size({"width": 390, "height": 800})
    for menu in page.locator("details.menu").all():
        menu.locator("summary").click()
        assert axe(page) == []
        menu.locator("summary").click()


def _picture(page, name):
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
