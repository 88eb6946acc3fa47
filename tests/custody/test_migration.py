"""The revision that lets exhibits stand somewhere: up and down, with exhibits and receipts."""

import pytest
import sqlalchemy as sa

from caseman import schema
from caseman.database import create_engine
from tests.databases import PostgresDatabase

OLD_ROWS = """
INSERT INTO operation (id, code, name) VALUES (1, 'OP', 'Operation');
INSERT INTO site (id, operation_id, code, kind, status, name, names, region, hazards, authority,
  notes, absences, version, uid, folded) VALUES (1, 1, 'TST01', 'mass_grave', 'reported', 'Quarry',
  '{}', '', '', '', '', '{}', 1, 'a', 'tst01 quarry');
INSERT INTO exhibit (id, number, kind, site_id, description, seal_number, version)
  VALUES (1, 'TST01-F01-B001', 'remains', 1, '', '', 1),
  (2, 'TST01-F01-B002', 'remains', 1, '', '', 1);
INSERT INTO custody_transfer (id, number, operation_id, given_by, given_to, purpose, authority,
  declared_count, handed_over_at, recorded_at, notes) VALUES (1, 'T-1', 1, 'Rana', 'Imad',
  'storage', '', 1, '2019-03-04 10:00:00+00:00', '2019-03-04 10:00:00+00:00', '');
INSERT INTO custody_receipt (id, transfer_id, received_by, received_count, received_at,
  recorded_at, notes) VALUES (1, 1, 'Imad', 1, '2019-03-04 11:00:00+00:00',
  '2019-03-04 11:00:00+00:00', '')
"""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request, tmp_path):
    """The address of a database without a table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'old.db'}"
        return
    with PostgresDatabase(request.getfixturevalue("postgres_server")) as url:
        yield url


def numbers(engine):
    with engine.connect() as connection:
        return connection.exec_driver_sql("SELECT number FROM exhibit ORDER BY id").scalars().all()


def test_exhibits_and_receipts_survive_both_ways(empty):
    schema.upgrade(empty, "0001")
    engine = create_engine(empty)
    with engine.begin() as connection:
        for statement in OLD_ROWS.split(";"):
            connection.exec_driver_sql(statement)
    schema.upgrade(empty)
    with engine.begin() as connection:
        row = connection.exec_driver_sql(
            "SELECT standing, last_transfer_id, place_id FROM exhibit WHERE id = 2"
        ).one()
        assert tuple(row) == (None, None, None)
        assert connection.exec_driver_sql("SELECT agrees FROM custody_receipt").scalar() is None
    for change in ("UPDATE custody_receipt SET agrees = NULL", "DELETE FROM custody_receipt"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), engine.begin() as connection:
            connection.exec_driver_sql(change)
    with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
        connection.exec_driver_sql("UPDATE exhibit SET standing = 'lost'")
    schema.downgrade(empty, "0001")
    assert numbers(engine) == ["TST01-F01-B001", "TST01-F01-B002"]
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM custody_receipt")
    engine.dispose()
