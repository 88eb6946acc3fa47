import pytest
from flask import request
from sqlalchemy import event, select

from caseman.web import paging
from caseman.web.paging import paginate
from tests.web.notes import Note

ORDERS = {"text": Note.text, "seen": Note.seen_by}


@pytest.fixture
def filled(sessions):
    """Twelve notes, every third of which nobody has seen, with equal names among the rest."""
    with sessions.transaction() as session:
        for number in range(12):
            seen_by = None if number % 3 == 0 else "ab"[number % 2]
            session.add(Note(text=f"n{(number * 5) % 12:02d}", seen_by=seen_by))


@pytest.fixture
def turn(app, sessions, filled):
    """Return the page at an address, and how it was asked of the database."""

    def page(address="/notes/list", rows=5):
        with app.test_request_context(address), sessions.read() as session:
            query = select(Note)
            if "own" in request.args:
                query = query.where(Note.seen_by == request.args["own"])
            return paginate(session, query, ORDERS, Note.id, rows=rows)

    return page


def walk(turn, address, direction="next"):
    pages = [turn(address)]
    while following := getattr(pages[-1], direction):
        pages.append(turn(following))
    return pages


def keys(pages):
    return [(note.seen_by, note.id) for page in pages for note in page.items]


def test_each_row_comes_once_and_in_order(turn):
    pages = walk(turn, "/notes/list")

    assert [len(page.items) for page in pages] == [5, 5, 2]
    texts = [note.text for page in pages for note in page.items]
    assert texts == sorted(texts)
    assert len(set(texts)) == 12


@pytest.mark.parametrize("sort", ["seen", "-seen"])
def test_rows_without_a_value_come_last_in_either_direction(turn, sort):
    seen = keys(walk(turn, f"/notes/list?sort={sort}"))

    assert len(set(seen)) == 12
    assert [value for value, _ in seen[8:]] == [None] * 4
    falls = sort.startswith("-")
    assert seen[:8] == sorted(seen[:8], reverse=falls)
    assert seen[8:] == sorted(seen[8:], key=lambda each: each[1])


@pytest.mark.parametrize("sort", ["text", "-text", "seen", "-seen"])
def test_the_way_back_shows_the_same_pages(turn, sort):
    onwards = walk(turn, f"/notes/list?sort={sort}")
    backwards = [onwards[-1]]
    while previous := backwards[-1].previous:
        backwards.append(turn(previous))

    assert [keys([page]) for page in reversed(backwards)] == [keys([page]) for page in onwards]
    assert onwards[0].previous is None
    assert onwards[-1].next is None


def test_filters_stay_in_the_address_and_values_out_of_it(turn):
    first = turn("/notes/list?own=a&sort=-text", rows=2)

    assert "own=a" in first.next
    assert "sort=-text" in first.next
    assert first.items[-1].text not in first.next
    assert {note.seen_by for page in walk(turn, first.next) for note in page.items} == {"a"}


@pytest.mark.parametrize("after", ["x", "WzEsZmFsc2Vd.forged", "-"])
def test_an_address_changed_by_hand_is_the_beginning(turn, after):
    assert keys([turn(f"/notes/list?after={after}")]) == keys([turn("/notes/list")])


def test_an_unknown_order_is_the_first_one(turn):
    assert turn("/notes/list?sort=-id;drop").sort == "text"


def test_a_row_that_is_gone_does_not_break_the_way(turn, sessions):
    first = turn("/notes/list")
    with sessions.transaction() as session:
        session.delete(session.merge(first.items[-1]))

    assert len(turn(first.next).items) == 5


def test_counting_stops_where_nobody_counts_any_more(turn, monkeypatch):
    assert (turn().total_at_most, turn().is_more) == (12, False)
    monkeypatch.setattr(paging, "MOST_COUNTED", 10)
    assert (turn().total_at_most, turn().is_more) == (10, True)


def test_no_page_scans_the_table_or_sorts_it(turn, sessions):
    asked = []
    event.listen(sessions.engine, "before_cursor_execute", lambda *a: asked.append((a[2], a[3])))
    for address in ("/notes/list", "/notes/list?sort=-seen"):
        walk(turn, address)
    if sessions.engine.dialect.name != "sqlite":
        return  # on so few rows PostgreSQL rightly prefers a scan
    with sessions.engine.connect() as connection:
        for statement, parameters in asked:
            if not statement.startswith("SELECT note") or "PRAGMA" in statement:
                continue
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps = " / ".join(row[3] for row in plan)
            assert "TEMP B-TREE" not in steps, steps
            assert "SCAN note" not in steps or "USING" in steps, steps
