"""From the grave to the family: who finds whom, who signs, and who may not."""

import pytest

from tests.factories.accounts import make_operation, make_team
from tests.factories.reports import make_missing
from tests.journeys.acting import Person
from tests.journeys.acts import (
    OLD_MAN,
    SON,
    YOUNG_MAN,
    examine,
    hand_over,
    judge_what_contradicts,
    record_effect,
    record_find,
    register_grave,
    report_son,
    sign,
    sign_next,
    tell_the_family,
)
from tests.journeys.town import work

pytestmark = pytest.mark.browser

NAME = " ".join(SON.values())
OTHERS = ("ماجد علي النموذجي", "Dilovan Azad Nimûne", "Sami Example", "هدى سامر النموذجي")


@pytest.fixture
def team(sessions):
    """The team of everybody, in whose operation others are missed too."""
    with sessions.transaction() as session:
        operation = make_operation(session)
        for name in OTHERS:
            make_missing(session, operation, name)
        return make_team(session, operation)


def test_from_the_grave_to_the_family(at_work, browser, served, sessions):
    young = recover(at_work("recorder"))
    examine(at_work("examiner"), young)
    family = browser.new_context(java_script_enabled=False)
    report_son(Person(family.new_page(), served, "ar"))
    family.close()
    work(sessions)

    reviewer, board = at_work("reviewer"), at_work("board")
    case = propose(reviewer, young)
    sign_next(at_work("second"), "For the second signature", case)
    sign_next(board, "For the board", case)
    sign_next(at_work("another"), "For the board", case)
    decision = read_the_report(board, young, case)
    bring_home(reviewer, board, at_work("steward"), young, decision)


def recover(recorder):
    """Record a grave with two men in it; return the number of the young one."""
    register_grave(recorder, "RQA01")
    recorder.follow("Record a find")
    young = record_find(recorder, YOUNG_MAN)
    record_effect(recorder, YOUNG_MAN)
    recorder.follow("RQA01-F01 North trench")
    recorder.follow("Record a find")
    record_find(recorder, OLD_MAN)
    record_effect(recorder, OLD_MAN)
    return young


def propose(reviewer, remains):
    """Find the person at the top of the list and propose; return the number of the case."""
    reviewer.go("Remains")
    reviewer.follow(remains)
    reviewer.follow("Candidates")
    first = reviewer.page.locator("article.candidate").first
    assert NAME in first.inner_text()
    first.get_by_role("button", name="Compare side by side").click()
    number = reviewer.number_of("Comparison")
    judge_what_contradicts(reviewer)
    sign(reviewer)
    return number


def read_the_report(board, remains, case):
    """Read the printed report; return the number of the decision."""
    board.go("Comparisons")
    board.follow("Closed")
    board.follow(case)
    board.page.get_by_role("link", name="Decision ").click()
    decision = board.number_of("Decision")
    board.follow("Report to print")
    board.arrives_at("Identification report")
    for told in (remains, NAME, "Proposer:", "Reviewer:", "First decider:", "Second decider:"):
        board.sees(told)
    return decision


def bring_home(reviewer, board, steward, remains, decision):
    """Tell the family, prepare, approve and record the return."""
    open_decision(steward, remains, decision)
    tell_the_family(steward)
    open_decision(reviewer, remains, decision)
    reviewer.follow("Prepare the release")
    reviewer.press("Prepare")
    release = reviewer.number_of("Release")
    open_decision(board, remains, decision)
    board.page.get_by_role("link", name=release).click()
    board.press("Approve this release")
    board.sees("The release is approved.")
    open_decision(steward, remains, decision)
    steward.page.get_by_role("link", name=release).click()
    hand_over(steward)
    steward.follow("Receipt to print")
    for told in (remains, NAME, "The mother", "Old cemetery", f"{remains}/1"):
        steward.sees(told)


def open_decision(person, remains, decision):
    person.open("/")
    person.go("Remains")
    person.follow(remains)
    person.follow("Candidates")
    person.follow(decision)
    person.arrives_at(f"Decision {decision}")
