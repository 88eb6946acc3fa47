"""The pages of custody in a real browser: reachable for everybody, in both directions."""

import re
from contextlib import contextmanager

import pytest

from caseman.custody.models import CustodyTransfer, Exhibit, StoragePlace
from tests.browsing import is_wider_than_its_window, serving, wait_until
from tests.factories.custody import give, make_exhibit, make_place, take

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]


@pytest.fixture
def stocked(work, session):
    """Exhibits, places and hand-overs in every state, with names in both scripts."""
    mortuary = make_place(session, work.operation, code="MORT", name="Mortuary")
    room = make_place(session, work.operation, mortuary, code="MORT-R1", name="غرفة التبريد")
    rows = [make_exhibit(session, work.ours) for _ in range(6)]
    seals = {row.number: f"S-{row.id}" for row in rows}
    first = give(session, rows, to_place_id=room.id, seals=seals, given_by="رنا حداد")
    take(session, first, missing=rows[5:], seals={rows[0].number: "S-999"})
    give(session, rows[:3], given_by="A stranger", declared_count=4)
    session.commit()


@pytest.fixture
def pages(stocked, session):
    """Addresses by name; the numbers in them are made anew for each test."""
    exhibit = session.query(Exhibit).order_by(Exhibit.id).first().number
    transfers = session.query(CustodyTransfer).order_by(CustodyTransfer.id)
    received, waiting = (row.number for row in transfers)
    place = session.query(StoragePlace).order_by(StoragePlace.id).first().id
    session.rollback()
    return {
        "hand-overs": "/custody/",
        "waiting": "/custody/?list=waiting",
        "exhibits": "/custody/exhibits?standing=kept",
        "exhibit": f"/custody/exhibits/{exhibit}",
        "path": f"/custody/exhibits/{exhibit}/path",
        "places": "/custody/places",
        "place": f"/custody/places/{place}",
        "new place": "/custody/places/new",
        "hand over": f"/custody/hand-overs/new?number={exhibit}",
        "transfer": f"/custody/hand-overs/{received}",
        "receive": f"/custody/hand-overs/{waiting}/receipt",
        "sheet": f"/custody/hand-overs/{received}/sheet",
    }


@pytest.fixture
def visit(app, browser, examiner):
    """Open pages as the examiner; a message in the console fails the test."""
    complaints = []

    @contextmanager
    def visiting(lang, width, **options):
        name = app.config["SESSION_COOKIE_NAME"]
        signed_in = examiner.get_cookie(name).value
        with serving(app) as address:
            context = browser.new_context(viewport={"width": width, "height": 900}, **options)
            context.add_cookies(
                [
                    {"name": name, "value": signed_in, "url": address},
                    {"name": "lang", "value": lang, "url": address},
                ]
            )
            page = context.new_page()
            page.complaints = complaints
            page.on(
                "console",
                lambda each: complaints.append(each.text) if each.type == "error" else None,
            )
            try:
                yield page, address
            finally:
                context.close()

    yield visiting
    assert complaints == []


@pytest.mark.parametrize(("lang", "width"), [("en", 390), ("ar", 1280)])
def test_everyone_can_use_every_page(pages, visit, axe, lang, width):
    with visit(lang, width) as (page, address):
        for name, path in pages.items():
            assert page.goto(address + path).status == 200, name
            assert page.get_attribute("html", "dir") == ("rtl" if lang == "ar" else "ltr"), name
            assert axe(page) == [], name
            assert not is_wider_than_its_window(page), name


def test_a_hand_over_is_recorded_with_the_clock_of_the_device(pages, visit, session):
    with visit("en", 390, timezone_id="Asia/Damascus") as (page, address):
        page.goto(address + pages["hand over"])
        assert page.input_value("#handed_over_at-clock") == "180"
        assert re.fullmatch(r"\d\d:\d\d", page.input_value("#handed_over_at-time"))
        page.select_option("#condition", "intact")
        page.fill("#declared_count", "١")
        page.fill("#given_to", "عماد الصايغ")
        page.select_option("#purpose", "examination")
        page.click("text=Record the hand-over")
        wait_until(page, "!!document.querySelector('#checked')")
        assert page.input_value("#given_to") == "عماد الصايغ"
        page.check("#checked")
        page.click("text=Record the hand-over")
        wait_until(page, "location.pathname.startsWith('/custody/hand-overs/T-')")
        assert "Waiting for receipt" in page.inner_text("main")
        page.complaints[:] = [each for each in page.complaints if "422" not in each]
    assert session.query(CustodyTransfer).count() == 3


def test_what_is_typed_without_a_network_stays(pages, visit):
    with visit("en", 390) as (page, address):
        page.goto(address + pages["hand over"])
        page.fill("#given_to", "Imad")
        page.context.set_offline(True)
        page.click("text=Record the hand-over")
        wait_until(page, "!!document.querySelector('.unsent button')")
        assert page.input_value("#given_to") == "Imad"
        page.context.set_offline(False)
        page.complaints[:] = [each for each in page.complaints if "ERR_INTERNET" not in each]
