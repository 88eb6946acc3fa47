"""The drawn teeth and bones: reached by Tab, walked by arrows, filled in by keys and by mouse."""

import pytest

from caseman.permissions import Role
from tests.accounts.fixtures import StaffClient, sign_in
from tests.factories.accounts import make_team, make_user
from tests.factories.remains import make_grave, make_remains

pytestmark = pytest.mark.browser


@pytest.fixture
def drawing(page, app, served, sessions):
    """Return what opens a page of remains for their examiner and comes to its drawing."""
    with sessions.transaction() as session:
        team = make_team(session)
        number = make_remains(session, make_grave(session, team.operation, "RQA01"), team).number
        user = make_user(session, Role.EXAMINER, team=team)
    cookie = sign_in(app, StaffClient(app, app.response_class), user).get_cookie("session").value
    page.context.add_cookies([{"name": "session", "value": cookie, "url": served}])

    def opened(what):
        page.goto(f"{served}/remains/{number}/{what}")
        page.locator("[data-key-help]").wait_for()
        page.locator("main svg a").first.focus()

    return opened


def focused(page):
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def press(page, *keys):
    """Press keys one by one, and return what has the focus then."""
    for key in keys:
        page.keyboard.press(key)
    return focused(page)


def said(page):
    return page.locator("[data-said]").text_content()


def value(page, name):
    return page.locator(f"select[name={name}]").input_value()


def surfaces(page, fdi):
    return page.locator(f"[name=surfaces_{fdi}]:checked").evaluate_all(
        "boxes => boxes.map((box) => box.value).join('')"
    )


def test_teeth_are_charted_by_keys(page, drawing):
    drawing("teeth")
    assert focused(page) == "Tooth 18: not recorded"
    assert press(page, "ArrowRight", "ArrowRight") == "Tooth 16: not recorded"
    assert press(page, "2", "m", "O") == "Tooth 16: Filled MO"
    assert said(page) == "Tooth 16: Filled MO"
    assert (value(page, "tooth_16"), surfaces(page, 16)) == ("FIL", "MO")

    assert press(page, "ArrowUp") == "Tooth 16: Filled MO", "above it is no jaw"
    assert press(page, "ArrowDown") == "Tooth 46: not recorded"
    assert press(page, "6") == "Tooth 46: Missing, healed"
    assert press(page, "ArrowUp", "0") == "Tooth 16: not recorded"
    assert (value(page, "tooth_16"), surfaces(page, 16)) == ("", "")
    assert press(page, "k") == "Tooth 16: Crown broken"
    assert press(page, "Control+2", "z", "ArrowLeft", "ArrowLeft", "ArrowLeft") == (
        "Tooth 18: not recorded"
    ), "the browser's own, no key of ours, and no tooth before the first"

    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', "
        "{key: '\u0665', code: 'Digit5', bubbles: true, cancelable: true}))"
    )
    assert focused(page) == "Tooth 18: Caries", "a digit of an Arabic keyboard"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "tooth_18"
    page.keyboard.press("ArrowDown")
    assert value(page, "tooth_18") == "CFR"
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Tooth 46", exact=False).first.wait_for(state="attached")
    assert page.locator("main").text_content().count("Tooth 46: Missing, healed") == 1


def test_one_tooth_is_reached_by_tab_and_a_surface_is_marked_by_mouse(page, drawing, axe):
    drawing("teeth?milk=1")
    assert axe(page) == []
    assert page.locator("[data-odontogram] a[tabindex='0']").count() == 1
    page.locator("g[data-tooth='55'] [data-surface=D]").click()
    assert surfaces(page, 55) == "D"
    page.locator("g[data-tooth='55'] [data-surface=D]").click()
    assert surfaces(page, 55) == ""
    page.locator("a[href='#tooth_55']").focus()
    assert press(page, "ArrowDown", "1") == "Tooth 85: Sound"
    assert value(page, "tooth_85") == "INT"


def test_bones_are_marked_by_keys_and_the_form_follows(page, drawing, axe):
    drawing("bones")
    assert axe(page) == []
    assert page.locator(".skeleton a[tabindex='0']").count() == 1
    page.locator("a[href='#bone_FEM_R']").focus()
    assert press(page, "1") == said(page) == "Femur, Right: Whole (over ¾)"
    assert value(page, "bone_FEM_R") == "whole"
    assert press(page, "ArrowDown", "4") == "Kneecap, Right: Looked for, not there"
    assert value(page, "bone_PAT_R") == "absent"
    assert "bone-absent" in page.locator("a[href='#bone_PAT_R'] path").get_attribute("class")
    assert press(page, "ArrowRight") == "Kneecap, Left: not recorded", "as one looks at it"
    assert press(page, "3", "0", "9") == "Kneecap, Left: not recorded"
    assert value(page, "bone_PAT_L") == ""

    page.locator("a[href='#bone_FEM_R']").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "bone_FEM_R"
    page.locator("select[name=bone_FEM_R]").select_option("part")
    link = page.locator("a[href='#bone_FEM_R']")
    assert link.get_attribute("aria-label") == "Femur, Right: Part (¼ to ¾)"
    assert "bone-part" in link.locator("path").get_attribute("class")

    page.get_by_role("button", name="Save").click()
    page.locator("#bones").wait_for()
    assert page.locator("main").text_content().count("Femur, Right: Part (¼ to ¾)")


def test_parts_of_young_bones_are_marked_by_keys(page, drawing, axe):
    drawing("bones")
    page.get_by_role("link", name="Young: bones in parts").click()
    page.locator("a[href='#part_FEM_R_shaft']").focus()
    assert axe(page) == []
    assert press(page, "5") == "Femur, Right, Shaft: not recorded", "others fuse to it"
    assert (
        press(page, "1", "ArrowDown", "5") == "Femur, Right, Lower epiphysis: Fused with the rest"
    )
    assert value(page, "part_FEM_R_shaft") == "whole"
    page.get_by_role("button", name="Save").click()
    page.locator("#bones").wait_for()
    assert page.locator("main").text_content().count("Lower epiphysis, Right, Fused with the rest")


def test_a_chart_that_was_refused_still_follows_its_keys(page, drawing):
    drawing("teeth")
    press(page, "m")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").wait_for()
    assert page.locator("g[data-tooth='18'] .surface-meant").count() == 1
    page.locator("svg a[href='#tooth_18']").focus()
    assert press(page, "2") == "Tooth 18: Filled M"
    page.complaints[:] = [each for each in page.complaints if "status of 422" not in each]
