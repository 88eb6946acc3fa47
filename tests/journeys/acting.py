"""People at the pages: they read labels, press buttons and follow links, and know no address."""

import gettext
import re
from datetime import UTC, datetime
from pathlib import Path

from passlib.totp import TOTP

import caseman
from tests.browsing import is_wider_than_its_window
from tests.factories.accounts import PASSWORD
from tests.factories.media import picture, written

TODAY = datetime.now(UTC).date()
CATALOGUES = Path(caseman.__file__).parent / "translations"
CATALOGUE_OF = {"kmr": "ku"}
"""Where a language and its catalogue have two names."""


def photograph(name, colour):
    """A small photograph as a phone sends it."""
    content = written(picture(size=(320, 240), colour=colour))
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": content}


IS_FURTHER = """
  (element) => {
    const steps = [...document.querySelectorAll("[data-step]")];
    const own = steps.indexOf(element.closest("[data-step]"));
    return own === -1 || own > steps.findIndex((each) => !each.hidden);
  }
"""
"""Whether an element stands on a later step than the one on the screen, or after all of them."""


class Person:
    """Somebody with a browser of their own, who reads the pages in ``lang``.

    The methods take the English words of the pages and look for what stands there in ``lang``.
    """

    def __init__(self, page, address, lang="en"):
        self.page = page
        self.address = address
        catalogue = CATALOGUE_OF.get(lang, lang)
        self.say = gettext.translation(
            "messages", CATALOGUES, [catalogue], fallback=lang == "en"
        ).gettext
        cookie = {"name": "lang", "value": lang, "url": address}
        page.context.add_cookies([cookie])

    def open(self, path):
        assert self.page.goto(self.address + path).status < 400

    def follow(self, link, nth=0):
        self.page.get_by_role("link", name=self.say(link), exact=True).nth(nth).click()

    def leave(self):
        """Take the way out, a link or, where something is open here, a button."""
        self.page.locator("[data-exit]").click()

    def press(self, button):
        self.bring(self.button(button)).click()

    def bring(self, wanted):
        """Turn the steps of a form until ``wanted`` is on the screen, and return it."""
        self.page.wait_for_load_state()
        if not self.page.locator("[data-begun]").count() or wanted.is_visible():
            return wanted
        # What has a role is found only where it is seen: the button that sends stands at the end.
        is_further = not wanted.count() or wanted.evaluate(IS_FURTHER)
        way = self.page.locator(f"[data-step-{'on' if is_further else 'back'}]")
        while not wanted.is_visible():
            assert way.is_visible(), f"on no step: {wanted}"
            self.turn(way)
        return wanted

    def turn(self, button):
        """Go one step on or back, and wait until it is there."""
        left = self.page.locator("[data-step]:not([hidden])").element_handle()
        self.push(button)
        left.wait_for_element_state("hidden")

    def push(self, button):
        button.click()

    def walk_to(self, label):
        """Go on by keyboard, question by question, until the one with this label is there."""
        self.button("Next").wait_for()  # until then the form is one page, and all of it is seen
        choice = self.page.get_by_label(self.say(label), exact=True).first
        for _ in range(30):
            if self.field(label).or_(choice).first.is_visible():
                return
            self.button("Next").focus()
            self.page.keyboard.press("Enter")
        raise AssertionError(label)

    def walk_to_the_end(self):
        """Go on until there is nothing left but to look it over."""
        while self.button("Next").is_visible():
            self.button("Next").press("Enter")
        self.sees("Look over it")

    def button(self, name):
        """The button that people see; one that no Tab comes to only catches the Enter key."""
        named = self.page.get_by_role("button", name=self.say(name), exact=True)
        return named.and_(self.page.locator(":not([tabindex='-1'])")).last

    def write(self, label, text):
        self.bring(self.field(label)).fill(text)

    def choose(self, label, option):
        self.bring(self.field(label)).select_option(label=self.say(option))

    def choose_in(self, legend, label, option):
        """Choose in the first row of questions that are asked several times."""
        self.bring(self.part(legend, label)).select_option(label=self.say(option))

    def part(self, legend, label):
        """A field in a group that has several, such as the year of a date."""
        group = self.page.get_by_role("group", name=self.say(legend)).first
        return group.get_by_label(self.say(label)).first

    def tick(self, label, nth=0):
        self.bring(self.page.get_by_label(self.say(label), exact=True).nth(nth)).check()

    def attach(self, label, *photographs):
        self.bring(self.field(label)).set_input_files(list(photographs))

    def date(self, legend, day):
        for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            self.bring(self.part(legend, part)).fill(str(value))

    def field(self, label):
        """The field of a label; that it is needed may be said beside it."""
        return self.page.get_by_label(
            re.compile(rf"^{re.escape(self.say(label))}( *\(.+\))?$")
        ).first

    def sees(self, words):
        self.page.get_by_text(self.say(words)).first.wait_for()

    def arrives_at(self, heading):
        self.page.get_by_role("heading", level=1, name=self.say(heading)).wait_for()
        self.page.wait_for_load_state()  # before its style sheets are there it may be wider
        assert not is_wider_than_its_window(self.page), f"{heading} scrolls sideways"

    def number_of(self, what):
        """The number in the heading of the page of a case, a decision or a release."""
        heading = self.page.get_by_role("heading", level=1, name=what)
        heading.wait_for()
        return heading.inner_text().split()[-1]


class Staff(Person):
    """Somebody who signs in."""

    def sign_in(self, username):
        """Sign in for the first time, on the pages: password, then an authenticator app."""
        self.open("/sign-in")
        self.enter_password(username)
        self.set_up_second_factor()
        return self

    def enter_password(self, username, password=PASSWORD):
        self.write("User name", username)
        self.write("Password", password)
        self.press("Sign in")

    def set_up_second_factor(self, look=lambda: None):
        """Set up the app; ``look`` is called on the page of the drawing."""
        self.press("Show the code to scan")
        key = self.page.locator("dd bdi.number").first.inner_text()
        look()
        self.write("Code from the app", TOTP(key=key, format="base32").generate().token)
        self.press("Check the code")
        self.arrives_at("Recovery codes")

    def go(self, place):
        """Go to a page of the menu."""
        if not self.page.locator(".rail").is_visible():
            self.page.locator(".menu-places > summary").click()
        self.page.get_by_role("navigation", name=self.say("Main")).get_by_role(
            "link", name=self.say(place), exact=True
        ).click()
