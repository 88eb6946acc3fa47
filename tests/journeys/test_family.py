"""A family without an account: in Arabic, with the least of phones, and looked at like staff."""

import pytest

from caseman.permissions import Role
from tests.factories.accounts import make_operation, make_team
from tests.journeys.acting import Person, Staff, photograph
from tests.journeys.looking import faults, forgive

pytestmark = pytest.mark.browser

NAME = ("سامر", "خليل", "الحداد")
ANSWERS = {"Given name": NAME[0], "Father's name": NAME[1], "Family name": NAME[2]}


@pytest.fixture
def operation(sessions):
    with sessions.transaction() as session:
        return make_operation(session)


def tell(family):
    for question, answer in ANSWERS.items():
        family.write(question, answer)
    family.write("Where", "البتاني")
    family.write("Your name", "مريم")
    family.write("Phone", "٠٩٤٤ ١٢٣ ٤٥٦")


def the_two_numbers(page):
    reference, secret = page.locator("main dd bdi.code").all_inner_texts()[:2]
    return reference, secret


def test_a_family_reports_in_arabic_without_script_and_comes_back(
    plain_page, browser, served, operation
):
    mother = Person(plain_page, served, "ar")
    mother.open("/family")
    assert plain_page.locator("html").get_attribute("dir") == "rtl"
    mother.follow("Tell us about a person")
    tell(mother)
    mother.tick("Male")
    mother.choose_in("More about clothes and things", "What", "Watch")
    mother.press("One more thing")
    assert mother.field("Given name").input_value() == NAME[0]
    mother.attach("Photographs", photograph("سامر", "#567"))
    mother.press("Send the report")
    mother.arrives_at("We have your report")
    reference, secret = the_two_numbers(plain_page)

    come_back(browser, served, reference, secret)


def come_back(browser, served, reference, secret):
    """On another phone, days later: read everything again, add to it, and close it."""
    context = browser.new_context(java_script_enabled=False)
    brother = Person(context.new_page(), served, "ar")
    brother.open("/family")
    brother.follow("Come back to your report")
    brother.write("Reference", reference.lower())
    brother.write("Secret number", secret)
    brother.press("Open my report")
    brother.arrives_at("Your report")
    for told in (*NAME, "البتاني"):
        brother.sees(told)
    brother.write("What would you like to add?", "كان يعرج قليلا")
    brother.press("Send it")
    brother.sees("كان يعرج قليلا")
    brother.press("I am done: close my report on this phone")
    brother.arrives_at("Are you looking for somebody?")
    context.close()


def test_one_more_person_is_kept_while_typed_and_found_on_another_phone(
    page, browser, served, operation
):
    mother = Person(page, served, "ar")
    mother.open("/family/report")
    tell(mother)
    mother.press("Send the report")
    mother.arrives_at("We have your report")
    reference, secret = the_two_numbers(page)
    mother.follow("Report another person who went missing with them")
    mother.write("Given name", "ليلى")
    mother.sees("Saved.")

    context = browser.new_context()
    brother = Person(context.new_page(), served, "ar")
    brother.open("/family/return")
    brother.write("Reference", reference)
    brother.write("Secret number", secret)
    brother.press("Open my report")
    brother.sees("You began a report about another person. It has not been sent yet.")
    brother.follow("Go on with the report")
    assert brother.field("Given name").input_value() == "ليلى"
    assert brother.field("Where").input_value() == "البتاني"
    brother.press("Send the report")
    brother.arrives_at("We have your report")
    brother.follow("Read or add to your report")
    brother.sees("ليلى")
    context.close()


