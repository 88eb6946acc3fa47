import pytest

from tests.factories.accounts import make_operation


@pytest.fixture
def operation(session):
    operation = make_operation(session)
    session.commit()
    return operation
