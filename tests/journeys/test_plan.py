"""The plan of a grave: moved by mouse, keyboard and two fingers; one finger scrolls the page."""

from io import BytesIO

import pytest
import sqlalchemy as sa

from caseman.media.services import store_upload
from caseman.media.store import BlobStore
from caseman.permissions import Role
from caseman.remains.models import Remains
from caseman.remains.services import NewPhotograph, attach_photograph, place
from tests.accounts.fixtures import StaffClient, sign_in
from tests.factories.accounts import make_team, make_user
from tests.factories.media import photograph
from tests.factories.remains import make_grave, make_remains

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 500}


@pytest.fixture
def drawing(page, app, served, sessions):
    with sessions.transaction() as session:
        team = make_team(session)
        feature = make_grave(session, team.operation, "RQA01")
        for at in range(3):
            place(session, make_remains(session, feature, team), 1.5 * at, 1.0, 1.2)
        user = make_user(session, Role.RECORDER, team=team)
    cookie = sign_in(app, StaffClient(app, app.response_class), user).get_cookie("session").value
    page.context.add_cookies([{"name": "session", "value": cookie, "url": served}])
    page.set_viewport_size(PHONE)
    page.goto(f"{served}/sites/RQA01/features/1/plan")
    page.get_by_role("button", name="Show all").wait_for()
    return page.locator("[data-plan] svg")


def view(drawing):
    return [float(each) for each in drawing.get_attribute("viewBox").split()]


def test_the_plan_is_moved_by_keyboard(page, drawing):
    whole = left, top, width, height = view(drawing)
    page.get_by_role("button", name="Show all").focus()
    page.keyboard.press("Tab")
    assert drawing.evaluate("svg => svg === document.activeElement")
    assert drawing.evaluate("svg => getComputedStyle(svg).outlineStyle") != "none"

    for key, moved in {
        "ArrowRight": [left + width / 10, top],
        "ArrowDown": [left + width / 10, top + height / 10],
        "ArrowLeft": [left, top + height / 10],
        "ArrowUp": [left, top],
    }.items():
        page.keyboard.press(key)
        assert view(drawing) == pytest.approx([*moved, width, height])
    page.keyboard.press("+")
    assert view(drawing)[2:] == pytest.approx([width * 0.8, height * 0.8])
    page.keyboard.press("-")
    assert view(drawing) == pytest.approx(whole)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("0")
    assert view(drawing) == whole
    page.keyboard.press("Control+ArrowUp")  # the browser's own
    assert view(drawing) == whole
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Body")


def test_the_plan_is_moved_by_buttons_and_by_mouse(page, drawing):
    whole = left, top, width, _height = view(drawing)
    page.get_by_role("button", name="Come nearer").click()
    assert view(drawing)[2] == pytest.approx(width * 0.8)
    page.get_by_role("button", name="Go back").click()
    assert view(drawing) == pytest.approx(whole)

    drawing.scroll_into_view_if_needed()
    at = drawing.bounding_box()
    page.mouse.move(at["x"] + 30, at["y"] + 30)
    page.mouse.down()
    page.mouse.move(at["x"] + 60, at["y"] + 40)
    page.mouse.up()
    assert view(drawing)[0] < left
    assert view(drawing)[1] < top
    page.get_by_role("button", name="Show all").click()
    assert view(drawing) == whole


def test_two_fingers_move_the_plan_and_one_scrolls_the_page(page, drawing):
    whole = view(drawing)
    drawing.scroll_into_view_if_needed()
    touch = page.context.new_cdp_session(page)
    at = drawing.bounding_box()
    x, y = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2

    def send(kind, *points):
        told = [
            {"x": x + right, "y": y + down, "id": at} for at, (right, down) in enumerate(points)
        ]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})

    send("touchStart", (-20, 0), (20, 0))
    send("touchMove", (-30, 0), (30, 0))
    send("touchMove", (-40, 0), (40, 0))
    send("touchEnd")
    assert view(drawing)[2] == pytest.approx(whole[2] / 2, rel=0.01)

    nearer, scrolled = view(drawing), page.evaluate("scrollY")
    send("touchStart", (0, 30))
    for step in range(1, 6):
        send("touchMove", (0, 30 - 20 * step))
    send("touchEnd")
    page.wait_for_function("before => scrollY > before", arg=scrolled)
    assert view(drawing) == nearer


@pytest.fixture
def picture(app, drawing, sessions):
    """A photograph of the first remains, without a place yet."""
    store = BlobStore(app.extensions["caseman"].config.files)
    with sessions.transaction() as session:
        remains = session.scalars(sa.select(Remains).order_by(Remains.id)).first()
        file = store_upload(session, store, BytesIO(photograph()), "a.jpg", None)
        row = attach_photograph(session, remains, file, NewPhotograph("As found"))
        return f"/remains/{remains.number}/photographs/{row.id}/place"


def test_two_taps_say_where_the_camera_stood_and_looked(page, drawing, picture):
    page.reload()
    page.get_by_role("link", name="As found").click()
    page.get_by_role("heading", name="Where the camera stood").wait_for()
    svg = page.locator("[data-placing] svg")

    def tap(east, north):
        svg.scroll_into_view_if_needed()
        at = svg.evaluate(
            "(svg, [x, y]) => { const at = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM());"
            " return [at.x, at.y]; }",
            [100 * east, -100 * north],
        )
        page.mouse.click(*at)

    page.get_by_text("Tap the plan where the camera stood.").wait_for()
    tap(0.5, 0.5)
    page.get_by_text("Now tap what it looked at").wait_for()
    tap(1.5, 0.5)
    stood = [float(page.get_by_label(name).input_value()) for name in ("East of", "North of")]
    assert stood == pytest.approx([0.5, 0.5], abs=0.03)
    assert 85 <= int(page.get_by_label("Direction of the camera").input_value()) <= 95
    assert page.url.endswith(picture)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Plan", exact=True).wait_for()
    assert page.locator(".plan-photo").count() == 1