def test_a_family_decides_without_script_who_reads_and_takes_effect_at_once(
    plain_page, page, served, operation, hire, sessions
):
    with sessions.transaction() as session:
        ours = session.merge(operation)
        partners = make_team(session, ours, covers_operation=False)
    hire("partner", Role.PARTNER, team=partners)
    partner = Staff(page, served).sign_in("partner")
    mother = Person(plain_page, served, "ar")
    mother.open("/family/report")
    tell(mother)
    mother.press("Send the report")
    mother.follow("Read or add to your report")
    decide(mother, partners.name, is_let_in=True)
    partner.open("/shared")
    partner.sees(" ".join(NAME))
    decide(mother, partners.name, is_let_in=False)
    partner.open("/shared")
    partner.sees("No family has opened a report")

    mother.follow("Correct what you told us")
    assert mother.field("Given name").input_value() == NAME[0]
    mother.write("Other names", "أبو خليل")
    mother.press("Change my answers")
    mother.sees("أبو خليل")
    mother.follow("Take your report back")
    mother.press("Take it back")
    mother.arrives_at("Your report")
    assert not plain_page.get_by_role("link", name=mother.say("Take your report back")).count()


def decide(mother, partner, *, is_let_in):
    mother.follow("Who may read your report, and how we reach you")
    mother.page.get_by_label(partner, exact=True).set_checked(is_let_in)
    mother.press("Save what I decided")
    mother.sees("It counts from this moment on.")


def test_staff_read_what_the_family_sent(plain_page, page, served, operation, hire, sessions):
    mother = Person(plain_page, served, "ar")
    mother.open("/family/report")
    tell(mother)
    mother.attach("Photographs", photograph("سامر", "#567"))
    mother.press("Send the report")
    mother.arrives_at("We have your report")

    with sessions.transaction() as session:
        team = make_team(session, session.merge(operation))
    hire("intake", Role.INTAKE, team=team)
    intake = Staff(page, served).sign_in("intake")
    intake.go("Incoming reports")
    intake.follow(" ".join(NAME))
    intake.sees("٠٩٤٤ ١٢٣ ٤٥٦")
    picture = page.locator("main .photos img")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


@pytest.mark.parametrize("lang", ["en", "ar", "kmr", "ckb"])
def test_every_page_of_families_is_for_everyone(page, served, operation, axe, lang):
    seen = []
    for _ in visit_everything(Person(page, served, lang), page):
        seen += faults(page, axe)

    assert seen == []
    forgive(page)


def visit_everything(family, page):
    """Walk through the pages of families; yield wherever there is something to look at."""
    yield family.open("/family")
    yield family.follow("Tell us about a person")
    family.press("Send the report")
    yield family.sees("Some answers need another look. Nothing you typed is lost.")
    tell(family)
    family.press("Send the report")
    yield family.arrives_at("We have your report")
    yield family.follow("Read or add to your report")
    yield from begin_another(family)
    for decision in (
        "Who may read your report, and how we reach you",
        "Correct what you told us",
        "Who opened your report, and when",
        "Take your report back",
    ):
        yield family.follow(decision)
        family.open("/family/own")
    yield family.open("/family/receipt?print=1")
    yield family.open("/family/return")
    for _ in range(11):
        family.write("Reference", "ABCDEFGH")
        family.write("Secret number", "1" * 20)
        family.press("Open my report")
        page.locator(".notice").first.wait_for()
    page.locator("form[data-outbox]").evaluate("form => form.submit()")
    yield family.arrives_at("Please wait fifteen minutes")


def begin_another(family):
    family.follow("Report another person who went missing with them")
    family.write("Given name", "ليلى")
    family.press("Keep it and go on later")
    yield family.arrives_at("Kept, but not sent yet")
    yield family.follow("Go on with the report")
    yield family.open("/family/own")
    yield family.follow("Throw it away")
    family.open("/family/own")


def test_photographs_that_are_too_large_cost_nothing_that_was_typed(
    app, plain_page, served, operation
):
    app.config["MAX_CONTENT_LENGTH"] = 100_000
    family = Person(plain_page, served, "en")
    family.open("/family/report")
    tell(family)
    large = photograph("large", "#567")
    family.attach("Photographs", large | {"buffer": large["buffer"] + bytes(200_000)})
    family.press("Send the report")
    family.arrives_at("This is too large")
    family.sees(NAME[2])  # what was typed can be read and copied

    plain_page.go_back()
    assert family.field("Family name").input_value() == NAME[2]
    assert family.field("Where").input_value() == "البتاني"
