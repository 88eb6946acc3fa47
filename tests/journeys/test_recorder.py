"""A recorder with a phone: a grave, two bodies, what lay on them, and the photographs of all."""

import pytest

from caseman.permissions import Role
from tests.factories.accounts import make_team
from tests.journeys.acting import Staff
from tests.journeys.acts import OLD_MAN, YOUNG_MAN, record_effect, record_find, register_grave
from tests.journeys.looking import PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def recorder(page, served, hire, sessions):
    with sessions.transaction() as session:
        team = make_team(session)
    hire("recorder", Role.RECORDER, team=team)
    page.set_viewport_size({"width": PHONE, "height": 800})
    return Staff(page, served).sign_in("recorder")


def pictures(page):
    """The natural width of each photograph on the page, once it is loaded."""
    load = "image => (image.loading = 'eager', image.decode().then(() => image.naturalWidth))"
    return [each.evaluate(load) for each in page.locator("figure.photo img").all()]


def test_a_grave_with_two_bodies_is_recorded_on_a_phone(recorder, page):
    register_grave(recorder, "RQA01")
    recorder.follow("Record a find")
    first = record_find(recorder, YOUNG_MAN)
    record_effect(recorder, YOUNG_MAN)
    recorder.arrives_at(first)
    recorder.follow("RQA01-F01 North trench")
    recorder.follow("Record a find")
    recorder.follow("The same as the last one")
    assert recorder.field("Recovered by").input_value() == "Rana Haddad"
    second = record_find(recorder, OLD_MAN)
    record_effect(recorder, OLD_MAN)
    recorder.arrives_at(second)

    assert (first, second) == ("RQA01-F01-B001", "RQA01-F01-B002")
    recorder.go("Remains")
    recorder.follow(first)
    for told in ("Skeletonised", "1.4 m", "Rana Haddad", "Wrists, behind the back", "S.K.H."):
        recorder.sees(told)
    page.locator("figure.photo summary").first.click()
    assert pictures(page) == [320, 320, 320, 320]
    recorder.follow(f"{first}/1")
    recorder.arrives_at("Watch")
    assert pictures(page) == [320]


def test_a_number_is_never_given_twice(recorder, page):
    register_grave(recorder, "RQA01")
    recorder.follow("Record a find")
    first = record_find(recorder, YOUNG_MAN)
    page.go_back()
    recorder.arrives_at("Record a find")
    second = record_find(recorder, OLD_MAN)

    assert first != second


def test_the_phones_back_leads_to_the_question_before(recorder, page):
    register_grave(recorder, "RQA01")
    recorder.follow("Record a find")
    recorder.walk_to("Body")
    recorder.tick("Body")
    recorder.walk_to("Recovered by")
    page.go_back()
    recorder.sees("Does it have a number already?")
    page.go_back()
    assert page.get_by_label("Body", exact=True).is_checked()
    recorder.press("Next")
    recorder.press("Back")
    recorder.sees("What have you found?")
    for _ in range(2):
        page.go_back()
    recorder.arrives_at("North trench")
