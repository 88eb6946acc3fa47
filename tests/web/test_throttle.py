from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from caseman.database import now
from caseman.jobs.worker import sweep
from caseman.web import throttle
from caseman.web.models import Attempt
from caseman.web.unit_of_work import session as request_session

QUARTER = timedelta(minutes=15)


def tries(sessions, key, number, limit=3):
    return [throttle.allow(sessions, key, limit=limit, window=QUARTER) for _ in range(number)]


def grow_older(sessions, by):
    with sessions.transaction() as session:
        session.execute(update(Attempt).values(at=now() - by))


def test_tries_beyond_the_limit_are_refused_for_one_key_only(sessions):
    assert tries(sessions, "sign-in:layla", 5) == [True, True, True, False, False]
    assert tries(sessions, "sign-in:omar", 1) == [True]


def test_the_window_moves_on(sessions):
    tries(sessions, "k", 3)
    grow_older(sessions, QUARTER)

    assert tries(sessions, "k", 1) == [True]


def test_a_success_starts_the_count_anew(sessions):
    tries(sessions, "k", 3)
    with sessions.transaction() as session:
        throttle.forget(session, "k")

    assert tries(sessions, "k", 1) == [True]


def test_many_at_once_do_not_slip_through(sessions):
    with ThreadPoolExecutor(4) as pool:
        allowed = pool.map(lambda _: tries(sessions, "k", 3, limit=5), range(4))

    assert sum(sum(each) for each in allowed) == 5


def test_the_table_names_nobody(sessions):
    tries(sessions, "sign-in:layla", 1)
    with sessions.read() as session:
        assert "layla" not in session.scalar(select(Attempt.key_digest))


def test_the_worker_forgets_old_tries(sessions):
    tries(sessions, "k", 3)
    grow_older(sessions, timedelta(days=2))
    sweep(sessions)
    with sessions.read() as session:
        assert session.scalar(select(func.count(Attempt.id))) == 0


def test_counting_inside_a_transaction_is_an_error_not_a_dead_lock(app, sessions):
    with app.test_request_context(method="POST"):
        request_session.connection()
        with pytest.raises(throttle.CountedTooLateError):
            throttle.allow(sessions, "k", limit=1, window=QUARTER)
