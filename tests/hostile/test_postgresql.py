"""What PostgreSQL alone refuses: long texts, large numbers, bytes that are no text.

SQLite stores each of them; ``test_forms`` looks there at what is said. Here no form may fail.
"""

import pytest

from tests.hostile.filling import well_meant, wrongly
from tests.hostile.test_forms import post
from tests.hostile.values import CASES

pytestmark = pytest.mark.postgres
REFUSED_THERE = [case for case in CASES if case.date is None]


@pytest.mark.parametrize("case", REFUSED_THERE, ids=lambda case: case.name)
def test_no_form_fails(postgres_world, case):
    world, failed = postgres_world, []
    for found in world.forms.values():
        for filled in wrongly(found.form, case):
            _, answer = post(world, found, filled.sent)
            world.put_back()
            if answer.status_code >= 500:
                failed.append(str(found))
    assert failed == []


def test_what_is_meant_well_does_not_fail(postgres_world):
    world, answers = postgres_world, {}
    for found in world.forms.values():
        _, answer = post(world, found, well_meant(found.form))
        world.put_back()
        answers[found.endpoint] = answer.status_code
    assert {name: code for name, code in answers.items() if code >= 500} == {}
    assert sum(code in {302, 303} for code in answers.values()) > len(answers) / 2
