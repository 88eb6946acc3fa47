import pytest

from caseman.sealing.keys import Keyring, create_keys
from tests.factories.accounts import make_operation


@pytest.fixture
def sessions(sessions, config):
    if "keyring" not in sessions.info:
        create_keys(config.keys)
        keyring = Keyring(config.keys)
        sessions.info.update(keyring=keyring, audit_key=keyring.audit_key)
    return sessions


@pytest.fixture
def operation(session):
    operation = make_operation(session)
    session.commit()
    return operation
