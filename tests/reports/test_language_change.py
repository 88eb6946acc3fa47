"""Another language in the middle of a report: the same question, and nothing typed is lost."""

import pytest

from tests.browsing import serving, wait_until
from tests.journeys.acting import Person

pytestmark = pytest.mark.browser


@pytest.fixture
def family(app, operation, browser):
    with serving(app) as address:
        context = browser.new_context(viewport={"width": 390, "height": 800}, locale="en")
        person = Person(context.new_page(), address)
        person.open("/family/report")
        yield person
        context.close()


@pytest.fixture
def page(family):
    return family.page


def speak(page, code):
    page.click("header summary")
    page.click(f"header button[lang='{code}']")
    wait_until(page, f"document.documentElement.lang === '{code}'")


def test_what_was_typed_and_chosen_moves_to_the_other_language(family, page, tmp_path):
    picture = tmp_path / "smile.jpg"
    picture.write_bytes(b"\xff\xd8\xff")
    family.bring(page.locator("#name_given")).fill("سلمى")
    family.bring(page.locator("#hair")).select_option(index=1)
    family.bring(page.locator("#sex-1")).check()
    family.bring(page.locator("#dental_codes-2")).check()
    family.bring(page.locator("#circumstance_absence")).select_option(index=1)
    page.set_input_files("#photos", picture)
    hair = page.input_value("#hair")

    speak(page, "ar")

    assert page.get_attribute("html", "dir") == "rtl"
    assert page.input_value("#name_given") == "سلمى"
    assert page.input_value("#hair") == hair
    assert page.is_checked("#sex-1")
    assert page.is_checked("#dental_codes-2")
    assert page.input_value("#circumstance_absence") != ""
    assert page.evaluate("document.querySelector('#photos').files[0].name") == "smile.jpg"


def test_an_added_row_and_the_place_on_the_page_stay(family, page):
    family.bring(page.locator("#effects-0-description")).fill("first")
    before = page.locator("fieldset#effects .sheet").count()
    page.click("fieldset#effects button[name='more']")
    page.wait_for_selector(f"#effects-{before}-description")
    page.fill(f"#effects-{before}-description", "the last one")
    page.locator(f"#effects-{before}-description").scroll_into_view_if_needed()

    speak(page, "ar")

    assert page.input_value("#effects-0-description") == "first"
    assert page.input_value(f"#effects-{before}-description") == "the last one"
    assert page.locator("fieldset#effects .sheet").count() == before + 1
    assert page.locator(f"#effects-{before}-description").is_visible()
    assert page.evaluate("scrollY") > 300


def test_it_is_sent_as_it_was_typed(family, page):
    family.bring(page.locator("#name_given")).fill("Salma")
    speak(page, "ar")
    family.bring(page.locator("form .actions .button-primary")).click()
    page.wait_for_url("**/family/receipt")


def test_without_a_form_the_language_changes_by_its_link(page):
    page.goto(page.url.replace("/report", ""))
    page.click("header summary")
    page.click("header a[lang='ar']")
    wait_until(page, "document.documentElement.lang === 'ar'")
    assert page.url.endswith("/family")
