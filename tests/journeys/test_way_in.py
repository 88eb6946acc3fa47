"""The pages of somebody who is not signed in yet, looked at in both directions."""

import pytest

from caseman.permissions import Role
from tests.journeys.acting import Staff
from tests.journeys.looking import faults, forgive

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_everyone_can_sign_in(page, served, hire, axe, lang):
    hire("rana", Role.INTAKE)
    rana, seen = Staff(page, served, lang), []

    rana.open("/sign-in")
    seen += faults(page, axe)
    rana.press("Sign in")
    page.locator(".wrong").first.wait_for()
    seen += faults(page, axe)
    rana.enter_password("rana")
    seen += faults(page, axe)
    rana.set_up_second_factor(lambda: seen.extend(faults(page, axe)))
    rana.press("Make recovery codes")
    rana.follow("I have written them down")
    seen += faults(page, axe)

    page.locator("header details.menu > summary").first.click()
    rana.press("Sign out")
    rana.open("/sign-in")
    rana.enter_password("rana")
    rana.arrives_at("Code from the app")
    seen += faults(page, axe)
    for way in ("Use a recovery code from paper", "Use a code that two colleagues gave me"):
        rana.follow(way)
        seen += faults(page, axe)
        page.go_back()
    assert seen == []
    forgive(page)


def test_a_wrong_password_is_told_and_the_name_stays(page, served, hire):
    hire("rana", Role.INTAKE)
    rana = Staff(page, served)
    rana.open("/sign-in")
    rana.enter_password("rana", "not her password")

    rana.sees("This name and password do not belong together, or the account is closed.")
    assert rana.field("User name").input_value() == "rana"
    assert rana.field("Password").input_value() == ""
    forgive(page)
