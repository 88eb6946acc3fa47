"""Three relatives reported by keyboard alone, begun on one phone and ended on another."""

import re

import pytest

from caseman.permissions import Role
from tests.factories.accounts import make_operation, make_team
from tests.journeys.acting import Person, Staff, photograph
from tests.journeys.looking import SMALL_PHONE, WIDE

pytestmark = pytest.mark.browser

NAMES = {"ar": ("سامر", "ليلى", "يوسف"), "en": ("Sami", "Leila", "Yusuf")}
PLACE = "البتاني"
PARTNERS = "Example partners"
PHOTOGRAPH = {"ar": "مع بلاغكم صورة واحدة.", "en": "1 photograph is with your report."}
MOST_STEPS = 400
HARMLESS = re.compile("^https://")


class ByKeys(Person):
    """Somebody who presses keys and never points."""

    def come_to(self, wanted):
        """Press Tab until the focus stands on ``wanted``, on whichever step it is."""
        element = self.bring(wanted).element_handle()
        for _ in range(MOST_STEPS):
            self.page.keyboard.press("Tab")
            if element.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(wanted)

    def push(self, button):
        self.come_to(button)
        self.page.keyboard.press("Enter")

    def follow(self, link, nth=0):
        self.come_to(self.page.get_by_role("link", name=self.say(link), exact=True).nth(nth))
        self.page.keyboard.press("Enter")

    def press(self, button):
        self.push(self.button(button))

    def write(self, label, text):
        self.come_to(self.field(label))
        self.page.keyboard.insert_text(text)

    def tick(self, label, nth=0):
        self.come_to(self.page.get_by_label(label, exact=True).nth(nth))
        self.page.keyboard.press("Space")

    def attach(self, label, *photographs):
        self.come_to(self.field(label))
        with self.page.expect_file_chooser() as opened:
            self.page.keyboard.press("Space")
        opened.value.set_files(list(photographs))


@pytest.fixture
def partners(sessions):
    """Whoever families may let read their reports."""
    with sessions.transaction() as session:
        operation = make_operation(session)
        team = make_team(session, operation, covers_operation=False)
        team.name = PARTNERS
        return team


@pytest.fixture
def phone_of(browser, served):
    """Return what hands somebody a phone of their own."""
    contexts = []

    def hand(lang, *, script, width):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=script
        )
        context.set_default_timeout(20_000)
        context.route(HARMLESS, lambda route: route.fulfill(body="<title>News</title>"))
        contexts.append(context)
        page = context.new_page()
        # Heard from the beginning: asked for with the key, it may come too late for that key.
        page.on("filechooser", lambda _chooser: None)
        return ByKeys(page, served, lang)

    yield hand
    for context in contexts:
        context.close()


@pytest.fixture
def partner(hire, page, partners, served):
    """Somebody of theirs, who has signed in."""
    hire("partner", Role.PARTNER, team=partners)
    return Staff(page, served).sign_in("partner")


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("script", [False, True], ids=["plain", "script"])
@pytest.mark.parametrize("width", [SMALL_PHONE, WIDE])
def test_three_relatives_by_keys_alone(phone_of, partner, lang, script, width):
    first, *others = NAMES[lang]
    one = phone_of(lang, script=script, width=width)
    one.open("/family")
    one.follow("Tell us about a person")
    one.write("Given name", first)
    numbers = leave_in_the_middle(one, first, script=script)

    other = phone_of(lang, script=script, width=width)
    come_back(other, numbers)
    assert other.field("Given name").input_value() == first
    other.write("Where", PLACE)
    send(other)
    for name in others:
        report_another(other, name)
    other.follow("Read or add to your report")
    for name in NAMES[lang]:
        other.sees(name)

    other.attach("Photographs", photograph(first, "#567"))
    other.press("Send it")
    other.page.locator("main").get_by_text(PHOTOGRAPH[lang]).wait_for()
    for is_let_in in (True, False):
        decide(other, PARTNERS)
        partner.open("/shared")
        partner.sees(first if is_let_in else "No family has opened a report")

    leave(other, first)


def leave_in_the_middle(family, told, *, script):
    """Stop after the first answer, and return the two numbers."""
    page = family.page
    if script:
        family.sees("Saved.")
        parts = [page.locator(f"[data-{name}]") for name in ("reference", "secret")]
        numbers = [part.text_content() for part in parts]
    else:
        family.press("Keep it and go on later")
        family.arrives_at("Kept, but not sent yet")
        numbers = page.locator("main dd bdi.code").all_inner_texts()[:2]
    leave(family, told)
    return numbers


def leave(family, told):
    """Leave at once; the way back shows nothing of what was ``told``."""
    page = family.page
    way_out = page.locator("[data-exit]")
    assert way_out.inner_text() == family.say("Leave this page")
    family.come_to(way_out)
    page.keyboard.press("Enter")
    page.wait_for_url(HARMLESS)
    page.evaluate("history.back()")
    page.wait_for_timeout(500)
    page.wait_for_load_state()
    assert told not in page.content()


def come_back(family, numbers):
    family.open("/family")
    family.follow("Come back to your report")
    for label, number in zip(("Reference", "Secret number"), numbers, strict=True):
        family.write(label, number)
    family.press("Open my report")
    family.arrives_at("The person you are looking for")


def report_another(family, name):
    family.follow("Report another person who went missing with them")
    family.arrives_at("Another person who went missing with them")
    assert family.field("Where").input_value() == PLACE
    family.write("Given name", name)
    send(family)


def send(family):
    family.press("Send the report")
    family.arrives_at("We have your report")


def decide(family, partner):
    family.follow("Who may read your report, and how we reach you")
    family.tick(partner)
    family.press("Save what I decided")
    family.sees("It counts from this moment on.")
