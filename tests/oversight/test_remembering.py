from time import sleep

from caseman.oversight.remembering import Remembered
from caseman.permissions import Scope

HERE, THERE = Scope(team_ids=frozenset({1})), Scope(team_ids=frozenset({2}))


def counter(seconds):
    """Return a count that takes so long and gives another number each time."""
    numbers = iter(range(10))

    def count():
        sleep(seconds)
        return next(numbers)

    return count


def test_a_quick_count_is_always_made_anew():
    counts, count = Remembered(slow=1), counter(0)

    assert [counts.get("sites", HERE, count) for _ in range(3)] == [0, 1, 2]


def test_a_slow_count_is_remembered_for_those_who_see_the_same():
    counts, count = Remembered(slow=0.001), counter(0.005)

    assert [counts.get("sites", scope, count) for scope in (HERE, HERE, THERE)] == [0, 0, 1]


def test_a_slow_count_is_forgotten_after_its_time():
    counts, count = Remembered(slow=0.001, kept=0.01), counter(0.005)
    counts.get("sites", HERE, count)
    sleep(0.02)

    assert counts.get("sites", HERE, count) == 1
