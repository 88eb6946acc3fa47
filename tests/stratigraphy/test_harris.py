"""The matrix: an order that keeps what was seen, shows it once, and refuses a circle."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseman.stratigraphy.harris import ContradictionError, matrix

MOST = 9


@st.composite
def sections(draw):
    """Contexts numbered from the latest on, and relations that a section could show."""
    count = draw(st.integers(1, MOST))
    numbers = st.integers(1, count)
    pairs = draw(st.lists(st.tuples(numbers, numbers), max_size=20))
    return range(1, count + 1), [(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]


def reached(edges, start):
    found, waiting = set(), [start]
    while waiting:
        each = waiting.pop()
        fresh = {lower for upper, lower in edges if upper == each} - found
        found |= fresh
        waiting += fresh
    return found


def test_what_follows_from_other_relations_is_left_out():
    found = matrix([1, 2, 3], [(1, 2), (2, 3), (1, 3)], [])

    assert found.edges == ((1, 2), (2, 3))
    assert found.levels == ((1,), (2,), (3,))


def test_contexts_that_are_the_same_are_one():
    found = matrix([1, 2, 3, 4], [(1, 2), (3, 4)], [(2, 3)])

    assert found.groups == {1: (1,), 2: (2, 3), 4: (4,)}
    assert found.edges == ((1, 2), (2, 4))


@pytest.mark.parametrize(
    ("later", "same"),
    [
        ([(1, 2), (2, 3), (3, 1)], []),
        ([(1, 2), (2, 1)], []),
        ([(1, 2), (2, 3)], [(1, 3)]),
        ([(1, 2)], [(1, 2)]),
    ],
)
def test_a_circle_is_refused_with_its_path(later, same):
    with pytest.raises(ContradictionError) as refused:
        matrix([1, 2, 3, 4], [*later, (4, 1)], same)

    path = refused.value.path
    assert path[0] == path[-1]
    head = {each: min((each, *(pair[0] for pair in same if each in pair))) for each in range(1, 5)}
    steps = {(head[upper], head[lower]) for upper, lower in later}
    assert {(head[upper], head[lower]) for upper, lower in pairwise(path)} <= steps


@given(sections())
def test_the_matrix_says_what_the_relations_say_and_nothing_else(section):
    contexts, later = section
    found = matrix(contexts, later, [])

    for each in contexts:
        assert reached(found.edges, each) == reached(later, each)


@given(sections())
def test_no_relation_of_the_matrix_follows_from_the_others(section):
    contexts, later = section
    edges = matrix(contexts, later, []).edges

    for edge in edges:
        others = [each for each in edges if each != edge]
        assert edge[1] not in reached(others, edge[0])


@given(sections())
def test_the_later_stands_higher_and_the_order_of_entry_does_not_matter(section):
    contexts, later = section
    found = matrix(contexts, later, [])
    level = {each: row for row, level in enumerate(found.levels) for each in level}

    assert all(level[upper] < level[lower] for upper, lower in later)
    assert matrix(list(reversed(contexts)), list(reversed(later)), []) == found
