import pytest
from sqlalchemy import select

from caseman.jobs.models import Job
from caseman.jobs.registry import LONG, SHORT


@pytest.fixture(autouse=True)
def own_handlers():
    """Handlers registered by a test end with it."""
    kept = dict(SHORT), dict(LONG)
    yield
    for registry, before in zip((SHORT, LONG), kept, strict=True):
        registry.clear()
        registry.update(before)


@pytest.fixture
def jobs(sessions):
    """Return every job as another connection sees it."""

    def stored():
        with sessions.read() as session:
            return list(session.scalars(select(Job).order_by(Job.id)))

    return stored
